/**
 * Small changes of images that make a network wrong.
 * Here: what attacks there are, and how they go.
 * Not here: the gradient of the images ({@code plan}); what a training does with attacked ones ({@code train}).
 * Fewer than 5 files: all attacks are one iteration.
 */
package dev.lanewise.runtime.attack;
