/**
 * From a checked network to the graph.
 * Here: one function for each thing that becomes a graph.
 * Not here: shapes and names, which are checked before ({@code check}).
 * Fewer than 5 files: a stage of its own, which is short.
 */
package dev.lanewise.dsl.lower;
