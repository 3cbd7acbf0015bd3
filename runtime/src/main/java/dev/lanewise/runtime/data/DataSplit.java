package dev.lanewise.runtime.data;

/**
 * What a {@code data} statement names: the examples to train on, to validate on (null without {@code split.val}), and to test on.
 *
 * @param name as the script calls it
 */
public record DataSplit(String name, Dataset train, Dataset validation, Dataset test) {}
