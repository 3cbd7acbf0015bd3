/**
 * Runs a plan over batches: threads, shards and blocks, examples read ahead, what comes of a batch, what it takes of the memory.
 * Not here: what is done with the gradients ({@code train}), what is measured ({@code score}).
 */
package dev.lanewise.runtime.execute;
