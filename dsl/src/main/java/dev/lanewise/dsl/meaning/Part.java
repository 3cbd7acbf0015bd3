package dev.lanewise.dsl.meaning;

/** A layer or block of a network, as {@code Net.conv1} names it. */
public record Part(CheckedNet net, String name) {}
