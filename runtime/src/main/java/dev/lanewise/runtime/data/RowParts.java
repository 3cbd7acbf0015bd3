package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows of a table of which each column is a part by itself, named after it: the number of the word that stands there, among all that do.
 *
 * <pre>{@code
 * user,film,rating
 * ann,Alien,5         // user 0 of 2, film 0 of 2
 * bob,Brazil,3        // user 1 of 2, film 1 of 2
 * }</pre>
 *
 * @param of the rows, as an encoding of words has them
 * @param learned how what is to be learned is called
 */
public record RowParts(TableExamples of, String learned) implements View {
  private static final Shape ONE = Shape.of(1);

  /**
   * @throws IllegalArgumentException if two parts would have one name, or a column holds no words
   */
  public RowParts {
    Set<String> names = new HashSet<>();
    for (Encoding.Column column : of.encoding().columns()) {
      if (column.how() != Encoding.How.INDEX) {
        throw new IllegalArgumentException("the column `" + column.name() + "` is a part of numbers, but of words is needed");
      }
      if (!names.add(Field.named(column.name()))) {
        throw new IllegalArgumentException("two parts would be called `" + Field.named(column.name()) + "`: give one of the columns another name");
      }
    }
    if (!names.add(learned)) {
      throw new IllegalArgumentException("a part and what is to be learned would both be called `" + learned + "`: give one of the columns another name");
    }
  }

  @Override
  public Shape shape() {
    return ONE;
  }

  @Override
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    of.encoding().columns().forEach(c -> fields.add(new Field(Field.named(c.name()), shape(), c.words().size())));
    fields.add(TARGET, new Field(learned, target().shape(), target().classes()));
    return fields;
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    out[offset] = of.feature(index, 0);
  }

  @Override
  public void readBlock(int[] order, int from, int count, float[] block, int offset) {
    for (int lane = 0; lane < count; lane++) {
      block[offset + lane] = of.feature(order[from + lane], 0);
    }
  }

  @Override
  public void readField(int field, int index, float[] out, int offset, int stride) {
    if (field == TARGET) {
      readTarget(index, out, offset, stride);
    } else {
      out[offset] = of.feature(index, field > TARGET ? field - 1 : field);
    }
  }

  @Override
  public float zero(int channel) {
    return 0;
  }

  @Override
  public Dataset as(Encoding encoding) {
    return new RowParts(of.as(encoding), learned);
  }

  /** Numbers of words have no scale. */
  @Override
  public Dataset normalized(Normalization normalization) {
    return this;
  }

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    return this;
  }
}
