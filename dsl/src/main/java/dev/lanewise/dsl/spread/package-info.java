/**
 * Work that other processes take a part of: the seam at which a module that knows such processes is asked, and what goes through it.
 *
 * <p>Not here: what these processes do, which is {@code replica}; which work is cut how, which is {@code run}.
 */
package dev.lanewise.dsl.spread;
