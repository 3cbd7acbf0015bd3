/**
 * Tables: records of texts become rows of numbers, with a header, gaps, words and what is to be learned.
 * Here: what is known of each column, and the sentences about a cell that is no number.
 * Not here: how records are told apart ({@code data.format}), rows as examples ({@code data}), files and their parts ({@code data.source}).
 */
package dev.lanewise.runtime.data.table;
