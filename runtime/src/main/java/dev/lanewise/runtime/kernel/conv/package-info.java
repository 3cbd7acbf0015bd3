/**
 * Kernels of convolutions and of their gradients.
 * Here: plain, in groups, depthwise, without dropped channels.
 * Not here: those that know a window of pooling as well ({@code kernel.window}).
 */
package dev.lanewise.runtime.kernel.conv;
