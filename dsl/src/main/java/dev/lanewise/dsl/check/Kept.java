package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.runtime.train.Keep;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.train.Measure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The settings of {@code train} that say what is kept and when it ends: stop, save, resume, metrics and log.
 *
 * @param validation whether the data has a validation split
 * @param target what outputs are compared with; empty where they are compared with each other
 */
record Kept(Formulas formulas, Problems problems, boolean validation, Optional<Target> target) {
  /** Epochs without a better one. */
  private static final int PATIENCE = 3;

  Optional<Keep> of(Settings settings) {
    Optional<Optional<Keep.Early>> early = early(settings.get("stop"));
    Optional<Optional<Keep.Best>> best = best(settings.get("save"));
    Optional<Optional<Path>> resume = settings.get("resume").isEmpty() ? Optional.of(Optional.empty())
        : path(settings.get("resume").get().value()).map(Optional::of);
    Optional<List<Measure.Kind>> metrics = metrics(settings.get("metrics"));
    return early.isPresent() && best.isPresent() && resume.isPresent() && metrics.isPresent()
        ? Optional.of(new Keep(early.get(), best.get(), resume.get(), metrics.get()))
        : Optional.empty();
  }

  /** {@code stop = early(val.loss, patience = 3)}. */
  private Optional<Optional<Keep.Early>> early(Optional<Setting> setting) {
    if (setting.isEmpty()) {
      return Optional.of(Optional.empty());
    }
    Call call = Call.of(setting.get().value());
    Optional<Measure> by = call.arguments().isEmpty() ? Optional.empty() : measure(call.arguments().getFirst());
    Optional<Argument> patience = call.arguments().stream().skip(1).findFirst();
    Optional<Integer> epochs = patience.isEmpty() ? Optional.of(PATIENCE)
        : formulas.constant(patience.get().value()).flatMap(Calls::whole).filter(n -> n > 0);
    if (!call.name().equals("early") || call.arguments().isEmpty() || call.arguments().size() > 2 || epochs.isEmpty()) {
      return problems.report(
          Code.L011, call.span(), "`stop` says by what and how many epochs without a better one are too many",
          "write stop = early(val.loss, patience = 3)");
    }
    return by.map(b -> Optional.of(new Keep.Early(b, epochs.get())));
  }

  /** {@code save = best("lenet.safetensors", by = val.accuracy)}. */
  private Optional<Optional<Keep.Best>> best(Optional<Setting> setting) {
    if (setting.isEmpty()) {
      return Optional.of(Optional.empty());
    }
    Call call = Call.of(setting.get().value());
    if (!call.name().equals("best") || call.arguments().size() != 2) {
      return problems.report(
          Code.L011, call.span(), "`save` says where the best epoch's parameters are kept, and what is best",
          "write save = best(\"net.safetensors\", by = val.accuracy)");
    }
    Optional<Path> file = path(call.arguments().getFirst().value());
    Optional<Measure> by = measure(call.arguments().getLast());
    return file.isPresent() && by.isPresent() ? Optional.of(Optional.of(new Keep.Best(file.get(), by.get()))) : Optional.empty();
  }

  private Optional<Measure> measure(Argument argument) {
    String name = Formulas.dotted(argument.value()).orElse("");
    Optional<Measure> measure = Measure.named(name);
    if (measure.isEmpty()) {
      return problems.report(
          Code.L011, argument.span(), "this is no measure of an epoch", "there are val.loss, val.accuracy, val.f1 and, of the training examples, loss and so on");
    }
    if (!suits(measure.get().kind())) {
      return problems.report(Code.L011, argument.span(), unsuited(measure.get().kind()), "take the loss");
    }
    return measure.get().validation() && !validation
        ? problems.report(
            Code.L022, argument.span(), "`" + name + "` needs examples to validate on, and the data has none",
            "add split.val = 5_000 to the data")
        : measure;
  }

  private boolean suits(Measure.Kind kind) {
    return kind == Measure.Kind.LOSS || target.filter(kind::suits).isPresent();
  }

  private String unsuited(Measure.Kind kind) {
    return target.map(t -> unsuited(kind, t, "the data has"))
        .orElse("`" + kind + "` does not go with a loss that compares outputs with each other");
  }

  /** @param have the words before what the data has */
  static String unsuited(Measure.Kind kind, Target target, String have) {
    boolean classes = Measure.Kind.ACCURACY.suits(target);
    String has = classes ? "classes" : target.shape().size() == 1 ? "one number to predict" : "numbers to predict";
    return "`" + kind + "` needs " + (kind.suits(Target.classes(2)) ? "classes" : "a mask to predict") + ", but " + have + " " + has;
  }

  /** A file's name. */
  Optional<Path> path(Expression expression) {
    Optional<Constant> value = formulas.constant(expression);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return value.get() instanceof Constant.Text(String text)
          ? Optional.of(Path.of(text))
          : problems.report(Code.L077, expression.span(), "this is a file name in quotes, not " + value.get(), "");
    } catch (InvalidPathException e) {
      return problems.report(Code.L077, expression.span(), "this is no file name: " + e.getReason(), "");
    }
  }

  /** {@code metrics = [accuracy, f1]}. */
  private Optional<List<Measure.Kind>> metrics(Optional<Setting> setting) {
    if (setting.isEmpty()) {
      return Optional.of(target.filter(Target::isClass).isPresent() ? Keep.NOTHING.metrics() : List.of());
    }
    List<Measure.Kind> kinds = new ArrayList<>();
    List<String> known = Arrays.stream(Measure.Kind.values()).skip(1).map(Measure.Kind::toString).toList();
    for (Expression e : items(setting.get().value())) {
      String name = Formulas.dotted(e).orElse("");
      if (!known.contains(name)) {
        return problems.report(
            Code.L006, e.span(), "unknown metric `" + name + "`",
            Suggestions.nearest(name, known).map(k -> "did you mean `" + k + "`?").orElse("there is " + String.join(", ", known)));
      }
      Measure.Kind kind = Measure.kind(name).orElseThrow();
      if (!suits(kind)) {
        return problems.report(Code.L011, e.span(), unsuited(kind), "remove it");
      }
      kinds.add(kind);
    }
    return Optional.of(kinds);
  }

  /** {@code log = [console, csv("run.csv"), tensorboard("runs/")]}. */
  Optional<List<CheckedTrain.Log>> logs(Optional<Setting> setting) {
    List<CheckedTrain.Log> logs = new ArrayList<>();
    if (setting.isEmpty()) {
      return Optional.of(logs);
    }
    List<String> known = Arrays.stream(CheckedTrain.LogForm.values()).map(CheckedTrain.LogForm::toString).toList();
    for (Expression e : items(setting.get().value())) {
      Call call = Call.of(e);
      if (call.name().equals("console") && call.arguments().isEmpty()) {
        continue;
      }
      Span span = call.span();
      if (!known.contains(call.name()) || call.arguments().size() != 1) {
        return problems.report(
            Code.L011, span, "a log is console, csv(\"file\"), jsonl(\"file\") or tensorboard(\"folder\")", "");
      }
      Optional<Path> path = path(call.arguments().getFirst().value());
      if (path.isEmpty()) {
        return Optional.empty();
      }
      logs.add(new CheckedTrain.Log(CheckedTrain.LogForm.valueOf(call.name().toUpperCase(java.util.Locale.ROOT)), path.get(), span));
    }
    return Optional.of(logs);
  }

  private static List<Expression> items(Expression value) {
    return value instanceof Expression.Items items ? items.items() : List.of(value);
  }
}
