/**
 * Runs checked actions.
 * Here: trainings, sweeps, verbs, logs; what scripts leave behind; what whoever listens is told.
 * Not here: checking, of which it needs nothing; undo and transcripts ({@code session}).
 */
package dev.lanewise.dsl.run;
