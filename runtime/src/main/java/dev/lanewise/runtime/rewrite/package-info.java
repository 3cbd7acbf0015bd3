/**
 * Rewrites of a graph: inference mode, pooling first, dropout as a product, fusion, gradients from winners, embeddings as tables.
 * Here: one file for each, from graph to graph.
 * Not here: their order ({@code plan}), gradients ({@code differentiate}).
 */
package dev.lanewise.runtime.rewrite;
