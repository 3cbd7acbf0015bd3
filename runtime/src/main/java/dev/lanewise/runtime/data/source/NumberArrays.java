package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ArrayExamples;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Labels;
import dev.lanewise.runtime.data.NotFinite;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.format.Npy;
import dev.lanewise.runtime.data.format.Npz;
import dev.lanewise.runtime.data.format.NumberArray;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Data sets of NumPy's arrays: one with the examples along its first axis, one with their labels, which {@link ArrayLabels} and
 * {@link ArrayPlaces} read: classes, one each or at each place, or numbers to predict.
 *
 * <pre>{@code NumberArrays.npy(Path.of("x.npy"), Path.of("y.npy"), Optional.empty(), Optional.empty(), Channels.AUTO) }</pre>
 */
public final class NumberArrays implements OpenedData {
  /** Up to so many bytes, every value is looked at when the data is loaded; of larger files, when it is first used. */
  private static final long LOOKED_AT = 1L << 28;
  static final String VALIDATION = "validate";
  static final String TEST = "test";

  /** Examples with their labels. @param use what they are there for */
  record Part(NumberArray x, NumberArray y, String use) {}

  private final Channels.Layout layout;
  private final ArrayLabels labels;
  private final NumberArray x;
  private final boolean whole;
  private final Dataset train;
  /** Those to validate and to test on; empty if there are none. */
  private final List<Part> others;
  private final List<Dataset> more = new ArrayList<>();

  /**
   * @param whole whether the examples are whole numbers: bytes then are no brightness
   * @param grid whether rows and columns of whole numbers are classes also where they are not the image's: of the cells of a grid
   */
  NumberArrays(NumberArray x, NumberArray y, List<Part> others, Channels channels, boolean whole, boolean grid) throws IOException {
    this.x = x;
    this.whole = whole;
    this.others = others;
    this.layout = channels.of(x.name(), x.dims());
    List<NumberArray> targets = others.stream().map(Part::y).toList();
    this.labels = ArrayLabels.of(y, targets);
    int classes = ArrayPlaces.classes(y, targets, grid && y.dims().size() == 3 ? Shape.of(1, y.dims().get(1), y.dims().get(2)) : layout.shape());
    this.train = examples(x, layout, y, labels.train(), channels, classes);
    for (int i = 0; i < others.size(); i++) {
      Part part = others.get(i);
      Channels.Layout own = channels.of(part.x.name(), part.x.dims());
      more.add(examples(part.x, own, part.y, labels.others().get(i), channels, part.y.element().isWhole() ? classes : 0));
      alike(part, more.getLast());
    }
  }

  /**
   * Maps .npy files into memory; they may be larger than that.
   *
   * @param test examples to test on, with their labels
   * @throws IOException naming file, offset or item, what was expected and what was found
   */
  public static OpenedData npy(Path examples, Path labels, Optional<Path> test, Optional<Path> testLabels, Channels channels)
      throws IOException {
    List<Part> others = test.isPresent() ? List.of(new Part(Npy.read(test.get()), Npy.read(testLabels.orElseThrow()), TEST)) : List.of();
    return new NumberArrays(Npy.read(examples), Npy.read(labels), others, channels, false, false);
  }

  /**
   * What the arrays of an .npz archive are called.
   *
   * @param validation of examples to validate on
   * @param test of those to test on
   */
  public record Names(Pair train, Optional<Pair> validation, Optional<Pair> test) {
    /** @param x of the examples @param y of their labels */
    public record Pair(String x, String y) {
      private List<String> both() {
        return List.of(x, y);
      }
    }

    /** Of those that are not there to train on. */
    private List<String> uses() {
      return Stream.of(validation.map(_ -> VALIDATION), test.map(_ -> TEST)).flatMap(Optional::stream).toList();
    }

    private List<String> all() {
      return Stream.of(Optional.of(train), validation, test).flatMap(Optional::stream).flatMap(p -> p.both().stream()).toList();
    }
  }

