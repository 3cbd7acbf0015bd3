/**
 * What is looked at: curves, pictures, what a network makes of the plane. As data, and drawn into files of PNG or SVG; one drawing serves
 * both. Whoever has a terminal draws the data in its own way.
 */
package dev.lanewise.dsl.chart;
