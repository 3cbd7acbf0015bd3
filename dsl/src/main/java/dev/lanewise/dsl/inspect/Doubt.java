package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.Concern;

/**
 * Something that may be wrong with examples.
 *
 * @param remedy in words
 */
public record Doubt(Concern concern, Code code, String message, String remedy, Cure cure) {
  /** One that asks for thought. */
  Doubt(Concern concern, Code code, String message, String remedy) {
    this(concern, code, message, remedy, Cure.CHOICE);
  }

  /** Whether it is known what to write. */
  boolean isCurable() {
    return !(cure instanceof Cure.Choice);
  }
}
