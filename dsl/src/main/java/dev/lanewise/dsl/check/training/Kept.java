package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.call.DataEdits;
import dev.lanewise.dsl.check.call.FileNames;
import dev.lanewise.dsl.check.call.Limits;
import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.check.call.Words;
import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Foreign;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.Meant;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Fit;
import dev.lanewise.dsl.meaning.Place;
import dev.lanewise.dsl.meaning.Scored;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.word.SettingCalls;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Keep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings of {@code train} that say what is kept and when it ends: stop, save, resume, metrics and log.
 *
 * @param data what is trained on; empty where nothing asks for it
 * @param folded whether the training comes after folds, which have no validation split
 * @param of what is trained, and on what; empty where outputs are compared with each other
 */
record Kept(Formulas formulas, Problems problems, Optional<CheckedData> data, boolean folded, Optional<Scored> of) {
  static final String LAST_HAS_NONE = "with `folds` the last training, on all of them, has none";

  Optional<Keep> of(Settings settings) {
    Optional<Optional<Keep.Early>> early = early(settings.get("stop"));
    Optional<Optional<Keep.Best>> best = best(settings.get("save"));
    Optional<Optional<Path>> resume = settings.get("resume").isEmpty() ? Optional.of(Optional.empty())
        : resume(settings.get("resume").get().value()).map(Optional::of);
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
    if (!call.name().equals(SettingCalls.EARLY.name()) && new Foreign(problems).told(Room.WATCH, call.span())) {
      return Optional.empty();
    }
    if (!call.name().equals(SettingCalls.EARLY.name()) || call.arguments().isEmpty()) {
      return problems.report(
          Code.L011, call.span(), "`stop` says by what and how many epochs without a better one are too many", Remedy.write(call.span(), stopping(setting.get().value())));
    }
    Optional<String> bare = call.arguments().size() == 1 && call.arguments().getFirst().name().filter(n -> !n.text().equals("patience")).isEmpty()
        ? Calls.number(formulas, call.arguments().getFirst().value()).map(_ -> problems.source().text(call.arguments().getFirst().value().span()))
        : Optional.empty();
    if (bare.isPresent()) {
      return problems.report(
          Code.L011, call.span(), "`early` says first what should get better", Remedy.write(call.span(), "early(" + usual("loss") + ", patience = " + bare.get() + ")"));
    }
    Optional<Arguments> arguments = new Calls(formulas, problems).bind(SettingCalls.EARLY, call);
    if (arguments.isPresent() && arguments.get().integer("patience") < 1) {
      String message = "early: patience must be at least 1, not 0";
      return problems.report(Code.L015, Calls.span(SettingCalls.EARLY, call, "patience"), message, new Limits(formulas, problems).remedy(SettingCalls.EARLY, call, message));
    }
    return arguments.flatMap(a -> measure(SettingCalls.EARLY, call, a).map(by -> Optional.of(new Keep.Early(by, a.integer("patience")))));
  }

  /** How a training ends early, by what was written in its place: a number of epochs, or a word. */
  private String stopping(Expression written) {
    boolean number = Calls.number(formulas, written).flatMap(Calls::whole).filter(w -> w > 0).isPresent();
    return "early(" + usual("loss") + ", patience = " + (number ? problems.source().text(written.span()) : "3") + ")";
  }

  /** A measure of the examples to validate on, if there are any. */
  private String usual(String kind) {
    return !folded && data.filter(CheckedData::validates).isPresent() ? "val." + kind : kind;
  }

  /** {@code save = best("lenet.safetensors", by = val.accuracy)}. */
  private Optional<Optional<Keep.Best>> best(Optional<Setting> setting) {
    if (setting.isEmpty()) {
      return Optional.of(Optional.empty());
    }
    Call call = Call.of(setting.get().value());
    if (!call.name().equals(SettingCalls.BEST.name()) && new Foreign(problems).told(Room.WATCH, call.span())) {
      return Optional.empty();
    }
    if (!call.name().equals(SettingCalls.BEST.name())) {
      return problems.report(
          Code.L011, call.span(), "`save` says where the best epoch's parameters are kept, and what is best",
          Remedy.write(call.span(), "best(" + file(setting.get().value()) + ", by = " + usual(target().filter(t -> !t.isNumbers()).isPresent() ? "accuracy" : "loss") + ")"));
    }
    Optional<Arguments> arguments = new Calls(formulas, problems).bind(SettingCalls.BEST, call);
    Optional<Path> file = arguments
        .flatMap(a -> new FileNames(problems).weights("best", a.text("file"), Calls.span(SettingCalls.BEST, call, "file"))).map(Place::path);
    Optional<Measure> by = arguments.flatMap(a -> measure(SettingCalls.BEST, call, a));
    return file.isPresent() && by.isPresent() ? Optional.of(Optional.of(new Keep.Best(file.get(), by.get()))) : Optional.empty();
  }

