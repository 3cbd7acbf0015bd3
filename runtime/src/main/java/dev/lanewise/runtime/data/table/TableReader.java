package dev.lanewise.runtime.data.table;

import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.TableExamples;
import dev.lanewise.runtime.data.TableRows;
import dev.lanewise.runtime.data.format.CsvFields;
import dev.lanewise.runtime.data.format.CsvRecords;
import dev.lanewise.runtime.data.table.TableSettings.Missing.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a table, to train on, to test on, or to predict of.
 *
 * <pre>{@code TableReader.read(Path.of("iris.csv"), new Wanted(List.of("species"), true), TableSettings.PLAIN) }</pre>
 */
public final class TableReader {
  private static final long MOST = Runtime.getRuntime().maxMemory() / 2;

  private final Path file;
  private final CsvRecords records;
  private final TableSettings settings;
  private final Deque<CsvFields> ahead = new ArrayDeque<>();
  private TableHeader header;
  private TableColumn[] features;
  private Learning learning;
  private final Map<Integer, List<String>> others = new HashMap<>();
  private TableRows rows;
  private int skipped;

  private TableReader(Path file, CsvRecords records, TableSettings settings) {
    this.file = file;
    this.records = records;
    this.settings = settings;
  }

  /**
   * Examples to train on.
   *
   * @throws IOException naming file, line and column
   */
  public static ReadTable read(Path file, Wanted wanted, TableSettings settings) throws IOException {
    Set<Integer> words = new HashSet<>();
    while (true) {
      try (CsvRecords records = new CsvRecords(file, settings.separator(), settings.decimal())) {
        TableReader reader = new TableReader(file, records, settings);
        reader.first(wanted, words);
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
    try (CsvRecords records = new CsvRecords(file, settings.separator(), settings.decimal())) {
      TableReader reader = new TableReader(file, records, settings);
      reader.like(train, wanted);
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
    try (CsvRecords records = new CsvRecords(file, settings.separator(), settings.decimal())) {
      TableReader reader = new TableReader(file, records, settings);
      reader.unlabelled(encoding);
      reader.rows();
      return reader.unlabelledTable();
    }
  }

  private void first(Wanted wanted, Set<Integer> words) throws IOException {
    List<String> asked = new ArrayList<>(wanted.columns());
    asked.addAll(settings.drop());
    List<String> names = asked.stream().filter(name -> !TableHeader.isNumber(name)).toList();
    int classAt = wanted.classes() && names.isEmpty() ? Integer.parseInt(wanted.columns().getFirst()) - 1 : -1;
    begin(names, !names.isEmpty(), classAt, 2);
    learning = new Learning(header, wanted, settings, List.of(), records.isBytes());
    Set<Integer> dropped = new HashSet<>();
    for (String column : settings.drop()) {
      int at = header.place(column);
      if (learning.has(at)) {
        throw header.place().error(at, "the column `" + column + "` is to be learned: it cannot be dropped");
      }
      dropped.add(at);
    }
    List<TableColumn> columns = new ArrayList<>();
    for (int at = 0; at < header.columns(); at++) {
      if (!learning.has(at) && !dropped.contains(at)) {
        columns.add(TableColumn.of(header, at, settings, words.contains(at)));
      }
    }
    features(columns);
    if (columns.isEmpty()) {
      throw header.place().error(0, "every column is to be learned" + (dropped.isEmpty() ? "" : " or dropped") + ": none is left to learn from");
    }
    checkNames();
  }

  private void like(ReadTable train, Wanted wanted) throws IOException {
    List<String> names = train.named() ? train.encoding().columns().stream().map(Encoding.Column::name).toList() : List.of();
    int classAt = wanted.classes() && !train.named() ? Integer.parseInt(wanted.columns().getFirst()) - 1 : -1;
    begin(names, false, classAt, 2);
    if (train.named() && !header.named()) {
      throw header.place().error(0, "the first line names no columns: write a line above that names them, as in the file to train on, " + String.join(",", names));
    }
    boolean byName = train.named() && header.named();
    if (!byName && header.columns() != train.columns()) {
      throw header.place().error(header.columns() - 1, header.columns() + " columns, but the file to train on has " + train.columns());
    }
    boolean answered = !byName || train.learned().stream().anyMatch(header.names()::contains);
    Wanted here = !answered ? Wanted.NOTHING : byName ? new Wanted(train.learned(), wanted.classes()) : wanted;
    learning = new Learning(header, here, settings, here.classes() ? train.examples().targets() : List.of(), records.isBytes());
    match(train.encoding(), byName, train.places());
  }

  private void unlabelled(Encoding encoding) throws IOException {
    List<String> names = encoding.columns().stream().map(Encoding.Column::name).toList();
    boolean numbered = names.stream().allMatch(TableHeader::isNumber);
    begin(numbered ? List.of() : names, false, -1, names.size());
    learning = new Learning(header, Wanted.NOTHING, settings, List.of(), records.isBytes());
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      boolean alone = header.columns() == names.size();
      places.add(numbered && !alone ? Integer.parseInt(names.get(i)) - 1 : i);
    }
    if (!numbered && !header.named() && header.columns() != names.size()) {
      throw header.place().error(0, "no header, which should name " + String.join(", ", names));
    }
    match(encoding, header.named() && !numbered, places);
    for (int at = 0; at < header.columns(); at++) {
      int place = at;
      if (List.of(features).stream().noneMatch(f -> f.at() == place)) {
        others.put(at, new ArrayList<>());
      }
    }
  }

  /** @param places of the columns, where they have no names */
  private void match(Encoding encoding, boolean byName, List<Integer> places) throws IOException {
    List<TableColumn> columns = new ArrayList<>();
    for (int i = 0; i < encoding.columns().size(); i++) {
      Encoding.Column other = encoding.columns().get(i);
      int at = byName ? named(other.name()) : places.get(i);
      if (at >= header.columns()) {
        throw header.place().error(header.columns() - 1, header.columns() + " columns, but column " + (at + 1) + " is needed");
      }
      columns.add(TableColumn.like(other, header, at, settings, records.isBytes()));
    }
    features(columns);
  }

  private int named(String name) throws IOException {
    if (!header.names().contains(name)) {
      throw header.place().error(0, "no column `" + name + "`, which the examples to train on have; there is " + header.preview() + header.hint(name));
    }
    return header.place(name);
  }

  private void features(List<TableColumn> columns) {
    features = columns.toArray(TableColumn[]::new);
    rows = new TableRows(features.length);
  }

  private void checkNames() throws IOException {
    Map<String, Integer> seen = new HashMap<>();
    for (TableColumn column : features) {
      String name = header.names().get(column.at());
      Integer before = seen.putIfAbsent(name, column.at());
      if (before != null) {
        throw header.place().error(column.at(), "two columns are called `" + name + "`: " + (before + 1) + " and " + (column.at() + 1)
            + "; give one another name, or leave one out, such as drop = [" + (column.at() + 1) + "]");
      }
    }
  }

  /** Looks at the first records. @param needed how many columns there must be */
  private void begin(List<String> known, boolean must, int classAt, int needed) throws IOException {
    CsvFields first = copy(records.next());
    if (first == null) {
      throw new IOException(file + ": line 1: the file is empty");
    }
    CsvFields second = copy(records.next());
    if (first.count() < 2 && needed > 1) {
      throw first.error(0, "a single column; " + separatorHint());
    }
    header = TableHeader.of(records.start(), first, second, known, must, classAt, settings.decimal());
    if (!header.isRecord()) {
      ahead.add(first);
    }
    if (second != null) {
      ahead.add(second);
    }
  }

  private static CsvFields copy(CsvFields fields) {
    return fields == null ? null : fields.copy();
  }

  private String separatorHint() {
    String is = written(records.start().separator());
    return records.start().likely().map(c -> "`separator = " + written(c) + "` seems right, not " + is)
        .orElse("is " + is + " what separates them?");
  }

  private static String written(char separator) {
    return separator == '\t' ? "\"\\t\"" : "\"" + separator + "\"";
  }

  private void rows() throws IOException {
    boolean skips = settings.missing().way() == Way.SKIP;
    float[] row = new float[features.length];
    int record = 0;
    for (CsvFields fields = next(); fields != null; fields = next(), record++) {
      header.check(fields);
      if (skips && hasGap(fields)) {
        skipped++;
        continue;
      }
      for (int i = 0; i < row.length; i++) {
        row[i] = features[i].read(fields, record);
      }
      learning.read(fields);
      rows.add(row);
      for (Map.Entry<Integer, List<String>> other : others.entrySet()) {
        other.getValue().add(fields.text(other.getKey()));
      }
      if (rows.bytes() + learning.bytes() > MOST) {
        throw fields.error(0, "the table is over the limit of " + (MOST >> 20) + " MB: save it as .npy, which is mapped, not read");
      }
    }
    checkRows();
  }

  private void checkRows() throws IOException {
    if (rows.size() == 0) {
      throw new IOException(file + ": line " + (header.place().line() + 1) + ": "
          + (skipped > 0 ? "every row has a gap: say missing = mean, or drop the columns that have them" : "there are no examples"));
    }
  }

  private CsvFields next() throws IOException {
    return ahead.isEmpty() ? records.next() : ahead.remove();
  }

  private boolean hasGap(CsvFields fields) {
    for (TableColumn column : features) {
      if (column.isGap(fields)) {
        return true;
      }
    }
    return learning.isGap(fields);
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
    return new ReadTable(examples().as(new Encoding(columns)), summary(), header.named(), header.columns(), places, learning.names());
  }

  private TableExamples examples() {
    return new TableExamples(rows, new Encoding(List.of(features).stream().map(TableColumn::own).toList()), learning.learned());
  }

  private TableSummary summary() {
    List<TableSummary.Column> columns = new ArrayList<>();
    for (int at = 0; at < header.columns(); at++) {
      columns.add(summary(at));
    }
    return new TableSummary(columns, rows.size(), skipped, records.start().separator());
  }

  private TableSummary.Column summary(int at) {
    for (TableColumn column : features) {
      if (column.at() == at) {
        return column.summary(features.length == 1);
      }
    }
    return learning.has(at) ? learning.summary(at) : TableSummary.Column.dropped(header.names().get(at));
  }

  private UnlabelledTable unlabelledTable() {
    return new UnlabelledTable(
        examples(),
        others.keySet().stream().sorted().map(at -> new UnlabelledTable.Texts(header.names().get(at), others.get(at))).toList());
  }
}
