/**
 * Answers what is typed.
 * Here: statements, commands with a colon, questions.
 * Not here: terminals ({@code prompt}).
 */
package dev.lanewise.repl.conversation;
