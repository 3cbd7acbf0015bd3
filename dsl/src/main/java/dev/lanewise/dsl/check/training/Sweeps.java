package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.network.Networks;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedSweep;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Fit;
import dev.lanewise.dsl.meaning.Spread;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.word.SettingCalls;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Keep;
import dev.lanewise.runtime.train.TrainSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Checks {@code sweep}: draws the values of every trial, and checks each trial's network and training, so that one that cannot run is known
 * before the first has begun.
 */
public record Sweeps(Scope scope, Problems problems) {
  /** More trials than anybody waits for. */
  private static final int MOST = 1_000;

  private static final List<String> TRAIN = List.of("optimizer.lr", "batch", "epochs", "seed");

  /** What differs: values to choose from, or a range. */
  private sealed interface Axis {
    String name();

    record Among(String name, List<Constant> values) implements Axis {}

    /** @param logarithmic whether factors, not differences, are equally likely */
    record Range(String name, double from, double to, boolean logarithmic) implements Axis {}
  }

  public Optional<CheckedSweep> check(Statement.Sweep statement) {
    Formulas formulas = new Formulas(scope, Map.of(), problems);
    Optional<CheckedTrain> run = formulas.lookups().run(statement.run());
    if (formulas.lookups().isFaulty(statement.run())) {
      return Optional.empty();
    }
    if (run.isEmpty()) {
      return problems.report(
          Code.L021, statement.run().span(), "`sweep` needs a training run", "name it: base = train Net on data { … }, then sweep base { … }");
    }
    if (run.get().folds() > 0) {
      return problems.report(
          Code.L011, statement.run().span(), "a trial of a sweep is one training, but `" + run.get().name() + "` has folds",
          "sweep a run without folds, on data with split.val");
    }
    if (run.get().rival().isPresent()) {
      return problems.report(
          Code.L098, statement.run().span(), "a sweep picks the best of some trainings, but no number says how good `" + run.get().name() + "` is: it has trained two networks against each other", "");
    }
    if (!run.get().teachers().isEmpty()) {
      return problems.report(
          Code.L097, statement.run().span(), "a sweep tries networks by themselves, but `" + run.get().name() + "` has " + run.get().teachers().getFirst().name() + " as a teacher",
          "sweep a run with a loss of its own output and the label");
    }
    Optional<Scope.Bound> net = run.get().statement().net().dotted().flatMap(scope::find);
    if (net.isEmpty() || !(net.get().definition() instanceof Definition.Net(CheckedNet _, Statement.Net written))) {
      return Optional.empty();
    }
    List<Axis> axes = new ArrayList<>();
    int trials = 0;
    Optional<Measure> pick = Optional.empty();
    Optional<Path> resume = Optional.empty();
    Optional<Setting> on = Optional.empty();
    Set<String> keys = new HashSet<>();
    for (Setting s : statement.settings()) {
      String key = s.key().text();
      if (!keys.add(key)) {
        return problems.report(Code.L019, s.key().span(), "`" + key + "` is given twice", "remove one of the two");
      }
      if (s.among()) {
        Optional<Axis> axis = axis(s, run.get(), written, formulas);
        if (axis.isEmpty()) {
          return Optional.empty();
        }
        axes.add(axis.get());
      } else if (key.equals("trials")) {
        Optional<Integer> count = formulas.constant(s.value()).flatMap(Calls::whole).filter(n -> n > 0 && n <= MOST);
        if (count.isEmpty()) {
          return problems.report(Code.L011, s.value().span(), "`trials` is a whole number from 1 to " + MOST, "");
        }
        trials = count.get();
      } else if (key.equals("pick")) {
        pick = pick(s, run.get(), formulas);
        if (pick.isEmpty()) {
          return Optional.empty();
        }
      } else if (key.equals("resume")) {
        resume = new Kept(formulas, problems, Optional.empty(), false, Optional.empty()).resume(s.value());
        if (resume.isEmpty()) {
          return Optional.empty();
        }
      } else if (key.equals(Spreads.ON)) {
        on = Optional.of(s);
      } else {
        Optional<String> axis = axisNamed(key, axisNames(written));
        if (axis.isPresent()) {
          return problems.report(
              Code.L020, s.key().span(), "what is swept is written with `in`, not with `=`", Remedy.write(new Span(s.span().start(), s.value().span().start()), axis.get() + " in "));
        }
        List<String> known = List.copyOf(SettingNames.sweep().keySet());
        return problems.report(
            Code.L020, s.key().span(), "unknown setting `" + key + "`",
            Suggestions.among(s.key().span(), key, known));
      }
    }
    if (axes.isEmpty()) {
      return problems.report(Code.L010, statement.span(), "`sweep` needs something that differs", run.get().net().name() + ".width in [8, 16]");
    }
    var schedule = run.get().settings().schedule();
    if (axes.stream().anyMatch(a -> a.name().equals("optimizer.lr")) && hasOwnRate(schedule)) {
      problems.report(
          Code.L053, statement.span(), "the schedule has a learning rate of its own: optimizer.lr makes no difference",
          "write one_cycle without its peak");
    }
    boolean validates = run.get().data().validates();
    Measure by = pick.orElse(new Measure(validates, validates && !run.get().data().target().isNumbers() ? Measure.Kind.ACCURACY : Measure.Kind.LOSS));
    Optional<List<List<Constant>>> values = trials == 0 ? grid(statement, axes) : Optional.of(drawn(axes, trials, run.get().settings().seed()));
    Optional<Path> file = resume;
    Optional<Spread> others = on.flatMap(s -> new Spreads(formulas, problems).of(s, statement.run().span().end(), statement.settings()));
    if (on.isPresent() && others.isEmpty()) {
      return Optional.empty();
    }
    String train = statement.run().dotted().flatMap(scope::find).orElseThrow().source().text(run.get().statement().span());
    return values.flatMap(v -> trials(run.get(), net.get(), written, axes, v, by))
        .map(t -> new CheckedSweep(
            statement.span(), run.get(), axes.stream().map(Axis::name).toList(), t, by, file, train.replaceAll("\\s+", " "), others));
  }

