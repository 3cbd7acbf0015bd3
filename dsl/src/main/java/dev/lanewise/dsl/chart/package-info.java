/**
 * Exhibits drawn.
 * Here: a chart for each kind of exhibit, drawn once, for SVG and PNG alike.
 * Not here: what is drawn, as data ({@code exhibit}); letters of a terminal ({@code repl}).
 */
package dev.lanewise.dsl.chart;
