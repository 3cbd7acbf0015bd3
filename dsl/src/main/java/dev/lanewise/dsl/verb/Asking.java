package dev.lanewise.dsl.verb;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.data.text.Vocabulary;
import java.util.Arrays;
import java.util.List;

/** Texts that a script asks a network about, in the network's vocabulary. */
public final class Asking {
  private Asking() {}

  /**
   * The tokens of a text.
   *
   * @param at where the text stands
   * @throws MistakeException if it knows none of it
   */
  public static int[] tokens(Span at, CheckedNet net, Vocabulary vocabulary, String text) {
    List<String> unknown = vocabulary.unknown(text);
    int[] tokens = vocabulary.tokens(text);
    boolean stands = vocabulary.number(Vocabulary.UNKNOWN).isPresent();
    int[] known = vocabulary.number(Vocabulary.UNKNOWN).stream().flatMap(u -> Arrays.stream(tokens).filter(t -> t != u)).toArray();
    if (stands ? known.length == 0 : tokens.length == 0) {
      throw new MistakeException(Code.L099, at, unknown.isEmpty() ? "the text is empty" : net.name() + " has met nothing of this text while it learnt", "write what stands in texts that it has learnt from");
    }
    return tokens;
  }
}
