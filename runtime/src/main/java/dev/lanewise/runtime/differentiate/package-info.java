/**
 * Reverse mode: a graph with the gradients of its loss, put together from the rules of the operations.
 * Here: that, and its check by differences.
 * Not here: the rule of an operation ({@code operation}), the derivative of a formula ({@code symbolic}).
 */
package dev.lanewise.runtime.differentiate;
