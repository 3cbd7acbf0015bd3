package dev.lanewise.dsl.syntax;

import java.util.Optional;

/** A parameter of a network, block, function or layer: {@code width = 16}. */
public record Parameter(Name name, Optional<Expression> fallback) {}
