/**
 * Texts to examples: a long text in windows, lines, labelled texts, pairs of texts, from files and made by the program. What is learned of a text is mostly the same one token further.
 * Not here: how texts are cut into tokens ({@code data.text}), tables of numbers and words ({@code data.table}).
 */
package dev.lanewise.runtime.data.corpus;
