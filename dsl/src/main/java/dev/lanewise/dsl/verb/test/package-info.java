/**
 * Verbs that measure.
 * Here: a file for each form: tests, mistakes, predictions, checks of gradients, profiles.
 * Not here: the pages and tables they show ({@code view}).
 */
package dev.lanewise.dsl.verb.test;
