/**
 * A process that works for another one: how it comes to the same networks, data and settings.
 *
 * <p>Not here: the tasks, which are {@code run}; how they reach it, which is a module that knows such processes.
 *
 * <p>Fewer than 5 files: all else is what every process does.
 */
package dev.lanewise.dsl.replica;
