package dev.lanewise.dsl.parse.habit;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;

/**
 * Something that is written as in another language.
 *
 * @param message what it is here
 * @param remedy the same in this language
 */
public record Foreign(Code code, Span span, String message, Remedy remedy) {
  Foreign(Span span, String message, Remedy remedy) {
    this(Code.L129, span, message, remedy);
  }
}
