/**
 * Verbs that show what a network looks at, and how it is fooled.
 * Here: a file for each verb, and what they have in common: which score of which example is asked about.
 * Not here: the methods themselves ({@code runtime.explain}, {@code runtime.attack}), pictures of maps ({@code view.picture}), what layers make of an example ({@code verb.show}).
 */
package dev.lanewise.dsl.verb.look;
