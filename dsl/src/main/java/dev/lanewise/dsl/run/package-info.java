/**
 * Runs checked actions.
 * Here: trainings, sweeps, verbs, logs; what scripts leave behind; what whoever listens is told.
 * More than 20 files: each kind of action, and what it leaves behind, is a file; they share the workspace.
 * Not here: checking, of which it needs nothing; undo and transcripts ({@code session}).
 */
package dev.lanewise.dsl.run;
