package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Grouping;
import dev.lanewise.runtime.data.RowParts;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.Unanswered;
import dev.lanewise.runtime.data.table.ReadTable;
import dev.lanewise.runtime.data.table.TableReader;
import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.data.table.TableSummary;
import dev.lanewise.runtime.data.table.UnlabelledTable;
import dev.lanewise.runtime.data.table.Wanted;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A table in a CSV file, or in another form that a module brings ({@link dev.lanewise.runtime.data.foreign.TableForm}): a record for each example, one column of which is its class, or one or several of which are numbers to predict;
 * the others are what is learned from, or some of them, each a part by itself. The first record is a header if a column is given by name, or if it looks like one.
 *
 * <pre>{@code Csv.read(Path.of("iris.csv"), Optional.empty(), new Wanted(List.of("species"), true), TableSettings.PLAIN) }</pre>
 */
public final class Csv {
  private Csv() {}

  /**
   * @param test another such file, to test on: its columns are found by their names, where both have headers
   * @throws IOException naming file, line and column
   */
  public static OpenedData read(Path file, Optional<Path> test, Wanted wanted, TableSettings settings) throws IOException {
    ReadTable train = TableReader.read(file, wanted, settings);
    Optional<ReadTable> other = test.isPresent() ? Optional.of(TableReader.readLike(train, test.get(), wanted, settings)) : Optional.empty();
    List<String> classes = wanted.classes() ? train.examples().targets() : List.of();
    boolean parts = !settings.parts().isEmpty();
    String learned = train.learned().size() == 1 ? Field.named(train.learned().getFirst()) : "target";
    try {
      Dataset testing = other.isEmpty() ? null : testing(train, other.get(), parts ? new RowParts(other.get().examples(), learned) : other.get().examples());
      Dataset training = train.groups().of(parts ? new RowParts(train.examples(), learned) : train.examples());
      DataSplit split = new DataSplit("csv", training, null, testing).classesNamed(classes).rows(train.examples().encoding(), train.learned());
      return new Opened(parts ? split.inParts(Set.of()) : split, train.summary());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** A file to test on that has no column of what is to be learned can be asked about, and no more. */
  private static Dataset testing(ReadTable train, ReadTable test, Dataset examples) {
    return test.learned().isEmpty() ? new Unanswered(examples, train.examples().target()) : examples;
  }

  /**
   * Rows of which nothing is to be learned, matched by name to a network's encoding; what is to be learned may be there or not.
   *
   * @param settings separator, decimal sign, and whether rows with gaps that the encoding does not fill are left out
   * @throws IOException naming file, line and column
   */
  public static UnlabelledTable readUnlabelled(Path file, Encoding encoding, TableSettings settings) throws IOException {
    return TableReader.readUnlabelled(file, encoding, settings);
  }

  private record Opened(DataSplit load, TableSummary read) implements OpenedData {
    @Override
    public Shape shape() {
      return load.train().shape();
    }

    @Override
    public OptionalInt examples() {
      return OptionalInt.of(load.train().size());
    }

    @Override
    public Target target() {
      return load.train().target();
    }

    @Override
    public List<Field> fields() {
      return load.train().fields();
    }

    @Override
    public boolean hasTest() {
      return load.test() != null;
    }

    @Override
    public List<String> grouped() {
      return load.train().grouping().map(Grouping::columns).orElse(List.of());
    }

    @Override
    public boolean isAnswered() {
      return load.test() == null || load.test().isAnswered();
    }

    @Override
    public Optional<TableSummary> table() {
      return Optional.of(read);
    }
  }
}
