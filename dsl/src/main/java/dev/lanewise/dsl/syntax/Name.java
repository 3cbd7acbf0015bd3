package dev.lanewise.dsl.syntax;

import dev.lanewise.dsl.diagnostic.Span;

/** A word that the script binds, or refers to. */
public record Name(Span span, String text) {}
