package dev.lanewise.runtime.data.table;

import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.format.CsvStart;
import dev.lanewise.runtime.data.format.TableFields;
import dev.lanewise.runtime.data.format.TableRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is to become of the columns of a table, found by its first records.
 *
 * @param ahead records that were looked at, and are still to be read
 * @param features the columns to learn from, as rows have them
 * @param group columns by which rows belong together
 */
record TablePlan(TableHeader header, List<TableFields> ahead, List<TableColumn> features, List<Integer> group, Learning learning) {
  /** The first records. */
  private record Beginning(TableHeader header, List<TableFields> ahead) {
    /**
     * @param known names that a header has, if there is one
     * @param must whether there is one
     * @param classAt which column has words that are no names; -1 if none
     * @param needed how many columns there must be
     */
    static Beginning of(TableRecords records, TableSettings settings, List<String> known, boolean must, int classAt, int needed) throws IOException {
      TableFields first = copy(records.next());
      if (first == null) {
        throw records.error("line 1: the file is empty");
      }
      TableFields second = copy(records.next());
      if (first.count() < 2 && needed > 1) {
        throw first.error(0, "a single column; " + records.start().map(Beginning::separatorHint).orElse("there is none beside it to learn from"));
      }
      TableHeader header = TableHeader.of(records.start(), first, second, known, must, classAt, settings.decimal());
      List<TableFields> ahead = new ArrayList<>();
      if (!header.isRecord()) {
        ahead.add(first);
      }
      if (second != null) {
        ahead.add(second);
      }
      return new Beginning(header, ahead);
    }

    private static TableFields copy(TableFields fields) {
      return fields == null ? null : fields.copy();
    }

    private static String separatorHint(CsvStart start) {
      String is = written(start.separator());
      return start.likely().map(c -> "`separator = " + written(c) + "` seems right, not " + is)
          .orElse("is " + is + " what separates them?");
    }

    private static String written(char separator) {
      return separator == '\t' ? "\"\\t\"" : "\"" + separator + "\"";
    }
  }

  /** Of a table to train on. @param words columns that are known to hold some */
  static TablePlan first(TableRecords records, Wanted wanted, TableSettings settings, Set<Integer> words) throws IOException {
    List<String> asked = new ArrayList<>(wanted.columns());
    asked.addAll(settings.drop());
    asked.addAll(settings.parts());
    asked.addAll(settings.group());
    List<String> names = asked.stream().filter(name -> !TableHeader.isNumber(name)).toList();
    int classAt = wanted.classes() && names.isEmpty() ? Integer.parseInt(wanted.columns().getFirst()) - 1 : -1;
    Beginning begin = Beginning.of(records, settings, names, !names.isEmpty(), classAt, 2);
    TableHeader header = begin.header;
    Learning learning = new Learning(header, wanted, settings, List.of(), records.isBytes());
    List<Integer> group = group(header, learning, settings);
    Set<Integer> dropped = dropped(header, learning, settings);
    dropped.addAll(group);
    List<TableColumn> features = new ArrayList<>();
    for (int at : settings.parts().isEmpty() ? rest(header, learning, dropped) : parts(header, learning, settings)) {
      features.add(TableColumn.of(header, at, settings, words.contains(at) || !settings.parts().isEmpty()));
    }
    if (features.isEmpty()) {
      throw header.place().error(0, "every column is to be learned" + (dropped.isEmpty() ? "" : " or dropped") + ": none is left to learn from");
    }
    checkNames(header, features);
    return new TablePlan(header, begin.ahead, features, group, learning);
  }

  private static List<Integer> rest(TableHeader header, Learning learning, Set<Integer> dropped) {
    return IntStream.range(0, header.columns()).filter(at -> !learning.has(at) && !dropped.contains(at)).boxed().toList();
  }

  private static List<Integer> parts(TableHeader header, Learning learning, TableSettings settings) throws IOException {
    List<Integer> parts = new ArrayList<>();
    for (String column : settings.parts()) {
      int at = header.place(column);
      if (learning.has(at)) {
        throw header.place().error(at, "the column `" + column + "` is to be learned: it is a part already");
      }
      if (parts.contains(at)) {
        throw header.place().error(at, "the column `" + column + "` is asked for twice");
      }
      parts.add(at);
    }
    return parts;
  }

