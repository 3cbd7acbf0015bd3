package dev.lanewise.dsl.verb.text;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.runtime.data.text.Vocabulary;
import java.util.Arrays;
import java.util.List;

/** Texts that a script asks a network about, in the network's vocabulary. */
public final class Asking {
  private static final int MOST = 12;

  private Asking() {}

  /**
   * The tokens of a text. What the network does not know is told.
   *
   * @param at where the text stands
   * @throws MistakeException if it knows none of it
   */
  public static int[] tokens(Bench bench, Span at, CheckedNet net, Vocabulary vocabulary, String text) {
    List<String> unknown = vocabulary.unknown(text);
    int[] tokens = vocabulary.tokens(text);
    boolean stands = vocabulary.number(Vocabulary.UNKNOWN).isPresent();
    int[] known = vocabulary.number(Vocabulary.UNKNOWN).stream().flatMap(u -> Arrays.stream(tokens).filter(t -> t != u)).toArray();
    if (stands ? known.length == 0 : tokens.length == 0) {
      throw new MistakeException(Code.L110, at, unknown.isEmpty() ? "the text is empty" : net.name() + " has met nothing of this text while it learnt", "write what stands in texts that it has learnt from");
    }
    if (!unknown.isEmpty()) {
      String pieces = String.join(" ", unknown.subList(0, Math.min(MOST, unknown.size()))) + (unknown.size() > MOST ? " …" : "");
      bench.warn(
          Code.L111, at, net.name() + " has not met while it learnt: " + pieces, stands ? "each of these counts as unknown" : "they are left out");
    }
    return tokens;
  }
}
