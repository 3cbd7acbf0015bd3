package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.format.CsvRecords;
import dev.lanewise.runtime.data.format.TableFields;
import dev.lanewise.runtime.data.text.Utf8;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Some columns of a table, as texts. With tabs between columns a line is a record, and quotes mean themselves; otherwise the file is CSV. Columns are given by name, then the first record has the names, or by number, from 1.
 */
final class TextTable {
  /** @param line on which it begins @param cells of the columns that were asked for */
  record Row(int line, List<String> cells) {}

  private static final String TAB = "\t";

  private TextTable() {}

  /** @throws IOException naming file, line and column */
  static List<Row> read(Path file, List<String> columns) throws IOException {
    List<Row> records = isTabbed(file) ? tabbed(file) : commas(file);
    if (records.isEmpty()) {
      throw new IOException(file + ": the file is empty");
    }
    boolean named = columns.stream().anyMatch(c -> !isNumber(c));
    List<String> names = records.getFirst().cells;
    int[] at = columns.stream().mapToInt(c -> isNumber(c) && !(named && names.contains(c)) ? Integer.parseInt(c) - 1 : names.indexOf(c)).toArray();
    for (int i = 0; i < at.length; i++) {
      if (at[i] < 0 || at[i] >= names.size()) {
        throw new IOException(
            file + ": there is no column `" + columns.get(i) + "`, but " + (named ? names.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", ")) : "1 to " + names.size()));
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Row record : named ? records.subList(1, records.size()) : records) {
      int last = IntStream.of(at).max().orElse(0);
      if (record.cells.size() <= last) {
        throw new IOException(
            file + ", line " + record.line + ": " + record.cells.size() + " columns, but column " + (last + 1) + " is asked for" + (isTabbed(file) ? "" : ": a text with commas needs quotes, or tabs between columns"));
      }
      rows.add(new Row(record.line, IntStream.of(at).mapToObj(record.cells::get).toList()));
    }
    if (rows.isEmpty()) {
      throw new IOException(file + ": there is nothing below the names of the columns");
    }
    return rows;
  }

  /** What a column is called, by its name or its number. */
  static boolean isNumber(String column) {
    return column.matches("[1-9][0-9]{0,4}");
  }

  private static boolean isTabbed(Path file) throws IOException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return !name.endsWith(".csv") && Utf8.read(file).lines().filter(l -> !l.isBlank()).limit(3).allMatch(l -> l.contains(TAB));
  }

  private static List<Row> tabbed(Path file) throws IOException {
    List<String> lines = Utf8.read(file).lines().toList();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        rows.add(new Row(i + 1, List.of(lines.get(i).split(TAB, -1))));
      }
    }
    return rows;
  }

  private static List<Row> commas(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (CsvRecords records = new CsvRecords(file, Optional.empty(), '.')) {
      for (TableFields fields = records.next(); fields != null; fields = records.next()) {
        rows.add(new Row(fields.line(), fields.texts()));
      }
    }
    return rows;
  }

  /** Different ones, in their order: numbers by size, words by the alphabet. */
  static List<String> kinds(List<String> words) {
    List<String> kinds = new ArrayList<>(new HashSet<>(words));
    boolean whole = kinds.stream().allMatch(k -> k.matches("-?[0-9]{1,9}"));
    kinds.sort(whole ? Comparator.comparingInt(Integer::parseInt) : Comparator.naturalOrder());
    return kinds;
  }
}
