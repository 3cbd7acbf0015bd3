package dev.lanewise.dsl.check.data;

import dev.lanewise.dsl.meaning.TableSigns;
import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.data.table.TableSettings.Missing;
import dev.lanewise.runtime.data.table.TableSettings.Words;
import dev.lanewise.runtime.signature.Arguments;

/** How a call of {@code csv} says that its table is to be read. */
final class TableCalls {
  private TableCalls() {}

  /**
   * @throws IllegalArgumentException if a sign is none
   */
  static TableSettings settings(Arguments a) {
    TableSettings signs = TableSigns.settings(a.text("decimal"), a.text("separator"));
    return new TableSettings(a.texts("drop"), words(a.text("words")), missing(a), signs.decimal(), signs.separator());
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
