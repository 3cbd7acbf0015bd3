/**
 * The training loop.
 * Here: settings, events, checkpoints, trials, warm-up, and the engine, with which users of the runtime begin.
 * Not here: rules of steps ({@code optimize}), numbers that measure ({@code score}).
 */
package dev.lanewise.runtime.train;
