package dev.lanewise.runtime.data.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a script wants texts to be cut: by what, in small letters or not, into how many different tokens at most. */
public sealed interface Cutting {
  /** By character, word or byte. */
  record Plain(Tokenizer by) implements Cutting {}

  /** By byte pairs, which are learnt. @param size tokens in all, the 256 bytes among them */
  record Learned(int size) implements Cutting {}

  /** As a file of Hugging Face says. */
  record Read(Path file) implements Cutting {}

  /** Counts what stands in some texts, one after the other, and makes a vocabulary of that. */
  final class Counting {
    private final Cutting cutting;
    private final boolean small;
    private final Map<String, Long> counts = new TreeMap<>();

    public Counting(Cutting cutting, boolean small) {
      this.cutting = cutting;
      this.small = small;
    }

    public void add(String text) {
      String own = small ? Vocabulary.small(text) : text;
      switch (cutting) {
        case Plain(Characters _) -> own.codePoints().forEach(p -> counts.merge(Character.toString(p), 1L, Long::sum));
        case Plain(Bytes _) -> {
          // All bytes are known.
        }
        case Plain(Tokenizer by) -> by.pieces(own).forEach(p -> counts.merge(p, 1L, Long::sum));
        case Learned _ -> PairLearning.count(own, counts);
        case Read _ -> {
          // So are these.
        }
      }
    }

    /**
     * @param marks before all others; those of a file stay as they are
     * @param most tokens at most, the marks among them; 0 for all
     * @throws IOException if a file cannot be read
     */
    public Vocabulary vocabulary(List<String> marks, int most) throws IOException {
      return switch (cutting) {
        case Plain(Tokenizer by) -> Vocabulary.of(by, counts, marks, most, small);
        case Learned(int size) ->
            Vocabulary.of(new BytePairs(PairLearning.learn(counts, size - Bytes.COUNT - marks.size()), BytePairs.WORDS, List.of()), Map.of(), marks, 0, small);
        case Read(Path file) -> TokenizerJson.read(file).with(marks, small);
      };
    }
  }
}
