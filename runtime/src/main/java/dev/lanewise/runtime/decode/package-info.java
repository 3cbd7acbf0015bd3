/**
 * Texts that a network makes, token by token: which token comes next, how it is chosen, and the best of several texts.
 * Not here: what tokens are ({@code data.text}), how a network is run ({@code train}), how good such texts are ({@code score}).
 */
package dev.lanewise.runtime.decode;
