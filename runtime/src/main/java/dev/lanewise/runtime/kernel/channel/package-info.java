/**
 * Kernels of one example whose lanes are neighbouring channels: {@code [C/16][H][W][16]}.
 * Here: convolutions, and the way from this layout to that of blocks; few files, as most kernels do not care what lanes are.
 * Not here: kernels whose lanes are examples ({@code kernel.conv}) or places ({@code kernel.product}).
 */
package dev.lanewise.runtime.kernel.channel;