  /** Whether the optimiser's rate makes no difference at any step. */
  private static boolean hasOwnRate(Schedule schedule) {
    return IntStream.range(0, 10).allMatch(step -> schedule.rate(1, step, 10, 0) == schedule.rate(2, step, 10, 0));
  }

  /** {@code max(val.accuracy)}, {@code min(val.loss)}. */
  private Optional<Measure> pick(Setting s, CheckedTrain run, Formulas formulas) {
    Call call = Call.of(s.value());
    Optional<Signature> signature = SettingCalls.all().get("pick").stream().filter(f -> f.name().equals(call.name())).findFirst();
    Optional<Arguments> arguments = signature.flatMap(f -> new Calls(formulas, problems).bind(f, call));
    if (signature.isPresent() && arguments.isEmpty()) {
      return Optional.empty();
    }
    Optional<Measure> measure = arguments.flatMap(a -> Measure.named(a.text("by")));
    boolean falls = measure.filter(m -> m.kind().falls()).isPresent();
    if (measure.isEmpty() || !call.name().equals(falls ? "min" : "max")) {
      Optional<Measure> meant = measure.or(() -> Measure.named(s.value() instanceof Expression.Text(Span _, String text) ? text : call.name()));
      return problems.report(
          Code.L011, s.value().span(), "`pick` is the largest of a score or the smallest of a loss or an error",
          meant.map(m -> Remedy.of("write pick = " + best(m), new Edit(s.value().span(), best(m)))).orElse(Remedy.say("write pick = max(val.accuracy)")));
    }
    if (measure.get().kind() == Measure.Kind.MAP50) {
      if (!new Fit(problems).finds(s.value().span(), run.net(), run.data())) {
        return Optional.empty();
      }
    } else if (!measure.get().kind().suits(run.data().target())) {
      return problems.report(
          Code.L011, s.value().span(), Fit.unsuited(measure.get().kind(), run.data().target(), "the data has"), "pick = min(val.loss)");
    }
    return measure.get().validation() && !run.data().validates()
        ? problems.report(
            Code.L022, s.value().span(), "the data has no examples to validate on", "add split.val = 5_000 to the data")
        : measure;
  }

  private static String best(Measure measure) {
    return (measure.kind().falls() ? "min(" : "max(") + measure + ")";
  }

  private Optional<Axis> axis(Setting s, CheckedTrain run, Statement.Net net, Formulas formulas) {
    String key = s.key().text();
    List<String> known = axisNames(net);
    if (!known.contains(key)) {
      return problems.report(
          Code.L020, s.key().span(), "`" + key + "` cannot be swept",
          axisNamed(key, known).map(k -> Remedy.mean(s.key().span(), k)).orElseGet(() -> Suggestions.among(s.key().span(), key, known)));
    }
    if (s.value() instanceof Expression.Call) {
      return range(s, formulas);
    }
    Optional<Constant> value = formulas.constant(s.value());
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return value.get() instanceof Constant.Items(List<Constant> items) && !items.isEmpty()
        ? Optional.of(new Axis.Among(key, items))
        : problems.report(
            Code.L011, s.value().span(), "what is swept comes from a list, uniform(from, to) or log(from, to)",
            value.get() instanceof Constant.Num ? Remedy.write(s.value().span(), "[" + problems.source().text(s.value().span()) + "]") : Remedy.say("for example [8, 16, 32]"));
  }

