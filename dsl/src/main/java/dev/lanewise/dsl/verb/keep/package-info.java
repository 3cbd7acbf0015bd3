/**
 * Verbs that read and write files.
 * Here: save, load and report, a file for each form.
 * Not here: what may be replaced, and how ({@code runtime.file}).
 */
package dev.lanewise.dsl.verb.keep;
