package dev.lanewise.dsl.verb;

import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.TrainEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What comes of an expression or a deed. */
public sealed interface Result {
  record Plain(Constant value) implements Result {}

  record Scored(Score score) implements Result {}

  /** To be looked at, or drawn into a file. @param before what is only looked at, before that */
  record Shown(Exhibit exhibit, List<Exhibit> before) implements Result {
    public Shown(Exhibit exhibit) {
      this(exhibit, List.of());
    }
  }

  /** Numbers, and how they are looked at. */
  record Counted(Constant.Items numbers, Exhibit exhibit) implements Result {}

  /** A line: {@code swish(x) = x * sigmoid(x)}. */
  record Told(String name, String text) implements Result {}

  /** A text was told while it was made. */
  record Spoken() implements Result {}

  /** A file was written. @param what it holds, in a few words */
  record Wrote(String what, Path path) implements Result {}

  /** A file was read. */
  record Read(String what, Path path) implements Result {}

  /**
   * A network has taken over parameters that are called as its own.
   *
   * @param from a network or a file
   * @param layers whose parameters were taken
   * @param kept layers that are as they were, at least in part
   */
  record Adopted(String net, String from, List<String> layers, List<String> kept) implements Result {}

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** In a line. */
  default String text() {
    return switch (this) {
      case Plain(Constant value) -> value.toString();
      case Counted(Constant.Items numbers, var _) -> numbers.toString();
      case Scored(Score score) -> "loss " + number(score.loss())
          + score.headline().stream().map(k -> ", " + k + " " + number(score.of(k))).collect(Collectors.joining());
      case Told(String name, String text) -> name + " = " + text;
      case Shown _, Spoken _, Wrote _, Read _, Adopted _ -> "";
    };
  }
}
