package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.diagnostic.Span;

/**
 * Which other processes take part of the work: {@code on = spark("local[2]")}.
 *
 * @param cluster which kind
 * @param address where they are
 */
public record Spread(String cluster, String address, Span span) {}
