/**
 * Other languages.
 * Here: a phrase book; how wide text is; what of it can be printed.
 * Not here: sentences, which stand where they are needed.
 * Fewer than 5 files: three small tools that everything uses.
 */
package dev.lanewise.dsl.language;
