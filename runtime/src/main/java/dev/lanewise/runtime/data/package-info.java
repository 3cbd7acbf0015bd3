/**
 * Examples: a data set, what it asks for, what its numbers mean ({@link World}), how it is split, normalised and changed a little each time it is read.
 * Here: whatever gives or wraps examples one by one.
 * More than 20 files: each way of giving or wrapping them is a small file of its own, and wrappers go around each other.
 * Not here: where they come from ({@code data.source}), how bytes are read ({@code data.format}), what the columns of a table are ({@code data.table}), what tokens are ({@code data.text}).
 */
package dev.lanewise.runtime.data;
