/**
 * Checks expressions.
 * Here: values, lists, calls of functions, bodies of {@code def} and {@code layer}.
 * Not here: calls of verbs ({@code check.call}), which are handed in as {@code Calling}.
 */
package dev.lanewise.dsl.check.expression;
