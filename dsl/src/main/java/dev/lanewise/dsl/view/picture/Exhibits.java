package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.data.BoxGrid;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.score.Found;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Pictures of examples and of weights. */
public final class Exhibits {
  /** More filters fit no sheet. */
  private static final int MOST_FILTERS = 64;

  private Exhibits() {}

  /** Whether an example can be seen: grey, or red, green and blue. */
  public static boolean isPicture(Shape shape) {
    return shape.isImage() && (shape.channels() == 1 || shape.channels() == 3);
  }

  /** Examples with their original values. */
  public static Gallery examples(String title, Dataset data, List<Integer> which, IntFunction<String> caption) {
    Dataset original = data.normalized(Normalization.none(data.shape()));
    List<float[]> values = which.stream().map(i -> values(original, i)).toList();
    return new Gallery(title, pictures(data.shape(), values, i -> caption.apply(which.get(i))));
  }

  /** All from their least value, or 0, to their largest, or 1. @param caption of each, from 0 on */
  public static List<Picture> pictures(Shape shape, List<float[]> values, IntFunction<String> caption) {
    float low = 0;
    float high = 1;
    for (float[] example : values) {
      for (float v : example) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      pictures.add(picture(shape, values.get(i), low, high, caption.apply(i)));
    }
    return pictures;
  }

  /** Whether what is to be learned of examples can be seen. */
  public static boolean isMask(Dataset data) {
    return !data.target().isClass() && isPicture(data.target().shape());
  }

  /** Examples with their original values, each beside its target. */
  public static Gallery masked(String title, DataSplit split, Dataset data, List<Integer> which) {
    Dataset original = data.normalized(Normalization.none(data.shape()));
    List<Picture> pictures = new ArrayList<>();
    for (int i : which) {
      pictures.add(picture(data.shape(), values(original, i), Integer.toString(i)));
      pictures.add(target(data, target(data, i), "target"));
    }
    Gallery gallery = new Gallery(title, pictures, 2);
    return data.target().isPlaces() ? ClassMaps.explained(gallery, split.classNames()) : gallery;
  }

  /** What is to be learned, or what a network says of it. */
  public static Picture target(Dataset data, float[] values, String caption) {
    Shape shape = data.target().shape();
    return data.target().isPlaces() ? ClassMaps.picture(shape, values, caption) : picture(shape, values, caption);
  }

  /** Examples, with frames around what is in them, beside those of their parts that lie over the image. @param words of the classes */
  public static Gallery parts(String title, Dataset data, List<Integer> which, IntFunction<String> words) {
    Dataset original = data.original();
    List<Field> fields = original.fields();
    List<Integer> over = IntStream.range(1, fields.size()).filter(f -> {
      Shape own = fields.get(f).shape();
      return isPicture(own) && own.height() == data.shape().height() && own.width() == data.shape().width();
    }).boxed().toList();
    List<Picture> pictures = new ArrayList<>();
    for (int i : which) {
      Optional<BoxGrid> grid = data.isAnswered() ? BoxGrid.of(fields) : Optional.empty();
      List<Found> there = grid.map(g -> Found.right(g, part(original, g.classField(), i), 0, part(original, g.boxField(), i), 0)).orElse(List.of());
      String caption = i + (there.isEmpty() ? "" : ": " + Framed.words(there, words, false));
      pictures.add(Framed.of(picture(data.shape(), values(original, i), caption), there, ground(fields), words));
      over.forEach(f -> pictures.add(over(fields, f, part(original, f, i), fields.get(f).name())));
    }
    return new Gallery(title, pictures, 1 + over.size());
  }

  /** A part that lies over the image: of classes a colour for each. */
  public static Picture over(List<Field> fields, int field, float[] values, String caption) {
    Field own = fields.get(field);
    boolean alike = BoxGrid.of(fields).filter(g -> g.classes() == own.bound()).isPresent();
    return own.isWhole() ? ClassMaps.picture(own.shape(), values, alike ? ground(fields) : 0, caption) : picture(own.shape(), values, caption);
  }

  /** The class of nothing: of a grid of boxes the last. */
  public static int ground(List<Field> fields) {
    return BoxGrid.of(fields).map(BoxGrid::nothing).orElse(0);
  }

