/**
 * What an operation is in the words that other programs have for it, whatever the file.
 *
 * <p>Not here: how a file says it.
 *
 * <p>Fewer than 5 files: few operations here are several elsewhere.
 */
package dev.lanewise.exchange.form;