  private static List<String> axisNames(Statement.Net net) {
    List<String> names = new ArrayList<>(TRAIN);
    net.parameters().forEach(p -> names.add(net.name().text() + "." + p.name().text()));
    return names;
  }

  /** What may be swept by that name, or by its last word: {@code width} of {@code Net.width}. */
  private static Optional<String> axisNamed(String key, List<String> known) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    return known.stream().filter(k -> k.equals(key)).findFirst()
        .or(() -> known.stream().filter(k -> k.endsWith("." + last)).findFirst())
        .or(() -> known.stream().filter(k -> Suggestions.nearest(last, List.of(k.substring(k.lastIndexOf('.') + 1))).isPresent()).findFirst());
  }

  private Optional<Axis> range(Setting s, Formulas formulas) {
    Call call = Call.of(s.value());
    Optional<Signature> signature = SettingCalls.all().get("in").stream().filter(f -> f.name().equals(call.name())).findFirst();
    Optional<Arguments> arguments = signature.flatMap(f -> new Calls(formulas, problems).bind(f, call));
    if (signature.isPresent() && arguments.isEmpty()) {
      return Optional.empty();
    }
    boolean logarithmic = call.name().equals("log");
    double from = arguments.map(a -> a.number("from")).orElse(0.0);
    double to = arguments.map(a -> a.number("to")).orElse(0.0);
    return from < to && Double.isFinite(to - from) && (!logarithmic || from > 0)
        ? Optional.of(new Axis.Range(s.key().text(), from, to, logarithmic))
        : problems.report(
            Code.L011, s.value().span(), "a range is uniform(from, to), or log(from, to) of numbers above 0", "for example log(0.0003, 0.03)");
  }

  /** All combinations of the lists. */
  private Optional<List<List<Constant>>> grid(Statement.Sweep statement, List<Axis> axes) {
    List<List<Constant>> all = List.of(List.of());
    for (Axis axis : axes) {
      if (!(axis instanceof Axis.Among(String _, List<Constant> values))) {
        return problems.report(Code.L010, statement.span(), "a range needs a number of trials", "add trials = 20");
      }
      List<List<Constant>> more = new ArrayList<>();
      for (List<Constant> before : all) {
        for (Constant value : values) {
          List<Constant> one = new ArrayList<>(before);
          one.add(value);
          more.add(one);
        }
      }
      all = more;
      if (all.size() > MOST) {
        return problems.report(Code.L017, statement.span(), "the sweep has more than " + MOST + " trials", "add trials = 20 to try some of them");
      }
    }
    return Optional.of(all);
  }

  /** Each trial has random numbers of its own, whatever the others are. */
  private static List<List<Constant>> drawn(List<Axis> axes, int trials, long seed) {
    List<List<Constant>> all = new ArrayList<>();
    for (int t = 1; t <= trials; t++) {
      List<Constant> one = new ArrayList<>();
      for (int a = 0; a < axes.size(); a++) {
        double u = Draws.uniform(Draws.mix(Draws.mix(seed, t), a), 0);
        one.add(
            switch (axes.get(a)) {
              case Axis.Among(String _, List<Constant> values) -> values.get((int) (u * values.size()));
              case Axis.Range(String _, double from, double to, boolean logarithmic) -> new Constant.Num(
                  rounded(logarithmic ? from * Math.pow(to / from, u) : from + (to - from) * u));
            });
      }
      all.add(one);
    }
    return all;
  }

  /** Four digits say enough, and can be typed again. */
  private static double rounded(double value) {
    return new java.math.BigDecimal(value).round(new java.math.MathContext(4)).doubleValue();
  }

  private Optional<List<CheckedSweep.Trial>> trials(
      CheckedTrain run, Scope.Bound net, Statement.Net written, List<Axis> axes, List<List<Constant>> values, Measure by) {
    List<CheckedSweep.Trial> trials = new ArrayList<>();
    for (List<Constant> one : values) {
      Map<String, Constant> overrides = new HashMap<>();
      Map<String, Constant> settings = new HashMap<>();
      for (int a = 0; a < axes.size(); a++) {
        String name = axes.get(a).name();
        (TRAIN.contains(name) ? settings : overrides).put(name.substring(name.indexOf('.') + 1), one.get(a));
      }
      String which = " (in trial " + (trials.size() + 1) + " of the sweep: " + words(axes, one) + ")";
      Optional<CheckedNet> trialNet = Networks.check(
          net.source(), net.home() == null ? scope : net.home(), problems.inside(net.source(), () -> which), written, overrides);
      if (trialNet.isPresent() && !sameEnds(run.net(), trialNet.get())) {
        return problems.report(
            Code.L016, run.statement().net().span(),
            "a sweep cannot change what a network takes and gives: " + ends(run.net()) + ", but " + ends(trialNet.get()) + which,
            "sweep what lies between");
      }
      Optional<String> other = trialNet.flatMap(n -> otherFrozen(run, n));
      if (other.isPresent()) {
        return problems.report(
            Code.L016, run.statement().span(), "a sweep cannot change what is frozen: " + other.get() + " would have another shape" + which,
            "sweep what is trained");
      }
      Optional<CheckedTrain> train = trialNet.flatMap(n -> train(run, n, settings, by));
      if (train.isEmpty()) {
        return Optional.empty();
      }
      trials.add(new CheckedSweep.Trial(one, train.get()));
    }
    return Optional.of(trials);
  }

  /** The first parameter that is frozen, and would have to be another one in a trial. */
  private static Optional<String> otherFrozen(CheckedTrain run, CheckedNet trial) {
    Map<String, Shape> own = run.net().parameterShapes();
    Map<String, Shape> others = trial.parameterShapes();
    return Stream.concat(own.keySet().stream(), others.keySet().stream())
        .filter(p -> run.isFrozen(p) && !Objects.equals(own.get(p), others.get(p))).findFirst();
  }

  /** Data and loss have been bound to them. */
  private static boolean sameEnds(CheckedNet a, CheckedNet b) {
    return ends(a).equals(ends(b));
  }

  private static String ends(CheckedNet net) {
    StringBuilder ends = new StringBuilder(net.input() + " -> " + net.output());
    net.heads().forEach(h -> ends.append(", ").append(h.name()).append(" ").append(net.shape(h.value())));
    return ends.toString();
  }

  private static String words(List<Axis> axes, List<Constant> values) {
    List<String> words = new ArrayList<>();
    for (int a = 0; a < axes.size(); a++) {
      words.add(axes.get(a).name() + " = " + values.get(a));
    }
    return String.join(", ", words);
  }

  /** The run with other settings. Files are not kept: trials would write over each other's. */
  private Optional<CheckedTrain> train(CheckedTrain run, CheckedNet net, Map<String, Constant> overrides, Measure by) {
    TrainSettings s = run.settings();
    Span span = run.span();
    Optional<Integer> epochs = whole("epochs", s.epochs(), overrides, span);
    Optional<Integer> batch = whole("batch", s.batch(), overrides, span);
    Optional<Integer> seed = whole("seed", (int) s.seed(), overrides, span);
    Constant rate = overrides.get("lr");
    if (rate != null && !(rate instanceof Constant.Num(double lr) && lr > 0)) {
      return problems.report(Code.L015, span, "optimizer.lr must be above 0, not " + rate, "");
    }
    var optimizer = rate == null ? s.optimizer() : s.optimizer().withRate(((Constant.Num) rate).value());
    Keep keep = new Keep(s.keep().early(), Optional.empty(), Optional.empty(), counted(s, by));
    return epochs.isEmpty() || batch.isEmpty() || seed.isEmpty() ? Optional.empty() : Optional.of(
        new CheckedTrain(
            run.name(), span, net, run.data(),
            s.with(optimizer).with(epochs.get(), batch.get()).withSeed(seed.get()).with(keep),
            List.of(), run.frozen(), 0, run.loss(), run.statement(), List.of(), run.tested(), Optional.empty(), run.doubts(), Optional.empty()));
  }

  /** What is told, and what trials are compared by. */
  private static List<Measure.Kind> counted(TrainSettings s, Measure by) {
    List<Measure.Kind> kinds = new ArrayList<>(s.keep().metrics());
    if (!by.validation() && by.kind().isOptional() && !kinds.contains(by.kind())) {
      kinds.add(by.kind());
    }
    return kinds;
  }

  private Optional<Integer> whole(String name, int fallback, Map<String, Constant> overrides, Span span) {
    if (!overrides.containsKey(name)) {
      return Optional.of(fallback);
    }
    Optional<Integer> value = Calls.whole(overrides.get(name)).filter(n -> n > 0);
    return value.isPresent() ? value : problems.report(Code.L015, span, name + " is a whole number above 0, not " + overrides.get(name), "");
  }
}
