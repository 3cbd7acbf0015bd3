package dev.lanewise.runtime.data.table;

import dev.lanewise.runtime.data.format.CsvStart;
import dev.lanewise.runtime.data.format.TableFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a table, in the order of the file.
 *
 * @param names as the header has them; a column without a name is called by its place, from 1
 * @param named whether there is a header
 * @param isRecord whether it is the first record, and not a comment, or not there
 * @param trailing whether lines may end with a separator, behind which is no column
 * @param place an example of the file's, to tell mistakes of the header with
 */
record TableHeader(List<String> names, boolean named, boolean isRecord, boolean trailing, TableFields place) {
  private static final int PREVIEW = 20;

  /**
   * Looks at the first two records.
   *
   * @param start of its text; empty where the first record names the columns
   * @param second null if there is none
   * @param known names that the header has, if there is one
   * @param must whether there is one
   * @param classAt which column is words without being a name; -1 if none
   */
  static TableHeader of(Optional<CsvStart> start, TableFields first, TableFields second, Collection<String> known, boolean must, int classAt, char point)
      throws IOException {
    List<String> texts = first.texts();
    boolean here = has(texts, known);
    List<String> comment = start.map(CsvStart::names).orElse(List.of());
    if (!here && comment.size() == first.count() && has(comment, known)) {
      return of(comment, false, first, second);
    }
    if (here || must || start.isEmpty() || looksLikeNames(first, second, classAt, point)) {
      return of(texts, true, first, second);
    }
    int columns = trails(first) && (second == null || trails(second)) ? first.count() - 1 : first.count();
    List<String> places = new ArrayList<>();
    for (int c = 1; c <= columns; c++) {
      places.add(Integer.toString(c));
    }
    return new TableHeader(places, false, false, columns < first.count(), first);
  }

  /** One name is enough; but numbers are no names, unless all are there. */
  private static boolean has(List<String> texts, Collection<String> known) {
    boolean numbers = known.stream().allMatch(TableHeader::isNumber);
    return numbers ? !known.isEmpty() && texts.containsAll(known) : known.stream().anyMatch(texts::contains);
  }

  private static TableHeader of(List<String> texts, boolean isRecord, TableFields first, TableFields second) {
    boolean ends = texts.size() > 1 && texts.getLast().isEmpty();
    boolean follows = second != null && second.count() == texts.size() + 1 && second.isEmpty(texts.size());
    List<String> names = new ArrayList<>();
    for (int c = 0; c < texts.size() - (ends ? 1 : 0); c++) {
      names.add(texts.get(c).isEmpty() ? Integer.toString(c + 1) : texts.get(c));
    }
    return new TableHeader(names, true, isRecord, ends || follows, first);
  }

  private static boolean trails(TableFields fields) {
    return fields.count() > 1 && fields.isEmpty(fields.count() - 1);
  }

  /** Words over numbers are names; without such a column, they are if no number is among them, and none is repeated below. */
  private static boolean looksLikeNames(TableFields first, TableFields second, int classAt, char point) throws IOException {
    boolean numbers = false;
    boolean words = false;
    boolean repeated = false;
    for (int c = 0; c < first.count(); c++) {
      if (c == classAt) {
        continue;
      }
      boolean number = Float.isFinite(first.number(c, point));
      boolean word = !number && !Gaps.is(first, c);
      boolean below = second != null && c < second.count();
      if (word && below && Float.isFinite(second.number(c, point))) {
        return true;
      }
      numbers |= number;
      words |= word;
      repeated |= word && below && first.text(c).equals(second.text(c));
    }
    return words && !numbers && !repeated;
  }

  int columns() {
    return names.size();
  }

  /**
   * Where a column is, from 0.
   *
   * @param column its name, or its number from 1
   */
  int place(String column) throws IOException {
    int named = names.indexOf(column);
    if (!isNumber(column)) {
      if (named < 0) {
        throw new NoColumn(place.error(0, "no column `" + column + "`; there is " + preview() + numbers()), column, names);
      }
      return once(column, named);
    }
    int at = Integer.parseInt(column) - 1;
    if (at >= 0 && at < columns()) {
      return at;
    }
    if (named < 0) {
      throw new NoColumn(place.error(0, "no column `" + column + "`; there are " + columns() + ", counted from 1"), column, names);
    }
    return once(column, named);
  }

  /** Where the column of that name is, which a table to train on has, too. */
  int placeOfName(String name) throws IOException {
    int at = names.indexOf(name);
    if (at < 0) {
      throw place.error(0, "no column `" + name + "`, which the examples to train on have; there is " + preview() + hint(name));
    }
    return once(name, at);
  }

  /** What was likely meant by a column that is not there; begins with a colon, or is empty. */
  String hint(String column) {
    for (String name : names) {
      if (name.equalsIgnoreCase(column)) {
        return ": did you mean `" + name + "`? Capitals count";
      }
    }
    return numbers();
  }

  /** What is said where the first record looks as if it were an example; begins with a colon, or is empty. */
  private String numbers() {
    boolean numbers = names.stream().anyMatch(TableHeader::isValue);
    return numbers ? ": if the first line names no columns, say the column by its number, such as " + columns() : "";
  }

  private static boolean isValue(String name) {
    return name.matches("[-+]?[0-9]*[.,]?[0-9]+([eE][-+]?[0-9]+)?") && !isNumber(name);
  }

  private int once(String column, int at) throws IOException {
    int last = names.lastIndexOf(column);
    if (last != at) {
      throw place.error(last, "two columns are called `" + column + "`: " + (at + 1) + " and " + (last + 1)
          + "; give one another name, or say which is meant by its number");
    }
    return at;
  }

  static boolean isNumber(String column) {
    return column.matches("[0-9]{1,9}");
  }

  String preview() {
    return String.join(", ", names.subList(0, Math.min(PREVIEW, names.size()))) + (names.size() > PREVIEW ? ", …" : "");
  }

  /** How a script names a column in a list: a word of small letters may be one of the language's own, such as `weight`, and needs quotes. */
  String written(int at) {
    String name = names.get(at);
    if (name.matches("[A-Za-z_][A-Za-z_0-9]*") && !name.matches("[a-z]{2,}")) {
      return name;
    }
    return isNumber(name) || name.contains("\"") ? Integer.toString(at + 1) : "\"" + name + "\"";
  }

  /** Whether a record has as many fields as there are columns; a separator at its end counts for nothing, where others have one, too. */
  void check(TableFields fields) throws IOException {
    if (fields.count() == columns()) {
      return;
    }
    if (fields.count() == columns() + 1 && trailing) {
      if (!fields.isEmpty(columns())) {
        throw fields.error(columns(), "a value where other lines end: the column has no name");
      }
      return;
    }
    int count = fields.count();
    throw fields.error(
        count - 1, count + (count == 1 ? " column" : " columns") + ", expected " + columns() + (count > columns()
            ? ": a text or number with the separator within must be in quotes"
            : ": a cell without a value still needs its separator"));
  }
}
