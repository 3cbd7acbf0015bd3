/**
 * Checks {@code train} and {@code sweep}.
 * Here: their settings, what is kept, what is hardly meant.
 * Not here: signatures of settings ({@code word}).
 */
package dev.lanewise.dsl.check.training;
