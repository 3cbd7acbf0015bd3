/**
 * Checks {@code data}.
 * Here: sources, their files, settings, changes of images.
 * Not here: reading ({@code runtime.data}).
 */
package dev.lanewise.dsl.check.data;
