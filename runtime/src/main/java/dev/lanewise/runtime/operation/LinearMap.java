package dev.lanewise.runtime.operation;

/**
 * Says of an operation that it multiplies its first input with a matrix, which is another input: {@code dense}, {@code conv}, {@code in @ W}.
 * Neither the shape of a parameter nor its name tells that: a normalisation's scale of [C, H, W] has as many dimensions as a filter.
 *
 * @param matrix which input it is; its values lie row by row, and the first dimension of its shape counts the rows
 * @param groups of rows, each a matrix of its own that sees other values, as in a convolution with groups
 * @param rowsAreOutputs whether a row makes an output, as in dense; otherwise it spreads an input, as in {@code in @ W}
 */
public record LinearMap(int matrix, int groups, boolean rowsAreOutputs) {}
