/**
 * Kernels as data: a program of loops, loads, multiply-adds and stores, which becomes a hidden class with every shape
 * baked in as a constant, and prints as pseudo-code.
 * Not here: the program of an operation, which lies beside its kernel.
 *
 * <pre>{@code
 * // y[i][lane] = max(0, x[i][lane]) for 100 elements
 * Index at = Index.of("i");
 * Program program = new Program("Relu", List.of(floats("x"), floats("y")), List.of(
 *     new Loop("i", Index.of(0), Index.of(1600), 16, List.of(
 *         new Store("y", at, new Binary(MAXIMUM, new Load("x", at), new Constant(0)))))));
 * Relu relu = Bytecode.define(MethodHandles.lookup(), program, 512, Relu.class).kernel();
 * }</pre>
 */
package dev.lanewise.runtime.kernel.code;
