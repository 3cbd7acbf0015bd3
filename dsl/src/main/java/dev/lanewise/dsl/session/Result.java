package dev.lanewise.dsl.session;

import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.runtime.score.Score;
import java.util.Locale;

/** What an expression comes to. */
sealed interface Result {
  record Plain(Constant value) implements Result {}

  record Scored(Score score) implements Result {}

  record Nothing() implements Result {}

  /** As it is told. */
  default String text() {
    return switch (this) {
      case Plain(Constant value) -> value.toString();
      case Scored(Score score) -> String.format(
          Locale.ROOT, Double.isNaN(score.accuracy()) ? "loss %.4f" : "loss %.4f, accuracy %.4f", score.loss(), score.accuracy());
      case Nothing() -> "";
    };
  }
}
