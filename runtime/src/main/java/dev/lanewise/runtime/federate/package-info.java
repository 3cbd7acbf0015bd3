/**
 * How a training is spread over clients that keep their examples to themselves: who has which, and what the server makes of what they send. Here: the settings, as data and formulas.
 * Fewer than 5 files: who has what, how it is put together, both at once, and their words.
 * Not here: the rounds themselves ({@code train}), the words for it ({@code dsl}).
 */
package dev.lanewise.runtime.federate;
