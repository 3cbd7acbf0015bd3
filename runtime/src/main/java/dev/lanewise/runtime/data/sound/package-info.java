/**
 * Sounds: from a file to samples, from samples to the numbers that a network hears.
 * Here: reading, another rate, excerpts, Fourier transforms, mel spectrograms, cepstra.
 * Not here: which files are examples of what ({@code data.source}), changes of examples ({@code data}).
 */
package dev.lanewise.runtime.data.sound;
