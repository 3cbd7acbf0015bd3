/**
 * A network that is read from another program's file, on its way to a script: steps, the values between them, formulas, names.
 *
 * <p>Not here: the files, which the packages of their formats read.
 */
package dev.lanewise.exchange.draft;
