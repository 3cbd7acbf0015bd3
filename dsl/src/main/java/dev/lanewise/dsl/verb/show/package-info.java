/**
 * Verbs that show.
 * Here: a file for each form of {@code show} and {@code plot}.
 * Not here: the tables and pictures themselves ({@code view}).
 */
package dev.lanewise.dsl.verb.show;
