/**
 * What is called otherwise in other libraries: PyTorch, Keras, Caffe, darknet, DL4J, MXNet, JAX and their like. {@code elsewhere.txt} has a line for each of their calls,
 * and {@link dev.lanewise.dsl.elsewhere.Table} reads it: texts go in, texts come out.
 *
 * <p>Not here: who asks, and what is told of it (the checker); ways of writing that cannot be read ({@code parse.habit}).
 */
package dev.lanewise.dsl.elsewhere;
