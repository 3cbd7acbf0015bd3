package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.text.Cutting;
import dev.lanewise.runtime.data.text.Vocabulary;
import java.io.IOException;
import java.util.List;

/**
 * What a script says of texts.
 *
 * @param length tokens of an example; 0 for as many as the longest has
 * @param by what they are cut by
 * @param lower whether they are turned into small letters
 * @param most tokens of the vocabulary at most; 0 for all
 */
public record TextSettings(int length, Cutting by, boolean lower, int most) {
  /** An example longer than this is none that somebody means. */
  private static final int LONGEST = 1 << 16;

  /** @throws IllegalArgumentException if a number is too small or too large */
  public TextSettings {
    if (length < 0 || length > LONGEST) {
      throw new IllegalArgumentException("length must be between 1 and 65,536, not " + length);
    }
    if (by instanceof Cutting.Learned(int size) && (size <= Least.BPE || size > 1 << 17)) {
      throw new IllegalArgumentException("bpe(" + size + ") has no room for pairs beside the 256 bytes: write bpe(1_000), up to bpe(131_072)");
    }
    if (most != 0 && most < Least.VOCABULARY) {
      throw new IllegalArgumentException("vocabulary must be at least " + Least.VOCABULARY + ", not " + most);
    }
    if (most != 0 && !(by instanceof Cutting.Plain(var tokenizer) && !tokenizer.name().equals("byte"))) {
      throw new IllegalArgumentException("vocabulary cuts words or characters off, but there are none: leave it out");
    }
  }

  private interface Least {
    int BPE = 264;
    int VOCABULARY = 8;
  }

  /** What tokens stand for, of all these texts. */
  Vocabulary vocabulary(Iterable<String> texts, List<String> marks) throws IOException {
    Cutting.Counting counting = new Cutting.Counting(by, lower);
    texts.forEach(counting::add);
    return counting.vocabulary(marks, most);
  }
}
