/**
 * Networks as boxes and arrows.
 * Here: what is drawn of a network, where it stands on the page, and the same as text that other programs draw.
 * Not here: what is looked at besides networks ({@code exhibit}, {@code chart}).
 */
package dev.lanewise.dsl.draw;
