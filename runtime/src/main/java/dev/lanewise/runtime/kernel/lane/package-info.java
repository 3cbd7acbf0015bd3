/**
 * What kernels stand on: lanes, sums over them, functions of vectors, pictures in memory.
 * Here: what several rooms of kernels use or what belongs to no operation; generated classes lie here.
 * Not here: the kernel of an operation, programs as such ({@code kernel.code}).
 */
package dev.lanewise.runtime.kernel.lane;
