package dev.lanewise.dsl.check.data;

import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.data.table.TableSettings.Missing;
import dev.lanewise.runtime.data.table.TableSettings.Words;
import dev.lanewise.runtime.signature.Arguments;
import java.util.List;

/** How a call of {@code csv} says that its table is to be read. */
final class TableCalls {
  private TableCalls() {}

  /**
   * @throws IllegalArgumentException if a sign is none
   */
  /** @param signs of the table */
  static TableSettings settings(Arguments a, TableSettings signs) {
    List<String> parts = a.texts("parts");
    if (!parts.isEmpty() && !(a.texts("drop").isEmpty() && a.text("words").isEmpty())) {
      throw new IllegalArgumentException("`parts` says which columns are learned from, and numbers their words: leave out `drop` and `words`");
    }
    if (!parts.isEmpty() && missing(a).way() != Missing.Way.REFUSE && missing(a).way() != Missing.Way.SKIP) {
      throw new IllegalArgumentException("nothing stands for a word that is missing in one of the `parts`: say missing = skip");
    }
    return new TableSettings(a.texts("drop"), parts, a.texts("group"), words(a.text("words")), missing(a), signs.decimal(), signs.separator());
  }

  private static Words words(String word) {
    return switch (word) {
      case "onehot" -> Words.ONE_HOT;
      case "index" -> Words.INDEX;
      default -> Words.REFUSE;
    };
  }

  private static Missing missing(Arguments a) {
    return switch (a.text("missing")) {
      case "" -> Missing.REFUSE;
      case "skip" -> Missing.SKIP;
      case "mean" -> Missing.MEAN;
      default -> Missing.of((float) a.number("missing"));
    };
  }
}
