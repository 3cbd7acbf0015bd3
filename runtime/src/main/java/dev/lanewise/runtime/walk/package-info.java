/**
 * Every number of a network, forward and backward, for one example, in double, and what it was made of.
 * Here: what each operation reads for a value, what each value passes back, recurrences written out.
 * Not here: formulas themselves ({@code operation}, {@code symbolic}), how it is told ({@code dsl.view}).
 */
package dev.lanewise.runtime.walk;
