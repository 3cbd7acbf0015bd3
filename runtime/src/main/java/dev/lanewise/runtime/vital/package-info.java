/**
 * What is looked at of a training besides its losses: how large steps, gradients and weights are, and what units make of examples.
 * Here: what is noted at some steps, and readings of units that a network's graph is given.
 * Not here: what follows from it, and words for that; the training itself ({@code train}).
 */
package dev.lanewise.runtime.vital;
