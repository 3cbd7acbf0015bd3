/**
 * {@code lanewise bench}.
 * Here: what comes of JMH's results: tables with ratios, pages.
 * Not here: benchmarks themselves, which look on from outside.
 */
package dev.lanewise.repl.bench;
