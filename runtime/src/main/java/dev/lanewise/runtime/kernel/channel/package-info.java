/**
 * Kernels of one example whose lanes are neighbouring channels: {@code [C/16][H][W][16]}.
 * Here: convolutions.
 * Fewer than 5 files: most kernels do not care what lanes are, and serve here too.
 * Not here: kernels whose lanes are examples ({@code kernel.conv}) or places ({@code kernel.product}).
 */
package dev.lanewise.runtime.kernel.channel;
