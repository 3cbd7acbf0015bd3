/**
 * Small changes of images that make a network wrong. Four files, for all attacks are one iteration along the gradient of the images.
 * Here: what attacks there are, and how they go.
 * Not here: the gradient ({@code plan}); what a training does with attacked images ({@code train}).
 */
package dev.lanewise.runtime.attack;
