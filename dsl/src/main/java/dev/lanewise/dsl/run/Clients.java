package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Grouping;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.federate.Partition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Who has which examples, before a training by clients begins. */
final class Clients {
  private static final int MOST_ROWS = 10;
  private static final int MOST_CLASSES = 12;

  private Clients() {}

  /**
   * So many examples of each class for each client: the first few of them.
   *
   * @throws MistakeException if the examples cannot be split so
   */
  static Table table(CheckedTrain train, Federation federation, DataSplit data, long seed) {
    int[][] mine;
    try {
      mine = federation.partition().of(data.train(), federation.clients(), seed);
    } catch (IllegalArgumentException e) {
      throw new MistakeException(Code.L015, train.span(), e.getMessage(), "take fewer clients, or more examples");
    }
    Dataset examples = data.train();
    List<String> classes = data.classNames().stream().limit(MOST_CLASSES).toList();
    List<String> header = new ArrayList<>(List.of("client", "examples"));
    header.addAll(classes);
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < Math.min(MOST_ROWS, mine.length); c++) {
      int[] own = mine[c];
      List<String> row = new ArrayList<>(List.of(name(data, federation.partition(), own[0], c), String.format(Locale.ROOT, "%,d", own.length)));
      IntStream.range(0, classes.size()).forEach(k -> row.add(count(examples, own, k)));
      rows.add(row);
    }
    String title = mine.length > MOST_ROWS ? "the first " + MOST_ROWS + " of " + mine.length + " clients, split by `" + federation.partition() + "`" : mine.length + " clients, split by `" + federation.partition() + "`";
    return new Table(title, header, rows);
  }

  /** What a client is called: its value of the column by which they are told apart, or its number. */
  private static String name(DataSplit data, Partition partition, int example, int client) {
    if (!(partition instanceof Partition.ByColumn by)) {
      return Integer.toString(client);
    }
    int value = by.value(data.train(), example);
    List<String> values = data.train().grouping().filter(g -> g.columns().equals(List.of(by.column()))).map(Grouping::values).orElseGet(() -> data.world().words(by.column()));
    return value < values.size() ? values.get(value) : Integer.toString(value);
  }

  private static String count(Dataset examples, int[] own, int label) {
    long count = Arrays.stream(own).filter(i -> examples.label(i) == label).count();
    return count == 0 ? "" : String.format(Locale.ROOT, "%,d", count);
  }
}
