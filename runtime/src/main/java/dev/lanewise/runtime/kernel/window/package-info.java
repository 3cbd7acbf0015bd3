/**
 * Kernels that look at windows.
 * Here: pooling, resampling, bending, and gradients taken from the winners of a pooling.
 * Not here: convolutions by themselves ({@code kernel.conv}).
 */
package dev.lanewise.runtime.kernel.window;
