/**
 * Formulas of single numbers as data: evaluated, differentiated by one table, printed in the language, and turned into
 * generated kernels by {@code kernel}. Activations, their gradients and the steps of optimisers are written in it.
 * Not here: tensors and graphs ({@code tensor}, {@code graph}); code for formulas ({@code kernel.lane}).
 *
 * <pre>{@code
 * Term x = Term.variable("x");
 * Term swish = x.times(x.sigmoid());
 * Term slope = Derivative.of(swish, "x");    // sigmoid(x) + x * sigmoid(x) * (1 - sigmoid(x))
 * Written.of(slope).toString();             // s + x * s * (1 - s), where s = sigmoid(x)
 * }</pre>
 */
package dev.lanewise.runtime.symbolic;
