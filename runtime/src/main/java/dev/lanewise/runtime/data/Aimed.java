package dev.lanewise.runtime.data;

import java.util.Arrays;

/**
 * Examples of which each has another class, the one that a network is to be led to, or is asked about.
 *
 * @param aims a class for each example
 * @param target the classes that there are
 */
public record Aimed(Dataset of, int[] aims, Target target) implements View {
  /** All of them have one. @param classes that there are */
  public static Aimed all(Dataset of, int aim, int classes) {
    int[] aims = new int[of.size()];
    Arrays.fill(aims, aim);
    return new Aimed(of, aims, Target.classes(classes));
  }

  @Override
  public int label(int index) {
    return aims[index];
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    out[offset] = aims[index];
  }

  @Override
  public Dataset as(Encoding encoding) {
    return new Aimed(of.as(encoding), aims, target);
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Aimed(of.normalized(normalization), aims, target);
  }

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    return new Aimed(of.normalized(field, normalization), aims, target);
  }
}
