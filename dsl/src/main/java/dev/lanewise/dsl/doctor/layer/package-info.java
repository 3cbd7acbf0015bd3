/**
 * Checks of layers.
 * Here: a file for each thing that is the matter with a layer: its place in the network, its units, its gradients, its weights.
 * Not here: how the loss went ({@code course}), and the examples ({@code data}).
 */
package dev.lanewise.dsl.doctor.layer;
