package dev.lanewise.runtime.data.table;

import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.TableExamples;
import dev.lanewise.runtime.data.TableRows;
import dev.lanewise.runtime.data.format.CsvStart;
import dev.lanewise.runtime.data.format.TableFields;
import dev.lanewise.runtime.data.format.TableRecords;
import dev.lanewise.runtime.data.table.TableSettings.Missing.Way;
import dev.lanewise.runtime.file.NoRoomException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a table, to train on, to test on, or to predict of.
 *
 * <pre>{@code TableReader.read(Path.of("iris.csv"), new Wanted(List.of("species"), true), TableSettings.PLAIN) }</pre>
 */
public final class TableReader {
  private static final long MOST = Runtime.getRuntime().maxMemory() / 2;

  private final TableRecords records;
  private final TableSettings settings;
  private final TableHeader header;
  private final Deque<TableFields> ahead;
  private final TableColumn[] features;
  private final Learning learning;
  private final List<Integer> group;
  private final List<String> groups = new ArrayList<>();
  /** Columns whose texts are kept. */
  private final List<Integer> kept;
  private final List<List<String>> texts = new ArrayList<>();
  private final TableRows rows;
  private int skipped;

  private TableReader(TableRecords records, TableSettings settings, TablePlan plan, List<Integer> kept) {
    this.records = records;
    this.settings = settings;
    this.header = plan.header();
    this.ahead = new ArrayDeque<>(plan.ahead());
    this.features = plan.features().toArray(TableColumn[]::new);
    this.learning = plan.learning();
    this.group = plan.group();
    this.kept = kept;
    this.rows = new TableRows(features.length);
    kept.forEach(_ -> texts.add(new ArrayList<>()));
  }

  private static TableRecords open(Path file, TableSettings settings) throws IOException {
    return TableRecords.open(file, settings.separator(), settings.decimal());
  }

  /**
   * Examples to train on.
   *
   * @throws IOException naming file, line and column
   */
  public static ReadTable read(Path file, Wanted wanted, TableSettings settings) throws IOException {
    Set<Integer> words = new HashSet<>();
    while (true) {
      try (TableRecords records = open(file, settings)) {
        TableReader reader = new TableReader(records, settings, TablePlan.first(records, wanted, settings, words), List.of());
        reader.rows();
        // What was read as numbers before the first word has to be read as words.
        if (!reader.addLate(words)) {
          return reader.table();
        }
      }
    }
  }

  /**
   * Examples to test on: as those to train on are.
   *
   * @throws IOException also if a column is missing, or has a word that is new
   */
  public static ReadTable readLike(ReadTable train, Path file, Wanted wanted, TableSettings settings) throws IOException {
    try (TableRecords records = open(file, settings)) {
      TableReader reader = new TableReader(records, settings, TablePlan.like(records, train, wanted, settings), List.of());
      reader.rows();
      return reader.table();
    }
  }

  /**
   * Rows of which nothing is to be learned, as an encoding has them: columns by name, or by place, where there is no header.
   *
   * @throws IOException also if a column is missing, or has a word that is new
   */
  public static UnlabelledTable readUnlabelled(Path file, Encoding encoding, TableSettings settings) throws IOException {
    try (TableRecords records = open(file, settings)) {
      TablePlan plan = TablePlan.unlabelled(records, encoding, settings);
      TableReader reader = new TableReader(records, settings, plan, plan.others());
      reader.rows();
      return reader.unlabelledTable();
    }
  }

  private void rows() throws IOException {
    for (TableColumn column : features) {
      header.place().expectNumber(column.at(), column.isNumbers());
    }
    boolean skips = settings.missing().way() == Way.SKIP;
    float[] row = new float[features.length];
    int record = 0;
    for (TableFields fields = next(); fields != null; fields = next(), record++) {
      header.check(fields);
      if (skips && hasGap(fields)) {
        skipped++;
        continue;
      }
      for (int i = 0; i < row.length; i++) {
        row[i] = features[i].read(fields, record);
      }
      try {
        learning.read(fields);
        rows.add(row);
      } catch (NoRoomException e) {
        throw fields.error(0, e.getMessage());
      }
      if (!group.isEmpty()) {
        groups.add(group(fields));
      }
      for (int i = 0; i < kept.size(); i++) {
        texts.get(i).add(fields.text(kept.get(i)));
      }
      if (learning.bytes() > MOST) {
        throw fields.error(0, "the classes of its rows are over the limit of " + (MOST >> 20) + " MB: save it as .npy, which is mapped, not read");
      }
    }
    checkRows();
    try {
      rows.end();
      learning.end();
    } catch (NoRoomException e) {
      throw records.error(e.getMessage());
    }
  }

  /** What the row is grouped by: texts as they are, numbers of users among them. */
  private String group(TableFields fields) throws IOException {
    List<String> values = new ArrayList<>();
    for (int at : group) {
      if (fields.isEmpty(at)) {
        throw fields.error(at, "the row belongs to nobody: `" + header.names().get(at) + "` is missing; say missing = skip to leave such rows out");
      }
      values.add(fields.text(at));
    }
    return String.join(" ", values).intern();
  }

  private void checkRows() throws IOException {
    if (rows.size() == 0) {
      throw records.error(header.place().following()
          + (skipped > 0 ? "every row has a gap: say missing = mean, or drop the columns that have them" : "there are no examples"));
    }
  }

  private TableFields next() throws IOException {
    return ahead.isEmpty() ? records.next() : ahead.remove();
  }

  private boolean hasGap(TableFields fields) {
    for (TableColumn column : features) {
      if (column.isGap(fields)) {
        return true;
      }
    }
    return learning.isGap(fields) || group.stream().anyMatch(fields::isEmpty);
  }

  private boolean addLate(Set<Integer> words) {
    boolean any = false;
    for (TableColumn column : features) {
      any |= column.isLate() && words.add(column.at());
    }
    return any;
  }

  private ReadTable table() throws IOException {
    List<Encoding.Column> columns = new ArrayList<>();
    for (TableColumn column : features) {
      columns.add(column.encoding(header));
    }
    List<Integer> places = List.of(features).stream().map(TableColumn::at).toList();
    return new ReadTable(examples().as(new Encoding(columns)), summary(), header.named(), header.columns(), places, learning.names(), new ReadTable.Groups(group.stream().map(header.names()::get).toList(), groups));
  }

  private TableExamples examples() {
    return new TableExamples(rows, new Encoding(List.of(features).stream().map(TableColumn::own).toList()), learning.learned());
  }

  private TableSummary summary() {
    List<TableSummary.Column> columns = new ArrayList<>();
    for (int at = 0; at < header.columns(); at++) {
      columns.add(summary(at));
    }
    return new TableSummary(columns, rows.size(), skipped, records.start().map(CsvStart::separator));
  }

  private TableSummary.Column summary(int at) {
    for (TableColumn column : features) {
      if (column.at() == at) {
        return column.summary(features.length == 1);
      }
    }
    if (group.contains(at)) {
      return TableSummary.Column.grouping(header.names().get(at), (int) groups.stream().distinct().count());
    }
    return learning.has(at) ? learning.summary(at) : TableSummary.Column.dropped(header.names().get(at));
  }

  private UnlabelledTable unlabelledTable() {
    List<UnlabelledTable.Texts> others = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      others.add(new UnlabelledTable.Texts(header.names().get(kept.get(i)), texts.get(i)));
    }
    return new UnlabelledTable(examples(), others);
  }
}
