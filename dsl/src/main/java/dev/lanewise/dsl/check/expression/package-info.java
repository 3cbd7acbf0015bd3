/**
 * Checks expressions.
 * Here: values, lists, calls of functions, bodies of {@code def} and {@code layer}.
 * More than 20 files: each function that looks at more than one value, and each kind of call, has one.
 * Not here: calls of verbs ({@code check.call}), which are handed in as {@code Calling}.
 */
package dev.lanewise.dsl.check.expression;
