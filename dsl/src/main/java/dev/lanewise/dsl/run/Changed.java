package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.train.Change;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Changes of a training on its way: those of a script are checked, those made by hand are written down so that a script repeats them. */
public final class Changed {
  private static final String SETTING = "changes";

  private Changed() {}

  /** @throws MistakeException naming a change that never comes: an epoch has fewer batches */
  static void check(CheckedTrain train, int examples) {
    List<Change> changes = sorted(train.settings().changes());
    for (Change c : changes) {
      int batches = train.settings().batches(examples, c.epoch(), changes);
      if (c.batch() > batches) {
        throw new MistakeException(
            Code.L015, train.span(), "`changes` names batch " + c.batch() + ", but an epoch has " + batches,
            "after the last batch of epoch " + c.epoch() + ": batch = " + batches);
      }
    }
  }

  /**
   * A statement that repeats what was done by hand while it ran.
   *
   * @param text of the statement
   * @param start where that lies in its source
   * @param written what the statement says itself
   */
  public static String repeated(String text, int start, Statement.Train statement, List<Change> written, List<Change> made) {
    Set<Change> all = new LinkedHashSet<>(written);
    made.forEach(c -> all.add(c.planned()));
    if (all.size() == written.size()) {
      return text;
    }
    String value = sorted(all).stream().map(Changed::call).collect(Collectors.joining(", ", "[", "]"));
    Optional<Setting> setting = statement.settings().stream().filter(s -> s.key().text().equals(SETTING)).findFirst();
    return setting.isPresent()
        ? text.substring(0, setting.get().value().span().start() - start) + value + text.substring(setting.get().value().span().end() - start)
        : added(text, start, statement, SETTING + " = " + value);
  }

  private static List<Change> sorted(Collection<Change> changes) {
    return changes.stream().sorted(Comparator.comparingInt(Change::epoch).thenComparingInt(Change::batch)).toList();
  }

  /** As the others are: on a line of its own, or on theirs. */
  private static String added(String text, int start, Statement.Train statement, String setting) {
    if (statement.settings().isEmpty()) {
      return text.substring(0, statement.data().span().end() - start) + " { " + setting + " }";
    }
    int last = statement.settings().getLast().span().end() - start;
    int close = text.length() - 1;
    return text.substring(last, close).contains("\n")
        ? text.substring(0, close).stripTrailing() + "\n  " + setting + "\n}"
        : text.substring(0, last) + "; " + setting + " }";
  }

  private static String call(Change change) {
    return switch (change) {
      case Change.Rate r -> "rate(" + r.to() + ", epoch = " + r.epoch() + ", batch = " + r.batch() + ")";
      case Change.Size s -> "size(" + s.to() + ", epoch = " + s.epoch() + ", batch = " + s.batch() + ")";
      case Change.Stop s -> "stop(epoch = " + s.epoch() + ", batch = " + s.batch() + ")";
    };
  }
}
