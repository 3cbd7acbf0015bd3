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
import java.util.List;
import java.util.Optional;
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

  private final NumberArray x;
  private final Channels.Layout layout;
  private final ArrayLabels labels;
  private final Dataset train;
  private final Dataset test;
  /** Of the examples to test on, for messages. */
  private final String testName;

  /** @param arrays examples and labels, or also those to test on */
  private NumberArrays(List<NumberArray> arrays, Channels channels) throws IOException {
    this.x = arrays.get(0);
    this.layout = channels.of(x.name(), x.dims());
    boolean tests = arrays.size() > 2;
    Optional<NumberArray> testLabels = tests ? Optional.of(arrays.get(3)) : Optional.empty();
    this.labels = ArrayLabels.of(arrays.get(1), testLabels);
    int classes = ArrayPlaces.classes(arrays.get(1), testLabels, layout.shape());
    this.train = examples(x, layout, arrays.get(1), labels.train(), channels, classes);
    this.testName = tests ? arrays.get(2).name() : "";
    this.test = tests
        ? examples(arrays.get(2), channels.of(testName, arrays.get(2).dims()), arrays.get(3), labels.test(), channels,
            testLabels.orElseThrow().element().isWhole() ? classes : 0) : null;
    if (tests) {
      alike();
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
    NumberArray[] arrays = new NumberArray[test.isPresent() ? 4 : 2];
    arrays[0] = Npy.read(examples);
    arrays[1] = Npy.read(labels);
    if (test.isPresent()) {
      arrays[2] = Npy.read(test.get());
      arrays[3] = Npy.read(testLabels.orElseThrow());
    }
    return new NumberArrays(List.of(arrays), channels);
  }

  /**
   * Reads arrays of an .npz archive.
   *
   * @param names of examples and labels, or also of those to test on
   * @throws IOException naming file, array, offset or item, what was expected and what was found
   */
  public static OpenedData npz(Path archive, List<String> names, Channels channels) throws IOException {
    return new NumberArrays(Npz.read(archive, names), channels);
  }

  private void alike() throws IOException {
    if (!test.shape().equals(train.shape())) {
      throw new IOException("examples to train on are " + train.shape() + ", those to test on " + test.shape());
    }
    if (!test.target().equals(train.target())) {
      throw new IOException("targets to train on are " + said(train.target()) + ", those to test on " + said(test.target()));
    }
  }

  private static String said(Target target) {
    return target.isClass() ? "classes" : target.isPlaces() ? "classes at each place" : "numbers of " + target.shape();
  }

  /** @param classes at each place; 0 where there are others, or none */
  private static Dataset examples(NumberArray x, Channels.Layout layout, NumberArray y, Labels labels, Channels channels, int classes)
      throws IOException {
    if (x.count() != y.count()) {
      throw new IOException(y.name() + ": " + y.count() + " labels, but " + x.name() + " has " + x.count() + " examples");
    }
    if (!x.words().isEmpty()) {
      throw new IOException(x.name() + ": examples are numbers, but these are words, such as \"" + x.words().getFirst() + "\"");
    }
    ArrayExamples examples = new ArrayExamples(x, layout.shape(), labels, layout.axes());
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
    return test != null;
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
    if (test != null) {
      checkFinite(test, testName);
    }
    DataSplit split = new DataSplit("arrays", train, null, test);
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
