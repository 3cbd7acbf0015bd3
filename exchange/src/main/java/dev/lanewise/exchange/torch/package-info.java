/**
 * Weights as PyTorch writes them, without a network. No code of a file is run: of Python's pickles a small reader knows what parameters need, and refuses all else.
 *
 * <p>Not here: which parameter of a script's network they are ({@code dsl.exchange.Matching}).
 *
 * <p>Fewer than 5 files: a reader and what it reads.
 */
package dev.lanewise.exchange.torch;
