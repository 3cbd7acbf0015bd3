/**
 * Verbs that show what a network looks at.
 * Here: a file for each verb, and what they have in common: which score of which example is asked about.
 * Not here: the methods themselves ({@code runtime.explain}), pictures of maps ({@code view.picture}), what layers make of an example ({@code verb.show}).
 */
package dev.lanewise.dsl.verb.look;
