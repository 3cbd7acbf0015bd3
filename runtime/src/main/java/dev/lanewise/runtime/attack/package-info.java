/**
 * Small changes of images that make a network wrong: what there is of them, and how they are computed from the gradient of the images. Four files, since
 * all attacks here are one iteration; what the gradient is, {@code plan} knows, and what a training does with changed images, {@code train}.
 */
package dev.lanewise.runtime.attack;
