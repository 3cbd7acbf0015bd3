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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several of NumPy's arrays for each example, which are its parts, called as the arrays are. Whole numbers among them are numbers below a
 * bound: one more than the largest, unless it is said.
 *
 * <pre>{@code ArrayParts.npz(Path.of("scenes.npz"), new Names(List.of("image"), List.of("class", "box"), List.of(), List.of()), 0, Channels.AUTO) }</pre>
 */
public final class ArrayParts implements OpenedData {
  /** Whole numbers that a float tells apart. */
  private static final int MOST = 1 << 24;
  private static final int BRIGHTEST = 255;

  private final Names names;
  private final NumberArrays base;
  private final Dataset train;
  private final Dataset test;

  /**
   * What arrays are called.
   *
   * @param x to learn from; the first is the main part
   * @param y to be learned
   * @param testX examples to test on; none where there are none
   * @param testY what is right for these
   */
  public record Names(List<String> x, List<String> y, List<String> testX, List<String> testY) {
    public Names {
      x = List.copyOf(x);
      y = List.copyOf(y);
      testX = List.copyOf(testX);
      testY = List.copyOf(testY);
    }

    private List<String> all() {
      return Stream.of(x, y, testX, testY).flatMap(List::stream).toList();
    }
  }

  private ArrayParts(Names names, List<NumberArray> arrays, int of, Channels channels) throws IOException {
    this.names = names;
    int parts = names.x.size() + names.y.size();
    List<NumberArray> own = arrays.subList(0, parts);
    List<NumberArray> tests = arrays.subList(parts, arrays.size());
    List<Field> fields = new ArrayList<>();
    List<Dataset> further = new ArrayList<>();
    List<Dataset> furtherTests = new ArrayList<>();
    // The order of fields: the main part, what is to be learned, and the others.
    int y = names.x.size();
    int[] order = Stream.concat(Stream.of(0, y), Stream.iterate(1, i -> i < parts, i -> i + 1).filter(i -> i != y)).mapToInt(i -> i).toArray();
    boolean whole = isWhole(own.getFirst(), true, parts == 2);
    this.base = new NumberArrays(tests.isEmpty() ? List.of(own.get(0), own.get(y)) : List.of(own.get(0), own.get(y), tests.get(0), tests.get(y)), channels, whole);
    for (int i : order) {
      NumberArray array = own.get(i);
      boolean input = i < y;
      checkCount(array, own.getFirst());
      int bound = isWhole(array, input, parts == 2) ? bound(array, tests.isEmpty() ? null : tests.get(i), input ? of : 0) : 0;
      Channels.Layout layout = layout(array, channels);
      if (i == y) {
        Target target = base.target();
        fields.add(new Field(named(names.y.getFirst()), target.shape(), target.classes()));
      } else {
        fields.add(new Field(named(input ? names.x.get(i) : names.y.get(i - y)), layout.shape(), bound));
      }
      if (i != 0 && i != y) {
        further.add(examples(array, layout, bound));
        if (!tests.isEmpty()) {
          furtherTests.add(further(tests.get(i), tests.getFirst(), layout.shape(), channels, bound));
        }
      }
    }
    if (of > 0 && fields.stream().noneMatch(f -> names.x.stream().map(ArrayParts::named).anyMatch(f.name()::equals) && f.isWhole())) {
      throw new IOException(own.getFirst().name() + ": numbers, but `of` says how many whole numbers there are: leave it out, or save the array as whole numbers");
    }
    try {
      this.train = new Parts(base.training(), fields, further);
      this.test = tests.isEmpty() ? null : new Parts(base.testing(), fields, furtherTests);
    } catch (IllegalArgumentException e) {
      throw new IOException("the parts of the examples need names of their own: " + String.join(", ", fields.stream().map(Field::name).toList()), e);
    }
  }

  /**
   * Reads arrays of an .npz archive.
   *
   * @param of how many whole numbers an array to learn from tells apart; 0 for one more than its largest
   * @throws IOException naming file, array, offset or item, what was expected and what was found
   */
  public static OpenedData npz(Path archive, Names names, int of, Channels channels) throws IOException {
    boolean plain = names.x.size() == 1 && names.y.size() == 1 && of == 0;
    return plain ? NumberArrays.npz(archive, names.all(), channels) : new ArrayParts(names, Npz.read(archive, names.all()), of, channels);
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

  private static int bound(NumberArray array, NumberArray test, int of) throws IOException {
    int bound = largest(array, of == 0 ? MOST : of) + 1;
    if (test == null) {
      return of == 0 ? bound : of;
    }
    int tested = largest(test, of == 0 ? MOST : of) + 1;
    return of == 0 ? Math.max(bound, tested) : of;
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

  private static Dataset further(NumberArray test, NumberArray first, Shape shape, Channels channels, int bound) throws IOException {
    checkCount(test, first);
    Channels.Layout layout = layout(test, channels);
    if (!layout.shape().equals(shape)) {
      throw new IOException(test.name() + ": " + layout.shape() + ", but the examples to train on are " + shape);
    }
    return examples(test, layout, bound);
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
  public List<String> notes() {
    return base.notes();
  }

  /** Looks at every value first, as {@link NumberArrays} does. */
  @Override
  public DataSplit load() throws IOException {
    DataSplit loaded = base.load();
    checkFinite(train);
    if (test != null) {
      checkFinite(test);
    }
    Set<String> learned = names.y.stream().skip(1).map(ArrayParts::named).collect(Collectors.toSet());
    return new DataSplit(loaded.name(), train, null, test, null, loaded.world()).inParts(learned);
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
