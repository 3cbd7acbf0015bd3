package dev.lanewise.dsl.parse.habit;

import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;

/**
 * Something that is written as in another language.
 *
 * @param message what it is here
 * @param remedy the same in this language
 */
public record Foreign(Span span, String message, Remedy remedy) {}
