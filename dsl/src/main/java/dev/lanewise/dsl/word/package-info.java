/**
 * The words of the language that are no things.
 * Here: the list of verbs; signatures of the calls that settings take; settings with their help.
 * Not here: layers, losses, optimisers, data, which are listed where they are defined.
 * Fewer than 5 files: lists, which everything else reads.
 */
package dev.lanewise.dsl.word;
