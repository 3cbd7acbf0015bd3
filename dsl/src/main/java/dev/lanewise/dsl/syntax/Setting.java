package dev.lanewise.dsl.syntax;

import dev.lanewise.dsl.diagnostic.Span;

/**
 * A line of {@code data}, {@code train} or {@code sweep}.
 *
 * @param key dots included: {@code split.val}
 * @param among true for {@code key in values}, which only a sweep has
 */
public record Setting(Span span, Name key, boolean among, Expression value) {}
