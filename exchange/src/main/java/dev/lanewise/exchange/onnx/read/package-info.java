/**
 * ONNX files that are read: what each operator is in the language, and what of it is known without an example.
 *
 * <p>Not here: how a script is written of it, which is the same for all formats.
 */
package dev.lanewise.exchange.onnx.read;
