package dev.lanewise.runtime.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Examples that have further parts: of each its values are those of another data set at the same index.
 *
 * <pre>{@code
 * new Parts(images, List.of(new Field("image", …), new Field("class", …), new Field("box", …)), List.of(boxes))
 * }</pre>
 *
 * @param of the main part, and what is to be learned
 * @param fields of all parts: the main one, what is to be learned, and those of {@code further}
 */
public record Parts(Dataset of, List<Field> fields, List<Dataset> further) implements View {
  private static final int FIRST = 2;

  /**
   * @throws IllegalArgumentException if a part has not as many examples, or not the shape of its field, or two parts have one name
   */
  public Parts {
    fields = List.copyOf(fields);
    further = List.copyOf(further);
    if (fields.size() != FIRST + further.size() || fields.stream().map(Field::name).distinct().count() < fields.size()) {
      throw new IllegalArgumentException("names of parts, each once: " + fields);
    }
    for (int i = 0; i < further.size(); i++) {
      if (further.get(i).size() != of.size() || !further.get(i).shape().equals(fields.get(FIRST + i).shape())) {
        throw new IllegalArgumentException(
            further.get(i).size() + " examples of " + further.get(i).shape() + " for " + of.size() + " of " + fields.get(FIRST + i).kind());
      }
    }
  }

  @Override
  public void readField(int field, int index, float[] out, int offset, int stride) {
    switch (field) {
      case 0 -> read(index, out, offset, stride);
      case TARGET -> readTarget(index, out, offset, stride);
      default -> further.get(field - FIRST).read(index, out, offset, stride);
    }
  }

  @Override
  public boolean isOnDisk() {
    return Stream.concat(Stream.of(of), further.stream()).anyMatch(Dataset::isOnDisk);
  }

  @Override
  public long touch(int index) {
    return Stream.concat(Stream.of(of), further.stream()).filter(Dataset::isOnDisk).mapToLong(d -> d.touch(index)).sum();
  }

  @Override
  public Normalization measured() {
    return of.measured();
  }

  @Override
  public Dataset as(Encoding encoding) {
    return new Parts(of.as(encoding), fields, further);
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return fields.getFirst().isWhole() ? this : new Parts(of.normalized(normalization), fields, further);
  }

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    if (field < FIRST) {
      return View.super.normalized(field, normalization);
    }
    List<Dataset> scaled = new ArrayList<>(further);
    scaled.set(field - FIRST, scaled.get(field - FIRST).normalized(normalization));
    return new Parts(of, fields, scaled);
  }

  /** Where the part of that name is; -1 if there is none. */
  static int place(Dataset data, String name) {
    List<Field> fields = data.fields();
    return IntStream.range(0, fields.size()).filter(i -> fields.get(i).name().equals(name)).findFirst().orElse(-1);
  }
}
