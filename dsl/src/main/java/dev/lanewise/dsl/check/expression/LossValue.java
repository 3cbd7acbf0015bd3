package dev.lanewise.dsl.check.expression;

import dev.lanewise.runtime.tensor.Shape;

/**
 * What a loss reads: an output of the network, what it is compared with, or another part of an example.
 *
 * @param classes how many there are, where it is a class, so that {@code onehot} makes as many numbers; 0 where it is numbers
 */
public record LossValue(Shape shape, int classes) {}
