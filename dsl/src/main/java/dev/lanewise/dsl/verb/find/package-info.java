/**
 * Verbs that look for what belongs together, by networks that {@code contrastive} has trained on two parts of an example.
 * Here: how often one part finds the other, and what is nearest to a text.
 * Not here: whether a network names the right class ({@code verb.test}).
 */
package dev.lanewise.dsl.verb.find;
