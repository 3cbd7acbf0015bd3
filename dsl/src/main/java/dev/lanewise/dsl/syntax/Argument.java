package dev.lanewise.dsl.syntax;

import dev.lanewise.dsl.diagnostic.Span;
import java.util.Optional;

/** What is handed to a call, by position or by name: {@code 5}, {@code stride = 2}. */
public record Argument(Span span, Optional<Name> name, Expression value) {}
