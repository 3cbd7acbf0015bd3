/**
 * Graphs as data: nodes, values, parameters.
 * Here: also the builder, the verifier that checks every graph, the interpreter that runs formulas.
 * Not here: what changes a graph ({@code rewrite}, {@code differentiate}), how it runs fast ({@code plan}).
 */
package dev.lanewise.runtime.graph;
