/**
 * The training loop.
 * Here: settings, events, the journal of a run and the files that it keeps, trials, warm-up, and the engine, with which users of the runtime begin.
 * Not here: rules of steps ({@code optimize}), numbers that measure ({@code score}).
 * More than 20 files: a run, what it tells and what it keeps are read together, and use each other.
 */
package dev.lanewise.runtime.train;
