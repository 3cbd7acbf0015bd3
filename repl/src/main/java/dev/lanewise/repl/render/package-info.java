/**
 * What a session tells.
 * Here: events as lines, as a live display, as JSON; pictures as letters.
 * Not here: the writer and its colours ({@code text}).
 */
package dev.lanewise.repl.render;
