/**
 * Kernels that take value by value, or class by class.
 * Here: formulas, softmax, losses, dropout, noise, steps of an optimiser.
 * Not here: what multiplies ({@code kernel.product}, {@code kernel.conv}) or looks at neighbours ({@code kernel.window}).
 */
package dev.lanewise.runtime.kernel.element;
