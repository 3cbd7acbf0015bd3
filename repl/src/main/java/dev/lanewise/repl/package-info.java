/**
 * The command.
 * Here: the entry of the program.
 * Not here: everything else.
 * Fewer than 5 files: it hands over at once.
 */
package dev.lanewise.repl;
