/**
 * Networks as boxes and arrows.
 * Here: a network as SVG, and as text that other programs draw.
 * Not here: what is looked at besides networks ({@code exhibit}, {@code chart}).
 * Fewer than 5 files: three ways to write one drawing.
 */
package dev.lanewise.dsl.draw;
