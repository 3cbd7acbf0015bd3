/**
 * PyTorch: the module, as a program, whose state_dict a file of parameters is.
 *
 * <p>Not here: the file of parameters, which is as {@code save} writes it.
 */
package dev.lanewise.exchange.torch;
