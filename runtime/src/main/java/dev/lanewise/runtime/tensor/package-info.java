/**
 * Shapes, memory, and which values a window or a blend takes.
 * Here: plain numbers that rooms of all kinds agree on, and where pieces of memory lie.
 * Not here: anything that computes with them.
 */
package dev.lanewise.runtime.tensor;
