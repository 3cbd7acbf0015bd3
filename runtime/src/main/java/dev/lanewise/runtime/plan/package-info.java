/**
 * What is run, where and by which kernel.
 * Here: the order of the passes, memory, stages, the two sets of kernels, the profile.
 * Not here: the passes themselves ({@code rewrite}), kernels ({@code kernel}), threads ({@code execute}).
 * More than 20 files: a few, as what a preparation tells is asked by passes and kernels alike, and what is left to the end of a batch has a place
 * among stages and memory alike.
 */
package dev.lanewise.runtime.plan;
