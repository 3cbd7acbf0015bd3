package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** Texts of their own, each in as many places: longer ones are cut, and behind shorter ones is padding. */
final class PaddedTexts {
  private PaddedTexts() {}

  static Dataset of(List<int[]> texts, int length) {
    return new Points(Shape.of(length), texts.stream().map(t -> Vocabulary.padded(t, length)).toArray(float[][]::new));
  }

  /** How long the longest is. */
  static int longest(List<int[]> texts) {
    return texts.stream().mapToInt(t -> t.length).max().orElse(1);
  }

  /** How many are longer than the places they have. */
  static int cut(List<int[]> texts, int length) {
    return (int) texts.stream().filter(t -> t.length > length).count();
  }
}