  /** The name of a file as it was written, alone or in a call of another name. */
  private String file(Expression written) {
    Expression name = written instanceof Expression.Call c && !c.arguments().isEmpty() ? c.arguments().getFirst().value() : written;
    return name instanceof Expression.Text ? problems.source().text(name.span()) : "\"net.safetensors\"";
  }

  /** What {@code by} names, if the data has it. */
  private Optional<Measure> measure(Signature signature, Call call, Arguments arguments) {
    return fitting(Measure.named(arguments.text("by")).orElseThrow(), Calls.span(signature, call, "by"));
  }

  /** A measure, if it can be told of the data. */
  Optional<Measure> fitting(Measure measure, Span at) {
    if (measure.kind() == Measure.Kind.MAP50 && of.isPresent()) {
      if (!finds(at)) {
        return Optional.empty();
      }
    } else if (!suits(measure.kind())) {
      return problems.report(Code.L011, at, unsuited(measure.kind()), "take the loss");
    }
    return measure.validation() && data.filter(CheckedData::validates).isEmpty()
        ? problems.report(
            Code.L022, at, "`" + measure + "` needs examples to validate on, and " + (folded ? LAST_HAS_NONE : "the data has none"),
            folded ? Remedy.of("take " + measure.kind() + ", that of the training examples", new Edit(measured(at), measure.kind().toString())) : validation(""))
        : Optional.of(measure);
  }

  /** Where a measure stands, without the name of its argument. */
  private Span measured(Span argument) {
    String text = problems.source().text(argument);
    return new Span(argument.start() + text.length() - text.substring(text.indexOf('=') + 1).stripLeading().length(), argument.end());
  }

  private Remedy validation(String other) {
    return data.map(d -> new DataEdits(formulas.scope(), problems, d).validation(other)).orElse(Remedy.say("add split.val = 5_000 to the data" + other));
  }

  private boolean finds(Span at) {
    return new Fit(problems).finds(at, of.orElseThrow().net(), of.orElseThrow().data());
  }

  private Optional<Target> target() {
    return of.map(s -> s.data().target());
  }

  private boolean suits(Measure.Kind kind) {
    return kind == Measure.Kind.LOSS || target().filter(kind::suits).isPresent();
  }

  private String unsuited(Measure.Kind kind) {
    return target().map(t -> Fit.unsuited(kind, t, "the data has"))
        .orElse("`" + kind + "` does not go with a loss that compares outputs with each other");
  }

  /** The file that a run goes on from, if it is there. One that is looked for in vain where it was before would begin anew in silence. */
  Optional<Path> resume(Expression expression) {
    Optional<Place> place = place(expression);
    if (place.filter(Place::isElsewhere).isPresent()) {
      return problems.report(Code.L030, expression.span(), "there is no " + place.get().path() + " to go on with", place.get().remedy());
    }
    return place.map(Place::path);
  }

  private Optional<Place> place(Expression expression) {
    Optional<Constant> value = formulas.constant(expression);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return value.get() instanceof Constant.Text(String text)
        ? new FileNames(problems).weights("resume", text, expression.span())
        : problems.report(Code.L077, expression.span(), "this is a file name in quotes, not " + value.get(), "");
  }

