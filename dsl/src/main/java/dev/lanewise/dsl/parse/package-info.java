/**
 * From text to tree.
 * Here: the grammar, all that touches ANTLR, what is wrong with a text.
 * Not here: names and shapes ({@code check}).
 */
package dev.lanewise.dsl.parse;
