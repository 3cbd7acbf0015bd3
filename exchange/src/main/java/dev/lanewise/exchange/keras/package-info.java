/**
 * Models of Keras: what their files say is put together as a graph of ONNX's operators, which is read as those files are.
 *
 * <p>Not here: how a graph becomes a script, which {@code onnx.read} does, and weights without a model ({@code torch}).
 */
package dev.lanewise.exchange.keras;