  /**
   * Reads arrays of an .npz archive.
   *
   * @throws IOException naming file, array, offset or item, what was expected and what was found
   */
  public static OpenedData npz(Path archive, Names names, Channels channels) throws IOException {
    List<NumberArray> arrays = Npz.read(archive, names.all());
    List<Part> others = new ArrayList<>();
    for (String use : names.uses()) {
      int at = 2 + 2 * others.size();
      others.add(new Part(arrays.get(at), arrays.get(at + 1), use));
    }
    return new NumberArrays(arrays.get(0), arrays.get(1), others, channels, false, false);
  }

  private void alike(Part part, Dataset examples) throws IOException {
    if (!examples.shape().equals(train.shape())) {
      throw new IOException("examples to train on are " + train.shape() + ", those to " + part.use + " on " + examples.shape());
    }
    if (!examples.target().equals(train.target())) {
      throw new IOException("targets to train on are " + said(train.target()) + ", those to " + part.use + " on " + said(examples.target()));
    }
  }

  private static String said(Target target) {
    return target.isClass() ? "classes" : target.isPlaces() ? "classes at each place" : "numbers of " + target.shape();
  }

  /** @param classes at each place; 0 where there are others, or none */
  private Dataset examples(NumberArray x, Channels.Layout layout, NumberArray y, Labels labels, Channels channels, int classes)
      throws IOException {
    if (x.count() != y.count()) {
      throw new IOException(y.name() + ": " + y.count() + " labels, but " + x.name() + " has " + x.count() + " examples");
    }
    if (!x.words().isEmpty()) {
      throw new IOException(x.name() + ": examples are numbers, but these are words, such as \"" + x.words().getFirst() + "\"");
    }
    ArrayExamples examples = whole ? ArrayExamples.asTheyAre(x, layout.shape(), labels, layout.axes()) : new ArrayExamples(x, layout.shape(), labels, layout.axes());
    if (labels.classes() > 0) {
      return examples;
    }
    Channels.Layout of = (y.dims().size() == 4 ? channels : Channels.AUTO).of(y.name(), y.dims());
    return classes > 0
        ? new Paired(examples, ArrayExamples.asTheyAre(y, of.shape(), of.axes()), Target.classes(of.shape(), classes))
        : new Paired(examples, new ArrayExamples(y, of.shape(), Labels.NONE, of.axes()));
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
  public boolean hasTest() {
    return of(TEST) != null;
  }

  @Override
  public boolean hasValidation() {
    return of(VALIDATION) != null;
  }

  /** Those to be used so, to train on where the use is empty; null if there are none. */
  Dataset of(String use) {
    return use.isEmpty() ? train : IntStream.range(0, others.size()).filter(i -> others.get(i).use.equals(use)).mapToObj(more::get).findFirst().orElse(null);
  }

  @Override
  public List<String> notes() {
    String places = train.target().isPlaces() ? "a class at each place, " + train.target().classes() + " of them" : "";
    return Stream.of(layout.isLast() ? "channels last in the file" : "", labels.note(), places).filter(n -> !n.isEmpty()).toList();
  }

  /** Looks at every value first, unless there are very many. */
  @Override
  public DataSplit load() throws IOException {
    checkFinite(train, x.name());
    for (int i = 0; i < others.size(); i++) {
      checkFinite(more.get(i), others.get(i).x.name());
    }
    DataSplit split = new DataSplit("arrays", train, of(VALIDATION), of(TEST));
    return split.train().target().isClass() ? split.classesNamed(labels.names()) : split;
  }

  private void checkFinite(Dataset data, String name) throws IOException {
    boolean looks = data.size() * (long) x.size() * x.element().bytes() <= LOOKED_AT;
    Optional<NotFinite> found = looks && !(x.element().isWhole() && data.target().isClass()) ? NotFinite.first(data) : Optional.empty();
    if (found.isPresent()) {
      throw new IOException(name + ": item " + found.get().item() + ": " + found.get().text()
          + ", where a network needs a number: leave such examples out, or replace the value, np.nan_to_num(x)");
    }
  }
}