  private static List<Integer> group(TableHeader header, Learning learning, TableSettings settings) throws IOException {
    List<Integer> group = new ArrayList<>();
    for (String column : settings.group()) {
      int at = header.place(column);
      if (learning.has(at)) {
        throw header.place().error(at, "the column `" + column + "` is to be learned: rows cannot be grouped by it");
      }
      if (group.contains(at)) {
        throw header.place().error(at, "the column `" + column + "` is asked for twice");
      }
      group.add(at);
    }
    return group;
  }

  private static Set<Integer> dropped(TableHeader header, Learning learning, TableSettings settings) throws IOException {
    Set<Integer> dropped = new HashSet<>();
    for (String column : settings.drop()) {
      int at = header.place(column);
      if (learning.has(at)) {
        throw header.place().error(at, "the column `" + column + "` is to be learned: it cannot be dropped");
      }
      dropped.add(at);
    }
    return dropped;
  }

  private static void checkNames(TableHeader header, List<TableColumn> features) throws IOException {
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

  /** Of a table to test on, which is to be as the one to train on. */
  static TablePlan like(TableRecords records, ReadTable train, Wanted wanted, TableSettings settings) throws IOException {
    List<String> names = train.named() ? names(train.encoding()) : List.of();
    int classAt = wanted.classes() && !train.named() ? Integer.parseInt(wanted.columns().getFirst()) - 1 : -1;
    Beginning begin = Beginning.of(records, settings, names, false, classAt, 2);
    TableHeader header = begin.header;
    if (train.named() && !header.named()) {
      throw header.place().error(0, "the first line names no columns: write a line above that names them, as in the file to train on, " + String.join(",", names));
    }
    boolean byName = train.named() && header.named();
    if (!byName && header.columns() != train.columns()) {
      throw header.place().error(header.columns() - 1, header.columns() + " columns, but the file to train on has " + train.columns());
    }
    boolean answered = !byName || train.learned().stream().anyMatch(header.names()::contains);
    Wanted here = !answered ? Wanted.NOTHING : byName ? new Wanted(train.learned(), wanted.classes()) : wanted;
    List<String> classes = here.classes() ? train.examples().targets() : List.of();
    Learning learning = new Learning(header, here, settings, classes, records.isBytes());
    List<Integer> places = byName ? places(header, names) : train.places();
    return new TablePlan(header, begin.ahead, columns(train.encoding(), header, places, records, settings), List.of(), learning);
  }

  private static List<String> names(Encoding encoding) {
    return encoding.columns().stream().map(Encoding.Column::name).toList();
  }

  /** Of a table of which nothing is to be learned. */
  static TablePlan unlabelled(TableRecords records, Encoding encoding, TableSettings settings) throws IOException {
    List<String> names = names(encoding);
    Beginning begin = Beginning.of(records, settings, names, false, -1, names.size());
    TableHeader header = begin.header;
    Learning learning = new Learning(header, Wanted.NOTHING, settings, List.of(), records.isBytes());
    boolean numbered = names.stream().allMatch(TableHeader::isNumber);
    boolean byName = header.named() && !(numbered && !header.names().containsAll(names));
    if (!byName && !numbered && header.columns() != names.size()) {
      throw header.place().error(0, "no header, which should name " + String.join(", ", names));
    }
    List<Integer> places = byName ? places(header, names) : places(header.columns(), names);
    return new TablePlan(header, begin.ahead, columns(encoding, header, places, records, settings), List.of(), learning);
  }

  /** Without names: all that are there, or each at its number. */
  private static List<Integer> places(int columns, List<String> names) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      places.add(columns == names.size() ? i : Math.max(0, Integer.parseInt(names.get(i)) - 1));
    }
    return places;
  }

  private static List<Integer> places(TableHeader header, List<String> names) throws IOException {
    List<Integer> places = new ArrayList<>();
    for (String name : names) {
      places.add(header.placeOfName(name));
    }
    return places;
  }

  private static List<TableColumn> columns(
      Encoding encoding, TableHeader header, List<Integer> places, TableRecords records, TableSettings settings) throws IOException {
    List<TableColumn> columns = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      int at = places.get(i);
      if (at >= header.columns()) {
        throw header.place().error(header.columns() - 1, header.columns() + " columns, but column " + (at + 1) + " is needed");
      }
      columns.add(TableColumn.like(encoding.columns().get(i), header, at, settings, records.isBytes()));
    }
    return columns;
  }

  /** Columns that nothing becomes of. */
  List<Integer> others() {
    List<Integer> others = new ArrayList<>();
    for (int at = 0; at < header.columns(); at++) {
      int place = at;
      if (!learning.has(at) && features.stream().noneMatch(f -> f.at() == place)) {
        others.add(at);
      }
    }
    return others;
  }
}
