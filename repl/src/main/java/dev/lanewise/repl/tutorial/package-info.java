/**
 * {@code :tutorial}.
 * Here: lessons, steps, what is right and what is said.
 * Not here: the prompt ({@code prompt}).
 */
package dev.lanewise.repl.tutorial;
