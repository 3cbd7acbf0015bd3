/**
 * Networks that come from other programs and go to them: the seam at which a module that knows their files is asked.
 *
 * <p>Not here: those files themselves, which need libraries that nobody else needs.
 *
 * <p>Fewer than 5 files: the seams, and what goes through them.
 */
package dev.lanewise.dsl.exchange;
