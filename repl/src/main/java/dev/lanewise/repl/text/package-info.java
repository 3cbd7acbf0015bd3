/**
 * How text leaves.
 * Here: the one writer, colours, languages, width, columns.
 * Not here: what is told ({@code render}).
 */
package dev.lanewise.repl.text;
