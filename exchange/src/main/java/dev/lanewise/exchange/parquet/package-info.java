/**
 * Tables in Parquet files.
 *
 * <p>Not here: how a table becomes examples, which is the runtime's.
 */
package dev.lanewise.exchange.parquet;
