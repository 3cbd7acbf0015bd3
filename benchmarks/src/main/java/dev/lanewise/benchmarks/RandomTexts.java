package dev.lanewise.benchmarks;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Random;

/** Tokens that mean nothing, and at each place the one that follows: for who wants to know how long it takes, not what is learnt. */
record RandomTexts(byte[][] tokens) implements Dataset {
  private static final int LENGTH = 64;
  private static final int TOKENS = 65;

  static DataSplit of(int count) {
    Random random = new Random(1);
    byte[][] tokens = new byte[count][LENGTH + 1];
    for (byte[] text : tokens) {
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) random.nextInt(TOKENS);
      }
    }
    RandomTexts texts = new RandomTexts(tokens);
    return new DataSplit("texts", texts, null, texts);
  }

  @Override
  public int size() {
    return tokens.length;
  }

  @Override
  public List<Field> fields() {
    return List.of(new Field("text", shape(), TOKENS), new Field("next", shape(), TOKENS));
  }

  @Override
  public Shape shape() {
    return Shape.of(LENGTH);
  }

  @Override
  public Target target() {
    return Target.classes(shape(), TOKENS);
  }

  @Override
  public int label(int index) {
    return tokens[index][1];
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    for (int i = 0; i < LENGTH; i++) {
      out[offset + i * stride] = tokens[index][i];
    }
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    for (int i = 0; i < LENGTH; i++) {
      out[offset + i * stride] = tokens[index][i + 1];
    }
  }

  @Override
  public float zero(int channel) {
    return 0;
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return this;
  }
}
