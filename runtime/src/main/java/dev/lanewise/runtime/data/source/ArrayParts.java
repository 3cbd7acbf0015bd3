package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ArrayExamples;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Labels;
import dev.lanewise.runtime.data.NotFinite;
import dev.lanewise.runtime.data.Parts;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.format.Element;
import dev.lanewise.runtime.data.format.Npz;
import dev.lanewise.runtime.data.format.NumberArray;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several of NumPy's arrays for each example, which are its parts, called as the arrays are. Whole numbers among them are numbers below a
 * bound: one more than the largest, unless it is said.
 *
 * <pre>{@code ArrayParts.npz(Path.of("scenes.npz"), new Names(new Group(List.of("image"), List.of("class", "box")), …), 0, Channels.AUTO) }</pre>
 */
public final class ArrayParts implements OpenedData {
  /** Whole numbers that a float tells apart. */
  private static final int MOST = 1 << 24;
  private static final int BRIGHTEST = 255;

  private final Names names;
  private final NumberArrays base;
  private final Dataset train;
  /** Null where there are none. */
  private final Dataset validation;
  private final Dataset test;

  /**
   * What arrays are called.
   *
   * @param validation of examples to validate on: the same parts, in the same order
   * @param test of those to test on
   */
  public record Names(Group train, Optional<Group> validation, Optional<Group> test) {
    /** @param x to learn from; the first is the main part @param y to be learned */
    public record Group(List<String> x, List<String> y) {
      public Group {
        x = List.copyOf(x);
        y = List.copyOf(y);
      }

      private NumberArrays.Names.Pair pair() {
        return new NumberArrays.Names.Pair(x.getFirst(), y.getFirst());
      }

      private int size() {
        return x.size() + y.size();
      }
    }

    private List<String> all() {
      return Stream.of(Optional.of(train), validation, test).flatMap(Optional::stream).flatMap(g -> Stream.concat(g.x.stream(), g.y.stream())).toList();
    }

    /** Of those that are not there to train on. */
    private List<String> uses() {
      return Stream.of(validation.map(_ -> NumberArrays.VALIDATION), test.map(_ -> NumberArrays.TEST)).flatMap(Optional::stream).toList();
    }
  }

