/**
 * Sounds: from samples to the numbers that a network hears.
 * Here: another rate, excerpts, Fourier transforms, mel spectrograms, cepstra.
 * Not here: how files are read ({@code data.format.sound}), which of them are examples of what ({@code data.source}), changes of examples ({@code data}).
 */
package dev.lanewise.runtime.data.sound;
