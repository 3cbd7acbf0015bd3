/**
 * Networks that come from other programs and go to them: the seam at which a module that knows their files is asked.
 *
 * <p>Not here: those files themselves, which need libraries that nobody else needs.
 */
package dev.lanewise.dsl.exchange;
