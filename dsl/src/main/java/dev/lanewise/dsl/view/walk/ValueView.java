package dev.lanewise.dsl.view.walk;

import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.view.NumberTables;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** All numbers of a value: few as numbers, many as pictures. */
public final class ValueView {
  private static final int MOST_PLANES = 64;
  private static final int FEW_ACROSS = 6;

  private ValueView() {}

  public static Exhibit of(String title, Shape shape, double[] values) {
    if (shape.rank() < 3 || shape.dim(shape.rank() - 1) <= FEW_ACROSS && shape.dim(shape.rank() - 2) <= FEW_ACROSS) {
      float[] floats = new float[values.length];
      IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) values[i]);
      return NumberTables.of(title + ":", shape.dims(), floats);
    }
    int height = shape.dim(shape.rank() - 2), width = shape.dim(shape.rank() - 1), planes = values.length / (height * width), shown = Math.min(MOST_PLANES, planes);
    double most = Rows.largest(values);
    List<Picture> pictures = IntStream.range(0, shown).mapToObj(p -> Rows.plane(values, p * height * width, width, height, most, Integer.toString(p))).toList();
    String of = String.format(Locale.ROOT, "%s: %s, from -%.3g to %.3g", title, shape, most, most);
    return new Gallery(shown < planes ? of + ", the first " + shown + " of " + planes : of, pictures);
  }
}
