/**
 * Verbs that write texts with a network: go on with one, translate one, and tell how good translations are.
 * Here: a file for each verb, and what they have in common.
 * Not here: how tokens are chosen ({@code decode} of the runtime), verbs that show or find texts that are there ({@code verb.show}, {@code verb.find}).
 */
package dev.lanewise.dsl.verb.text;
