/**
 * Files that {@code torch.save} has written: the parameters in them. No code of a file is run: what is more than dictionaries, lists, numbers and tensors is refused.
 *
 * <p>Not here: what is written for PyTorch.
 *
 * <p>Fewer than 5 files: a small machine for pickles, and the two forms of files around it.
 */
package dev.lanewise.exchange.torch.read;
