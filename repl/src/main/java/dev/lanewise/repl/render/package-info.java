/**
 * What a session tells.
 * Here: events as lines, as a live display, as JSON; pictures as letters.
 * More than 20 files: what lines, the display and JSON say of one event changes together.
 * Not here: the writer and its colours ({@code text}).
 */
package dev.lanewise.repl.render;
