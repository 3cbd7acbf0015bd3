/**
 * The command and its options.
 * Here: a file for each subcommand.
 * Not here: what they do (the other rooms).
 */
package dev.lanewise.repl.command;