  private ArrayParts(Names names, List<NumberArray> arrays, int of, Channels channels) throws IOException {
    this.names = names;
    int parts = names.train.size();
    int y = names.train.x.size();
    List<NumberArray> own = arrays.subList(0, parts);
    List<List<NumberArray>> others = new ArrayList<>();
    List<NumberArrays.Part> pairs = new ArrayList<>();
    for (String use : names.uses()) {
      int from = parts * (1 + others.size());
      others.add(arrays.subList(from, from + parts));
      pairs.add(new NumberArrays.Part(others.getLast().getFirst(), others.getLast().get(y), use));
    }
    List<Integer> bounds = new ArrayList<>();
    List<Field> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int part = i;
      NumberArray array = own.get(i);
      checkCount(array, own.getFirst());
      boolean whole = i != y && isWhole(array, i < y, parts == 2);
      bounds.add(whole ? bound(array, others.stream().map(o -> o.get(part)).toList(), i < y ? of : 0) : 0);
      all.add(new Field(named(i < y ? names.train.x.get(i) : names.train.y.get(i - y)), layout(array, channels).shape(), bounds.get(i)));
    }
    if (of > 0 && bounds.subList(0, y).stream().allMatch(b -> b == 0)) {
      throw new IOException(own.getFirst().name() + ": numbers, but `of` says how many whole numbers there are: leave it out, or save the array as whole numbers");
    }
    this.base = new NumberArrays(own.getFirst(), own.get(y), pairs, channels, bounds.getFirst() > 0, names.train.y.size() > 1);
    all.set(y, new Field(all.get(y).name(), base.target().shape(), base.target().classes()));
    // The order of fields: the main part, what is to be learned, and the others.
    List<Integer> further = IntStream.range(1, parts).filter(i -> i != y).boxed().toList();
    List<Field> fields = new ArrayList<>(List.of(all.getFirst(), all.get(y)));
    further.forEach(i -> fields.add(all.get(i)));
    if (fields.stream().map(Field::name).distinct().count() < parts) {
      throw new IOException("the parts of the examples need names of their own: " + String.join(", ", fields.stream().map(Field::name).toList()));
    }
    this.train = together(base.of(""), fields, own, further, bounds, channels);
    Dataset[] used = new Dataset[others.size()];
    for (int i = 0; i < used.length; i++) {
      used[i] = together(base.of(names.uses().get(i)), fields, others.get(i), further, bounds, channels);
    }
    this.test = names.test.isPresent() ? used[used.length - 1] : null;
    this.validation = names.validation.isPresent() ? used[0] : null;
  }

  /**
   * Reads arrays of an .npz archive.
   *
   * @param of how many whole numbers an array to learn from tells apart; 0 for one more than its largest
   * @throws IOException naming file, array, offset or item, what was expected and what was found
   */
  public static OpenedData npz(Path archive, Names names, int of, Channels channels) throws IOException {
    return names.train.size() == 2 && of == 0
        ? NumberArrays.npz(archive, new NumberArrays.Names(names.train.pair(), names.validation.map(Names.Group::pair), names.test.map(Names.Group::pair)), channels)
        : new ArrayParts(names, Npz.read(archive, names.all()), of, channels);
  }

  private static Dataset together(Dataset base, List<Field> fields, List<NumberArray> arrays, List<Integer> further, List<Integer> bounds, Channels channels) throws IOException {
    List<Dataset> parts = new ArrayList<>();
    for (int i : further) {
      checkCount(arrays.get(i), arrays.getFirst());
      Channels.Layout layout = layout(arrays.get(i), channels);
      Shape shape = fields.get(Dataset.TARGET + 1 + parts.size()).shape();
      if (!layout.shape().equals(shape)) {
        throw new IOException(arrays.get(i).name() + ": " + layout.shape() + ", but the examples to train on are " + shape);
      }
      parts.add(examples(arrays.get(i), layout, bounds.get(i)));
    }
    return new Parts(base, fields, parts);
  }

  private static String named(String array) {
    return Field.named(array);
  }

  /** Bytes are brightness where they make an image, and whole numbers elsewhere. */
  private static boolean isWhole(NumberArray array, boolean input, boolean alone) {
    if (!array.element().isWhole() || array.element() == Element.BOOL || !array.words().isEmpty()) {
      return false;
    }
    boolean image = array.element() == Element.U1 && array.dims().size() > 2;
    return alone || !image || !input && array.dims().size() == 3 && !isBright(array);
  }

  /** Masks of bytes are white where something is; classes at each place are small numbers. */
  private static boolean isBright(NumberArray array) {
    for (long i = 0; i < (long) array.count() * array.size(); i++) {
      if (array.at(i) == BRIGHTEST) {
        return true;
      }
    }
    return false;
  }

  private static int bound(NumberArray array, List<NumberArray> others, int of) throws IOException {
    int largest = largest(array, of == 0 ? MOST : of);
    for (NumberArray other : others) {
      largest = Math.max(largest, largest(other, of == 0 ? MOST : of));
    }
    return of == 0 ? largest + 1 : of;
  }

  private static int largest(NumberArray array, int below) throws IOException {
    int largest = 0;
    for (long i = 0; i < (long) array.count() * array.size(); i++) {
      double value = array.at(i);
      if (!(value >= 0 && value < below && value == Math.rint(value))) {
        long item = array.fortran() ? i % array.count() : i / array.size();
        throw new IOException(array.name() + ": item " + item + ": " + said(value) + ", expected a whole number from 0 to " + (below - 1));
      }
      largest = Math.max(largest, (int) value);
    }
    return largest;
  }

  private static String said(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static void checkCount(NumberArray array, NumberArray first) throws IOException {
    if (array.count() != first.count()) {
      throw new IOException(array.name() + ": " + array.count() + " of them, but " + first.name() + " has " + first.count() + " examples");
    }
    if (!array.words().isEmpty() && array.size() > 1) {
      throw new IOException(array.name() + ": " + array.size() + " words for each example, expected one");
    }
  }

  private static Channels.Layout layout(NumberArray array, Channels channels) throws IOException {
    return (array.dims().size() == 4 ? channels : Channels.AUTO).of(array.name(), array.dims());
  }

  private static Dataset examples(NumberArray array, Channels.Layout layout, int bound) throws IOException {
    if (!array.words().isEmpty()) {
      throw new IOException(array.name() + ": a part is numbers, but these are words, such as \"" + array.words().getFirst() + "\"; only the first of y may be words");
    }
    return bound > 0 ? ArrayExamples.asTheyAre(array, layout.shape(), layout.axes()) : new ArrayExamples(array, layout.shape(), Labels.NONE, layout.axes());
  }

  @Override
  public Shape shape() {
    return train.shape();
  }

  @Override
  public Target target() {
    return train.target();
  }

  @Override
  public List<Field> fields() {
    return train.fields();
  }

  @Override
  public boolean hasTest() {
    return test != null;
  }

  @Override
  public boolean hasValidation() {
    return validation != null;
  }

  @Override
  public List<String> notes() {
    return base.notes();
  }

  /** Looks at every value first, as {@link NumberArrays} does. */
  @Override
  public DataSplit load() throws IOException {
    DataSplit loaded = base.load();
    for (Dataset data : new Dataset[] {train, validation, test}) {
      if (data != null) {
        checkFinite(data);
      }
    }
    Set<String> learned = names.train.y.stream().skip(1).map(ArrayParts::named).collect(Collectors.toSet());
    return new DataSplit(loaded.name(), train, validation, test, null, loaded.world()).inParts(learned);
  }

  private void checkFinite(Dataset data) throws IOException {
    List<Dataset> further = ((Parts) data).further();
    for (int i = 0; i < further.size(); i++) {
      String name = fields().get(Dataset.TARGET + 1 + i).name();
      var found = NotFinite.first(further.get(i));
      if (found.isPresent()) {
        throw new IOException(name + ": item " + found.get().item() + ": " + found.get().text()
            + ", where a network needs a number: leave such examples out, or replace the value, np.nan_to_num(x)");
      }
    }
  }
}
