package dev.lanewise.runtime.data;

import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.kernel.lane.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Examples whose tokens have other numbers: those of a network's vocabulary.
 *
 * @param numbers of each part that is told anew, by its place, and of each of its tokens, the number here
 * @param fields with the bounds of here
 */
record Retold(Dataset of, Map<Integer, int[]> numbers, List<Field> fields, Target target) implements View {
  /** @param vocabularies of the parts, by their names */
  static Dataset of(Dataset of, Map<Integer, int[]> numbers, Map<String, Vocabulary> vocabularies) {
    List<Field> fields = new ArrayList<>(of.fields());
    fields.replaceAll(f -> vocabularies.containsKey(f.name()) ? new Field(f.name(), f.shape(), vocabularies.get(f.name()).size(), f.padded()) : f);
    Field learned = fields.get(TARGET);
    return new Retold(of, numbers, fields, new Target(of.target().shape(), of.target().isNumbers() ? 0 : learned.bound()));
  }

  private void retell(int field, float[] out, int offset, int stride) {
    int[] own = numbers.get(field);
    for (int i = 0; own != null && i < fields.get(field).shape().size(); i++) {
      out[offset + i * stride] = own[(int) out[offset + i * stride]];
    }
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    of.read(index, out, offset, stride);
    retell(0, out, offset, stride);
  }

  @Override
  public void readBlock(int[] order, int from, int count, float[] block, int offset) {
    if (!numbers.containsKey(0)) {
      of.readBlock(order, from, count, block, offset);
      return;
    }
    for (int lane = 0; lane < count; lane++) {
      read(order[from + lane], block, offset + lane, Lanes.BLOCK);
    }
  }

  @Override
  public int label(int index) {
    int label = of.label(index);
    return numbers.containsKey(TARGET) && target.isClass() ? numbers.get(TARGET)[label] : label;
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    of.readTarget(index, out, offset, stride);
    retell(TARGET, out, offset, stride);
  }

  @Override
  public void readField(int field, int index, float[] out, int offset, int stride) {
    of.readField(field, index, out, offset, stride);
    retell(field, out, offset, stride);
  }

  @Override
  public Normalization measured() {
    return of.measured();
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Retold(of.normalized(normalization), numbers, fields, target);
  }

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    return new Retold(of.normalized(field, normalization), numbers, fields, target);
  }
}
