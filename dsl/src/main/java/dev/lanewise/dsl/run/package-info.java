/**
 * Runs checked actions.
 * Here: trainings, sweeps, verbs, logs; what scripts leave behind; what whoever listens is told.
 * More than 20 files: what is looked at before a training, on its way and after it is a small file each, and all of them know what scripts leave behind.
 * Not here: checking, of which it needs nothing; undo and transcripts ({@code session}).
 */
package dev.lanewise.dsl.run;
