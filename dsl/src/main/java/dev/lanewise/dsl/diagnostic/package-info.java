/**
 * What is said about mistakes.
 * Here: codes, spans, sources, remedies, reports, explanations.
 * Not here: when they are said ({@code parse}, {@code check}, {@code run}).
 */
package dev.lanewise.dsl.diagnostic;
