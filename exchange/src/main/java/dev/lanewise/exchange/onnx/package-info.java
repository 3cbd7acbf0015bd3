/**
 * ONNX files: what each operation is there, and the file around it.
 *
 * <p>Not here: what a network computes, which its graph says.
 */
package dev.lanewise.exchange.onnx;
