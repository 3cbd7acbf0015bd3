package dev.lanewise.runtime.data.text;

import java.util.List;

/** Cuts a text into pieces, each a token, and puts pieces together again. */
public sealed interface Tokenizer permits Characters, Words, Bytes, BytePairs {
  /** As scripts call it: {@code character}. */
  String name();

  /** What one of its pieces is called in messages: {@code character}. */
  String piece();

  List<String> pieces(String text);

  /** The text of some pieces, one after the other. */
  String text(List<String> pieces);

  /** A piece as people can read it: an end of the line is no text that one sees. */
  default String shown(String piece) {
    return switch (piece) {
      case "\n" -> "\\n";
      case "\t" -> "\\t";
      case "\r" -> "\\r";
      case " " -> "␣";
      default -> piece;
    };
  }
}
