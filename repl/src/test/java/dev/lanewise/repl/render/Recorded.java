package dev.lanewise.repl.render;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.repl.text.Colours;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.score.Errors;
import dev.lanewise.runtime.score.FoldScores;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;

/** The events of a short run, and a place to print them to. */
final class Recorded {
  static final List<SessionEvent> RUN = List.of(
      new SessionEvent.Defined("net", "Cnn", "1x28x28 -> 10, 21,840 parameters"),
      training(new TrainEvent.Started("Cnn", 10, 60_000, 938, 21_840)),
      training(new TrainEvent.Batch("Cnn", 1, 10, 469, 938, 1.25, 0.5, 0.01)),
      training(new TrainEvent.Epoch("Cnn", 1, 10, 1.0, new Score(1.0625, 0.65, 60_000), null, 0.01)),
      training(new TrainEvent.Ended("Cnn", 1, 1.0, true)),
      training(new TrainEvent.Tested("Cnn", "digits", new Score(0.0384, 0.9876, 10_000), 0.25)),
      new SessionEvent.Expected("test(Cnn, digits).accuracy >= 0.985", true, "0.9876", "0.985", ""));

  private static final List<Score> ON_PARTS = List.of(new Score(0.25, 0.9, 20), new Score(0.5, 0.8, 20));
  private static final List<Measure.Kind> KINDS = List.of(Measure.Kind.LOSS, Measure.Kind.ACCURACY);

  /** A cross-validation of two folds. */
  static final List<SessionEvent> FOLDS = List.of(
      new SessionEvent.FoldBegan("Cnn", 1, 2, 40), new SessionEvent.Fold(1, 2, KINDS, ON_PARTS.get(0)),
      new SessionEvent.FoldBegan("Cnn", 2, 2, 40), new SessionEvent.Fold(2, 2, KINDS, ON_PARTS.get(1)),
      new SessionEvent.Folded("Cnn", KINDS, new FoldScores(ON_PARTS), 40));

  /** Errors of one number: 1, of targets 0 and 2. */
  static Score errors() {
    Errors errors = new Errors(1, true);
    errors.add(new float[] {0, 2}, new float[] {1, 3}, 0);
    errors.add(new float[] {0, 2}, new float[] {1, 3}, 1);
    return new Score(1, Double.NaN, 2, null, null, null, errors);
  }

  static final SessionEvent TABLE = new SessionEvent.Shown(
      new Table("Net", List.of("layer", "parameters"), List.of(List.of("conv1", "260"), List.of("total", "21,840"))));

  static final SessionEvent DIAGNOSED = new SessionEvent.Diagnosed(
      new Diagnostic(
          new Source("a.net", "net A {\n  densse(3)\n}\n"), Code.L006, new Span(10, 16), "there is no layer densse", "dense"));

  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  final Output out = new Output(outBytes);
  final Output err = new Output(errBytes);

  /** @param rows 0 for a file */
  static Window window(int columns, int rows) {
    return window(() -> columns, rows);
  }

  /** One that is resized. */
  static Window window(IntSupplier columns, int rows) {
    return new Window() {
      @Override
      public int columns() {
        return columns.getAsInt();
      }

      @Override
      public int rows() {
        return rows;
      }
    };
  }

  static Voice voice(Output out, Window window, Style style, Language language) {
    return Voice.of(out, style, language, window);
  }

  Voice voice(Window window, Style style) {
    return voice(out, window, style, Language.ENGLISH);
  }

  LineRenderer lines(Voice voice) {
    return new LineRenderer(voice, err, Colours.NONE);
  }

  static SessionEvent training(TrainEvent event) {
    return new SessionEvent.Training(event);
  }

  String out() {
    out.flush();
    return outBytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  String err() {
    err.flush();
    return errBytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
