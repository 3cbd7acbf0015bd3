/**
 * Runs a plan over batches: threads, shards and blocks, examples read ahead, what comes of a batch.
 * Not here: what is done with the gradients ({@code train}), what is measured ({@code score}).
 * Fewer than 5 files: one loop and its three helpers.
 */
package dev.lanewise.runtime.execute;