  /** {@code metrics = [accuracy, f1]}. */
  private Optional<List<Measure.Kind>> metrics(Optional<Setting> setting) {
    if (setting.isEmpty()) {
      return Optional.of(target().filter(t -> !t.isNumbers()).isPresent() ? Keep.NOTHING.metrics() : List.of());
    }
    List<Measure.Kind> kinds = new ArrayList<>();
    List<String> known = Arrays.stream(Measure.Kind.values()).skip(1).map(Measure.Kind::toString).toList();
    for (Expression e : items(setting.get().value())) {
      String name = e.dotted().orElse("");
      if (!known.contains(name)) {
        Call call = Call.of(e);
        return problems.report(Code.L006, e.span(), "unknown metric `" + new Words(problems).shown(call) + "`", metric(call, known));
      }
      Measure.Kind kind = Measure.kind(name).orElseThrow();
      if (kind == Measure.Kind.MAP50 && of.isPresent()) {
        if (!finds(e.span())) {
          return Optional.empty();
        }
      } else if (!suits(kind)) {
        return problems.report(Code.L011, e.span(), unsuited(kind), without(setting.get(), e));
      }
      kinds.add(kind);
    }
    return Optional.of(kinds);
  }

  /** The metric that was meant; {@code topk(3)} is called {@code top3}. */
  private Remedy metric(Call call, List<String> known) {
    String text = problems.source().text(call.span()).replaceAll("[\"\\s]", "").toLowerCase(Locale.ROOT);
    String plain = Meant.metric(text.replaceFirst("^top_?-?k?_?(?:accuracy)?\\(?(?:k=)?([1235])\\)?$", "top$1"));
    return known.contains(plain) ? Remedy.write(call.span(), plain) : new Words(problems).remedy(call, known);
  }

  /** The metrics without one of them. */
  private Remedy without(Setting setting, Expression metric) {
    List<String> others = items(setting.value()).stream().filter(i -> i != metric).map(i -> problems.source().text(i.span())).toList();
    return Remedy.of("remove it", new Edit(setting.value().span(), "[" + String.join(", ", others) + "]"));
  }

  /** {@code log = [console, csv("run.csv"), tensorboard("runs/")]}. */
  Optional<List<CheckedTrain.Log>> logs(Optional<Setting> setting) {
    List<CheckedTrain.Log> logs = new ArrayList<>();
    if (setting.isEmpty()) {
      return Optional.of(logs);
    }
    for (Expression e : items(setting.get().value())) {
      Call call = Call.of(e);
      Optional<Signature> form = SettingCalls.all().get("log").stream().filter(f -> f.name().equals(call.name())).findFirst();
      if (form.isEmpty()) {
        return problems.report(Code.L011, call.span(), "a log is console, csv(\"file\"), jsonl(\"file\") or tensorboard(\"folder\")", log(e, call));
      }
      Optional<Arguments> arguments = new Calls(formulas, problems).bind(form.get(), call);
      if (arguments.isEmpty()) {
        return Optional.empty();
      }
      if (form.get() == SettingCalls.CONSOLE) {
        continue;
      }
      String where = form.get().arguments().getFirst().name();
      Optional<Path> path = new FileNames(problems).place(arguments.get().text(where), Calls.span(form.get(), call, where)).map(Place::path);
      if (path.isEmpty()) {
        return Optional.empty();
      }
      logs.add(new CheckedTrain.Log(CheckedTrain.LogForm.valueOf(call.name().toUpperCase(Locale.ROOT)), path.get(), call.span()));
    }
    return Optional.of(logs);
  }

  /** A file by its ending, or the nearest form. */
  private Remedy log(Expression written, Call call) {
    List<String> forms = SettingCalls.all().get("log").stream().map(Signature::name).toList();
    if (!(written instanceof Expression.Text(Span _, String text))) {
      return Suggestions.remedy(call.callee(), call.name(), forms);
    }
    if (forms.contains(text.toLowerCase(Locale.ROOT))) {
      return text.equalsIgnoreCase(SettingCalls.CONSOLE.name()) ? Remedy.write(written.span(), SettingCalls.CONSOLE.name()) : Remedy.NONE;
    }
    String form = text.endsWith(".csv") ? "csv" : text.endsWith(".jsonl") || text.endsWith(".json") ? "jsonl" : text.matches(".*\\.\\w{1,5}") ? "csv" : "tensorboard";
    return Remedy.write(written.span(), form + "(" + problems.source().text(written.span()) + ")");
  }

  private static List<Expression> items(Expression value) {
    return value instanceof Expression.Items items ? items.items() : List.of(value);
  }
}
