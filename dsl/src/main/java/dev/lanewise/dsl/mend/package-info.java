/**
 * Scripts that are mended: the certain remedies of what is wrong with one, done one after the other.
 *
 * <p>Not here: what is wrong, and the remedies themselves: they are told where a mistake is found.
 *
 * <p>Fewer than 5 files: it is one loop.
 */
package dev.lanewise.dsl.mend;
