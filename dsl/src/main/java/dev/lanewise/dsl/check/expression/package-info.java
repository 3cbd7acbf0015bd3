/**
 * Checks expressions.
 * Here: values, lists, calls of functions, bodies of {@code def} and {@code layer}.
 * More than 20 files: each kind of value that an argument may have, and each part of a body, has its own.
 * Not here: calls of verbs ({@code check.call}), which are handed in as {@code Calling}.
 */
package dev.lanewise.dsl.check.expression;
