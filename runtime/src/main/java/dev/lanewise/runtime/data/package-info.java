/**
 * Examples: a data set, what it asks for, how it is split, normalised and changed a little each time it is read.
 * Here: whatever gives or wraps examples one by one.
 * Not here: where they come from ({@code data.source}), how bytes are read ({@code data.format}).
 */
package dev.lanewise.runtime.data;
