/**
 * What {@code lanewise bench} makes of JMH's results: who takes how long, side by side, with ratios, as tables and as a page. The benchmarks
 * themselves are a module of their own and a process of their own; here they are only read.
 */
package dev.lanewise.repl.bench;
