/**
 * {@code :tutorial}.
 * Here: the lesson, its steps, which are files of resources, what they ask for, and what is said to that.
 * Not here: the prompt ({@code prompt}); the course in docs, which is for reading.
 */
package dev.lanewise.repl.tutorial;
