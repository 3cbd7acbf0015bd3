/**
 * What is run, where and by which kernel.
 * Here: the order of the passes, memory, stages, the two sets of kernels, the profile.
 * Not here: the passes themselves ({@code rewrite}), kernels ({@code kernel}), threads ({@code execute}).
 */
package dev.lanewise.runtime.plan;
