package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.runtime.data.table.TableSummary;
import dev.lanewise.runtime.data.table.TableSummary.Column;
import dev.lanewise.runtime.data.table.TableSummary.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the columns of a table are, as {@code show(data)} prints it: their kind, range, mean, words and gaps. */
public final class ColumnTable {
  private static final int MOST = 40;
  private static final int LAST = 5;

  private ColumnTable() {}

  /** @param name of the data */
  public static Exhibit of(String name, TableSummary table) {
    List<List<String>> rows = new ArrayList<>();
    List<Column> columns = table.columns();
    boolean cut = columns.size() > MOST;
    for (int i = 0; i < columns.size(); i++) {
      if (cut && i == MOST - LAST) {
        i = columns.size() - LAST;
        rows.add(List.of("…", i - (MOST - LAST) + " more columns", "", "", "", "", ""));
      }
      rows.add(row(columns.get(i)));
    }
    return new Table(title(name, table), List.of("column", "kind", "lowest", "highest", "mean", "words", "gaps"), rows);
  }

  private static String title(String name, TableSummary table) {
    String separated = table.separator().map(ColumnTable::separated).orElse("");
    String skipped = table.skipped() == 0 ? "" : String.format(Locale.ROOT, ", %,d left out because of gaps", table.skipped());
    return String.format(Locale.ROOT, "columns of %s: %,d rows%s%s", name, table.rows(), skipped, separated);
  }

  private static String separated(char by) {
    return switch (by) {
      case ',' -> "";
      case '\t' -> ", separated by tabs";
      case ' ' -> ", separated by spaces";
      default -> ", separated by `" + by + "`";
    };
  }

  private static List<String> row(Column c) {
    boolean dropped = c.role() == Role.DROPPED;
    return List.of(
        c.name(), kind(c.role()), number(c.low()), number(c.high()), number(c.mean()), c.words() == 0 ? "" : Integer.toString(c.words()),
        dropped ? "" : Integer.toString(c.gaps()));
  }

  private static String kind(Role role) {
    return switch (role) {
      case NUMBER -> "number";
      case ONE_HOT -> "words, one-hot";
      case INDEX -> "words, by number";
      case CLASS -> "the class";
      case TARGET -> "to predict";
      case GROUP -> "who it is of";
      case DROPPED -> "dropped";
    };
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4g", value).replaceFirst("(\\.\\d*?)0+($|e)", "$1$2").replaceFirst("\\.($|e)", "$1");
  }
}
