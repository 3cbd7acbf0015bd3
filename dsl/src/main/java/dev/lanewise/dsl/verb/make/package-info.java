/**
 * Verbs that look at networks which make examples of rows of numbers: generators, decoders.
 * Here: a file for each verb, and what they have in common.
 * Not here: pictures themselves ({@code view.picture}); how such networks are trained ({@code check.training}).
 * Fewer than 5 files: there are three such verbs.
 */
package dev.lanewise.dsl.verb.make;
