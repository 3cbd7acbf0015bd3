/**
 * Executors of Apache Spark as the processes that take part of the work: how they are found, what they are started with, how tasks come to them and answers back.
 *
 * <p>Not here: what a task is, which is {@code dev.lanewise.dsl.run}.
 *
 * <p>This is no Java module: Spark's own jars share packages, which modules may not.
 */
package dev.lanewise.spark;
