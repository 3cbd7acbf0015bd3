/**
 * What {@code :help} says.
 * Here: topics and examples as texts, and what is made from definitions.
 * Not here: explanations of codes ({@code diagnostic}).
 * Fewer than 5 files: its texts are resources.
 */
package dev.lanewise.repl.help;
