/**
 * Kernels that read rows of a table, and add to them.
 * Here: rows for the numbers of a block, their gradients, and sums of the rows that a batch touched.
 * Not here: products with whole tables ({@code kernel.product}), steps of an optimiser ({@code kernel.element}).
 * Fewer than 5 files: a table knows nothing but rows.
 */
package dev.lanewise.runtime.kernel.table;
