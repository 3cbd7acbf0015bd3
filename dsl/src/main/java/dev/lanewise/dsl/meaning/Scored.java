package dev.lanewise.dsl.meaning;

/** Whose score it is: of a network, on the examples of some data. */
public record Scored(CheckedNet net, CheckedData data) {}
