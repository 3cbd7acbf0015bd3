/**
 * Checks of the examples that a network has learnt from.
 * Here: a file for each thing that is the matter with examples, their labels, and how they are parted.
 * Not here: how the loss went ({@code course}), and layers ({@code layer}).
 */
package dev.lanewise.dsl.doctor.data;