  public static float[] target(Dataset data, int example) {
    float[] target = new float[data.target().shape().size()];
    data.readTarget(example, target, 0, 1);
    return target;
  }

  /** One by itself, from its least value, or 0, to its largest, or 1. */
  public static Picture picture(Shape shape, float[] values, String caption) {
    float low = 0;
    float high = 1;
    for (float v : values) {
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
    return picture(shape, values, low, high, caption);
  }

  public static float[] values(Dataset data, int example) {
    float[] values = new float[data.shape().size()];
    data.read(example, values, 0, 1);
    return values;
  }

  /** The values of all that a network takes, one after the other. */
  public static float[] inputs(CheckedNet net, Dataset data, int example) {
    float[] values = new float[net.inputSize()];
    List<String> names = data.fields().stream().map(Field::name).toList();
    int from = 0;
    for (Field input : net.inputs()) {
      data.readField(Math.max(0, names.indexOf(input.name())), example, values, from, 1);
      from += input.shape().size();
    }
    return values;
  }

  /** The values of a part of an example. */
  public static float[] part(Dataset data, int field, int example) {
    float[] values = new float[data.fields().get(field).shape().size()];
    data.readField(field, example, values, 0, 1);
    return values;
  }

  private static Picture picture(Shape shape, float[] values, float low, float high, String caption) {
    int plane = shape.height() * shape.width();
    int[] pixels = new int[plane];
    for (int i = 0; i < plane; i++) {
      int green = shape.channels() == 3 ? i + plane : i;
      int blue = shape.channels() == 3 ? i + 2 * plane : i;
      pixels[i] = Picture.rgb((values[i] - low) / (high - low), (values[green] - low) / (high - low), (values[blue] - low) / (high - low));
    }
    return new Picture(shape.width(), shape.height(), pixels, caption);
  }

  /**
   * The weights of a layer: dark blue below zero, grey at zero, light yellow above. Of a convolution a picture for each pair of output and
   * input channel; of a dense layer that reads a flattened picture one for each output; of any other one for all.
   */
  public static Gallery filters(CheckedNet net, String layer, Tensor weight) {
    List<Integer> shape = weight.shape();
    int outputs = shape.getFirst();
    Shape seen = shape.size() == 2 ? flattened(net, layer) : null;
    int inputs = shape.size() > 2 ? shape.get(1) : seen == null ? 1 : seen.channels();
    int height = shape.size() > 3 ? shape.get(2) : seen == null ? shape.size() > 2 ? 1 : outputs : seen.height();
    int width = seen == null ? shape.getLast() : seen.width();
    int all = weight.values().length / (height * width);
    int shown = Math.min(MOST_FILTERS, all);
    double most = 1e-30;
    for (float v : weight.values()) {
      most = Math.max(most, Math.abs(v));
    }
    List<Picture> pictures = new ArrayList<>();
    for (int f = 0; f < shown; f++) {
      String caption = all == 1 ? "" : inputs == 1 ? Integer.toString(f) : f / inputs + " < " + f % inputs;
      pictures.add(weights(weight.values(), f * height * width, width, height, most, caption));
    }
    String of = String.format(Locale.ROOT, "%s.%s.weight %s, from -%.3g to %.3g", net.name(), layer, shape, most, most);
    return new Gallery(shown < all ? of + ", the first " + shown + " of " + all : of, pictures);
  }

  private static Picture weights(float[] values, int from, int width, int height, double most, String caption) {
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Palette.signed(values[from + i] / most);
    }
    return new Picture(width, height, pixels, caption);
  }

  /** The shape of the picture that a dense layer reads, if a flattened one; otherwise null. */
  private static Shape flattened(CheckedNet net, String layer) {
    CheckedNet.Layer dense = net.layers().stream().filter(l -> l.name().equals(layer)).findFirst().orElseThrow();
    int value = dense.inputs().getFirst();
    CheckedNet.Layer before = value == 0 ? null : net.layers().get(value - 1);
    if (before == null || !(before.computation() instanceof Reshape)) {
      return null;
    }
    Shape shape = net.shape(before.inputs().getFirst());
    return shape.isImage() && shape.height() > 1 ? shape : null;
  }
}
