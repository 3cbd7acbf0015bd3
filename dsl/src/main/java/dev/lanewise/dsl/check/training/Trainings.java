package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.call.AttackCalls;
import dev.lanewise.dsl.check.call.DataEdits;
import dev.lanewise.dsl.check.call.Limits;
import dev.lanewise.dsl.check.call.Objectives;
import dev.lanewise.dsl.check.call.OptimizerCalls;
import dev.lanewise.dsl.check.call.SettingEdits;
import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.check.call.Words;
import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Foreign;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.Meant;
import dev.lanewise.dsl.check.expression.UserCalls;
import dev.lanewise.dsl.check.network.StepEdits;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Scored;
import dev.lanewise.dsl.meaning.Spread;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.meaning.Fit;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.word.SettingCalls;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.layer.TwoViews;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective.Read;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.Plateau;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.optimize.Schedules;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Change;
import dev.lanewise.runtime.train.Keep;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks {@code train} statements. */
public record Trainings(Formulas formulas, Problems problems) {

  public Optional<CheckedTrain> train(Statement.Train statement) {
    return statement.against().isPresent() ? new Duels(formulas, problems).train(statement) : alone(statement);
  }

  private Optional<CheckedTrain> alone(Statement.Train statement) {
    if (isTurned(statement)) {
      return Optional.empty();
    }
    Optional<CheckedNet> net = formulas.lookups().net(statement.net());
    Optional<CheckedData> data = whole(statement.data()).or(() -> formulas.lookups().data(statement.data()));
    Settings settings = Settings.of(
        statement.settings(), List.copyOf(SettingNames.train().keySet()), formulas, problems, new Strays(formulas, problems, statement, data)::remedy);
    boolean federated = settings.get(Federations.FEDERATED).isPresent();
    int epochs = federated ? Federations.rounds(settings) : settings.whole("epochs", 1, 1);
    int batch = settings.whole("batch", 1, 64);
    boolean shuffle = settings.flag("shuffle", true);
    int seed = settings.whole("seed", 0, 1);
    Optional<Optimizer> optimizer = optimizer(settings.get("optimizer"));
    Optional<Schedule> schedule = schedule(settings);
    Optional<Clip> clip = clip(settings.get("clip"));
    Optional<Double> average = average(settings.get("average"));
    Optional<Optional<Attack>> attack = attack(settings.get("adversarial"));
    Optional<Optional<Federation>> federation = new Federations(formulas, problems, statement).of(settings, net, data, optimizer);
    Optional<Optional<Spread>> on = new Spreads(formulas, problems).of(settings, statement);
    Optional<List<Change>> changes = new Changes(formulas, problems, settings.get(Spreads.ON).map(_ -> CheckedTrain.KeptSize.ELSEWHERE)).of(settings.get("changes"), epochs);
    int folds = settings.whole("folds", 2, 0);
    int accumulate = settings.whole("accumulate", 1, 1);
    double minutes = settings.positive("minutes", Double.POSITIVE_INFINITY);
    Optional<Setting> lossSetting = settings.get("loss");
    double heads = settings.notNegative("heads", 1);
    if (net.isEmpty() || data.isEmpty() || !takes(statement.net().span(), net.get(), data.get())
        || new Objectives(formulas, problems, net.get(), data.get().fields(), statement.net().span()).comparesOutput(lossSetting.map(Setting::value))
            && !new Fit(problems).predicts(statement.net().span(), net.get(), data.get())) {
      return Optional.empty();
    }
    if (net.get().parameterShapes().isEmpty()) {
      return problems.report(
          Code.L015, statement.net().span(), net.get().name() + " has no parameters: there is nothing to train", "add a layer that has some, such as dense");
    }
    Span fits = lossSetting.filter(l -> !(l.value() instanceof Expression.Block)).map(l -> l.value().span()).orElse(statement.net().span());
    Objectives objectives = new Objectives(formulas, problems, net.get(), data.get().fields(), fits);
    Optional<Computation> loss = lossSetting.isPresent() ? objectives.of(lossSetting.get().value(), heads) : objectives.usual(heads);
    if (loss.isPresent() && loss.get() instanceof TwoViews && data.get().changes().isEmpty()) {
      return problems.report(
          Code.L090, fits, "`contrastive` compares two views of each example, but nothing changes the examples of " + data.get().name() + ": both would be equal",
          "add `augment = [shift(3), flip]` to the data, or compare two outputs by their names");
    }
    if (!objectives.teachers().isEmpty() && !new Teachers(problems).fit(fits, net.get(), data.get(), settings, objectives.teachers())) {
      return Optional.empty();
    }
    if (!objectives.teachers().isEmpty() && settings.get(Spreads.ON).isPresent()) {
      return problems.report(
          Code.L097, settings.get(Spreads.ON).get().key().span(), "a teacher is a network of this process: others do not have what it has learnt", Remedy.remove(settings.get(Spreads.ON).get().span()).perhaps());
    }
    Optional<Computation> tested = objectives.teachers().isEmpty() ? loss : objectives.fitting();
    if (schedule.isPresent() && schedule.get() instanceof Plateau p && p.by().validation() && !data.get().validates()) {
      return problems.report(
          Code.L022, settings.get("schedule").orElseThrow().value().span(),
          "`plateau` by " + p.by() + " needs examples to validate on, and " + (folds > 0 ? Kept.LAST_HAS_NONE : "the data has none"),
          folds > 0 ? plateau(settings.get("schedule").orElseThrow()) : new DataEdits(formulas.scope(), problems, data.get()).validation(", or write plateau(loss)"));
    }
    boolean embeds = loss.isPresent() && loss.get() instanceof Comparison;
    Kept kept = new Kept(formulas, problems, data, folds > 0, embeds ? Optional.empty() : Optional.of(new Scored(net.get(), data.get())));
    Optional<List<String>> frozen = frozen(settings.get("freeze"), statement, net.get());
    Optional<Keep> keep = kept.of(settings);
    Optional<List<CheckedTrain.Log>> logs = kept.logs(settings.get("log"));
    if (schedule.isPresent() && schedule.get() instanceof Plateau p) {
      schedule = kept.fitting(p.by(), settings.get("schedule").orElseThrow().value().span()).map(_ -> (Schedule) p);
    }
    boolean isAttackable = loss.isEmpty() || attack.isEmpty() || attack.get().isEmpty()
        || new Fit(problems).isAttackable(settings.get("adversarial").orElseThrow().value().span(), "adversarial", net.get(), data.get(), loss.get());
    if (!isAttackable || federation.isEmpty() || on.isEmpty() || attack.isEmpty() || loss.isEmpty() || optimizer.isEmpty() || schedule.isEmpty() || clip.isEmpty() || average.isEmpty() || changes.isEmpty() || keep.isEmpty() || logs.isEmpty() || frozen.isEmpty() || !areAlone(folds, settings, data.get()) || !enough(statement, net.get(), data.get(), loss.get())
        || batch == 1 && normalisesOne(statement, net.get())) {
      return Optional.empty();
    }
    List<Diagnostic> doubts = doubts(statement, net.get(), data.get(), loss.get(), batch, optimizer.get());
    doubts.forEach(d -> problems.report(d.code(), d.span(), d.message(), d.remedy()));
    return Optional.of(
        new CheckedTrain(
            statement.name().map(Name::text).orElse(""), statement.span(), net.get(), data.get(),
            new TrainSettings(
                epochs, batch, shuffle, seed, loss.get(), optimizer.get(), schedule.get(), clip.get(), keep.get(), accumulate, minutes,
                average.get(), changes.get(), attack.get(), federation.get()),
            logs.get(), frozen.get(), folds,
            lossSetting.map(this::text).orElseGet(() -> Objective.main(loss.get()).name()), statement,
            objectives.teachers(), tested.orElse(loss.get()), Optional.empty(), doubts, on.get()));
  }

  /** {@code train digits on N}: the two have changed places. */
  private boolean isTurned(Statement.Train statement) {
    boolean turned = statement.net().dotted().flatMap(formulas::definition).filter(Definition.Data.class::isInstance).isPresent()
        && statement.data().dotted().flatMap(formulas::definition).filter(Definition.Net.class::isInstance).isPresent();
    if (turned) {
      String data = problems.source().text(statement.net().span());
      String net = problems.source().text(statement.data().span());
      problems.report(
          Code.L021, statement.net().span(), "`" + data + "` is data, but a network is needed here",
          Remedy.of("write `train " + net + " on " + data + "`", new Edit(statement.net().span(), net), new Edit(statement.data().span(), data)));
    }
    return turned;
  }

  /** {@code train N on digits.train}: the data, of which training takes that part anyway. */
  private Optional<CheckedData> whole(Expression written) {
    if (!(written instanceof Expression.Member m && Examples.Part.named(m.name().text()).isPresent())
        || !(m.of().dotted().flatMap(formulas::definition).orElse(null) instanceof Definition.Data(CheckedData data))) {
      return Optional.empty();
    }
    Remedy remedy = Remedy.write(written.span(), data.name());
    problems.report(
        Code.L021, written.span(), "`" + m.name().text() + "` is a part of " + data.name() + ", but a network is trained on data as a whole, by what it has to train on",
        m.name().text().equals("train") ? remedy : remedy.perhaps());
    return Optional.of(data);
  }

  private boolean takes(Span at, CheckedNet net, CheckedData data) {
    return formulas.scope().training(net).isEmpty() ? new Fit(problems).takesFirst(at, net, data) : new Fit(problems).takes(at, net, data);
  }

  /** What runs, but is hardly meant. */
  private List<Diagnostic> doubts(Statement.Train statement, CheckedNet net, CheckedData data, Computation loss, int batch, Optimizer optimizer) {
    Problems own = new Problems(problems.source());
    new Ends(own, statement, net, data).check(loss);
    new Warnings(own).of(statement, net, data, loss, batch);
    statement.settings().stream()
        .filter(x -> x.key().text().equals("optimizer"))
        .forEach(x -> new Warnings(own).of(x.value().span(), net, optimizer));
    new Unusual(formulas, own, statement).check();
    return own.diagnostics();
  }

  /** By the loss of the examples to train on. */
  private Remedy plateau(Setting schedule) {
    Call call = Call.of(schedule.value());
    Optional<Edit> by = Limits.given(Schedules.named(call.name()).orElseThrow().signature(), call, "by").map(e -> new Edit(e.span(), "loss"));
    String text = problems.source().text(call.span());
    Edit first = text.endsWith("()") ? Edit.insert(call.span().end() - 1, "loss") : text.endsWith(")") ? Edit.insert(call.callee().end() + 1, "loss, ") : Edit.insert(call.span().end(), "(loss)");
    return Remedy.of("write plateau(loss)", by.orElse(first));
  }

  private SettingEdits edits(Statement.Train statement) {
    return new SettingEdits(problems.source(), statement.data().span().end());
  }

  /** A loss as it was written, on one line. */
  String text(Setting loss) {
    return loss.value() instanceof Expression.Block(var _, List<Setting> lines)
        ? lines.stream().map(l -> l.key().text() + " = " + text(l)).collect(Collectors.joining("; ", "{ ", " }"))
        : problems.source().text(loss.value().span()).replaceAll("\\s+", " ");
  }

  /** Whether nothing is set that has no meaning beside {@code folds}. */
  private boolean areAlone(int folds, Settings settings, CheckedData data) {
    Optional<Setting> own = settings.get("folds").filter(_ -> folds > 0);
    boolean validated = own.isPresent() && data.validation().isPresent();
    if (settings.get("critic").isPresent()) {
      problems.report(
          Code.L098, settings.get("critic").get().key().span(), "`critic` holds the settings of a network that another is trained against, but here is one alone",
          "write `train G against D`");
      return false;
    }
    boolean brought = own.isPresent() && !validated && data.validates();
    if (brought) {
      problems.report(
          Code.L019, own.get().key().span(), "`folds` sets examples apart to validate on, and " + data.name() + " brings others", "leave out `folds`");
    }
    boolean resumed = own.isPresent() && settings.get("resume").isPresent();
    if (validated) {
      problems.report(
          Code.L019, own.get().key().span(), "`folds` and `split.val` both set examples apart to validate on", "leave out one of the two");
    }
    if (resumed) {
      problems.report(
          Code.L019, settings.get("resume").get().key().span(), "`resume` goes on with one training, but `folds` makes several",
          "leave out one of the two");
    }
    return !validated && !brought && !resumed;
  }

  /** {@code freeze = [enc, conv1]}: layers and blocks whose parameters stay as they are. */
  private Optional<List<String>> frozen(Optional<Setting> setting, Statement.Train statement, CheckedNet net) {
    List<String> frozen = new ArrayList<>();
    if (setting.isEmpty()) {
      return Optional.of(frozen);
    }
    Set<String> parameters = net.parameterShapes().keySet();
    for (Expression e : setting.get().value() instanceof Expression.Items items ? items.items() : List.of(setting.get().value())) {
      String part = e.dotted().orElse("");
      if (part.isEmpty() || parameters.stream().noneMatch(p -> CheckedNet.isIn(part, p))) {
        String written = e instanceof Expression.Text(Span _, String text) ? text : part;
        String own = written.startsWith(net.name() + ".") ? written.substring(net.name().length() + 1) : written;
        Remedy remedy = Meant.oneOf(e.span(), own, net.parts());
        return problems.report(
            Code.L006, e.span(), net.name() + " has no layer or block with parameters that is called `" + (part.isEmpty() ? problems.source().text(e.span()) : part) + "`",
            remedy.isEmpty() ? Remedy.say("there is " + String.join(", ", net.parts())) : remedy);
      }
      frozen.add(part);
    }
    return parameters.stream().allMatch(p -> frozen.stream().anyMatch(f -> CheckedNet.isIn(f, p)))
        ? problems.report(
            Code.L015, setting.get().value().span(), "`freeze` leaves nothing to train", Remedy.of("leave a layer out, or `freeze`", edits(statement).remove(setting.get(), statement.settings())))
        : Optional.of(frozen);
  }

  /** The schedule that a call names: one of the runtime's, or a {@code def} of the progress from 0 to 1. */
  Optional<Schedule> schedule(Settings settings) {
    Optional<Setting> setting = settings.get("schedule");
    if (setting.isEmpty()) {
      return Optional.of(Schedule.CONSTANT);
    }
    Call call = Call.of(setting.get().value());
    Optional<Schedules.Definition> definition = Schedules.named(call.name());
    Optional<Statement.Function> function = formulas.lookups().function(call.name());
    if (definition.isEmpty() && function.isPresent()) {
      List<Parameter> constants = function.get().parameters().stream().skip(1).toList();
      return new UserCalls(formulas, problems).bind(function.get().name(), constants, call.arguments(), call.span())
          .flatMap(given -> formulas.lookups().functions(function.get()).formula(function.get(), given, call.span()))
          .map(factor -> Schedule.factor(progress -> factor.evaluate(_ -> progress)));
    }
    if (definition.isEmpty()) {
      return unknown(Code.L069, call, "schedule", Schedules.all().stream().map(s -> s.signature().name()).toList());
    }
    Signature signature = definition.get().signature();
    if (new Foreign(problems).toldOfArguments(Room.SCHEDULE, call.span(), signature, call.arguments())) {
      return Optional.empty();
    }
    Optional<Arguments> arguments =
        new Calls(formulas, problems).bind(signature, call.span(), call.arguments());
    try {
      return arguments.map(a -> definition.get().bind(a));
    } catch (IllegalArgumentException e) {
      Remedy remedy = share(signature, call, settings).orElseGet(() -> new Limits(formulas, problems).remedy(signature, call, e.getMessage()));
      return problems.report(Code.L015, Limits.span(signature, call, e.getMessage()), call.name() + ": " + e.getMessage(), remedy);
    }
  }

  /** {@code warm_up(5)} of 50 epochs: their share. */
  private Optional<Remedy> share(Signature signature, Call call, Settings settings) {
    Optional<Expression> given = Limits.given(signature, call, "share");
    Optional<Double> part = new Limits(formulas, problems).number(signature, call, "share").filter(s -> s >= 1 && s == Math.rint(s));
    Optional<Double> all = settings.get("epochs").flatMap(s -> Calls.number(formulas, s.value())).flatMap(Calls::whole).map(Integer::doubleValue);
    return part.isPresent() && all.filter(a -> part.get() < a).isPresent()
        ? Optional.of(Remedy.write(given.get().span(), Limits.text(part.get() / all.get())).saying("the share of all epochs is meant: " + Limits.text(part.get() / all.get())))
        : Optional.empty();
  }

  /** {@code clip = norm(1)} and {@code clip = value(0.5)}. */
  Optional<Clip> clip(Optional<Setting> setting) {
    if (setting.isEmpty()) {
      return Optional.of(new Clip.None());
    }
    Call call = Call.of(setting.get().value());
    Optional<Constant> number = Calls.number(formulas, setting.get().value());
    if (number.isPresent()) {
      return problems.report(
          Code.L069, call.span(), "`clip` says how gradients are limited: together, with norm(1), or each by itself, with value(0.5)",
          Remedy.write(call.span(), "norm(" + problems.source().text(call.span()) + ")"));
    }
    if (!call.name().equals("norm") && !call.name().equals("value")) {
      return unknown(Code.L069, call, "way to clip gradients", List.of("norm", "value"));
    }
    Signature signature = call.name().equals("norm") ? SettingCalls.NORM : SettingCalls.VALUE;
    Optional<Double> most = number(call, signature);
    if (most.isPresent() && most.get() <= 0) {
      String message = call.name() + ": most must be above 0, not " + most.get();
      return problems.report(Code.L015, Limits.span(signature, call, message), message, new Limits(formulas, problems).remedy(signature, call, message));
    }
    return most.map(m -> call.name().equals("norm") ? new Clip.Norm(m) : new Clip.Value(m));
  }

  /** {@code average = ema(0.999)}: the share of the averages that a step keeps; 0 without any. */
  Optional<Double> average(Optional<Setting> setting) {
    if (setting.isEmpty()) {
      return Optional.of(0.0);
    }
    Call call = Call.of(setting.get().value());
    if (Calls.number(formulas, setting.get().value()).isPresent()) {
      return problems.report(
          Code.L069, call.span(), "`average` says how parameters are averaged: ema(0.999)", Remedy.write(call.span(), "ema(" + problems.source().text(call.span()) + ")"));
    }
    if (!call.name().equals("ema")) {
      return unknown(Code.L069, call, "way to average parameters", List.of("ema"));
    }
    Optional<Double> decay = number(call, SettingCalls.EMA);
    return decay.isEmpty() || decay.get() > 0 && decay.get() < 1
        ? decay
        : problems.report(
            Code.L015, Limits.given(SettingCalls.EMA, call, "decay").orElseThrow().span(), "ema: decay must be above 0 and below 1, not " + decay.get(),
            Remedy.write(Limits.given(SettingCalls.EMA, call, "decay").orElseThrow().span(), "0.999"));
  }

  /** {@code adversarial = pgd(0.3, steps = 7)}. */
  private Optional<Optional<Attack>> attack(Optional<Setting> setting) {
    return setting.isEmpty() ? Optional.of(Optional.empty()) : new AttackCalls(formulas, problems).of(setting.get().value()).map(Optional::of);
  }

  /** The only argument of a call. */
  private Optional<Double> number(Call call, Signature signature) {
    return new Calls(formulas, problems).bind(signature, call).map(a -> a.number(signature.arguments().getFirst().name()));
  }

  private boolean enough(Statement.Train statement, CheckedNet net, CheckedData data, Computation loss) {
    if (loss instanceof Objective(var losses, var _) && losses.stream().noneMatch(l -> l.name().isEmpty() && l.reads().equals(List.of(Read.output(0), Read.TARGET)))) {
      return true;
    }
    int classes = data.target().classes();
    if (classes == 1 && !(loss instanceof TwoViews)) {
      problems.report(
          Code.L016, statement.net().span(), "all examples of " + data.name() + " are of one class: there is nothing to tell apart",
          "look at what is its label; numbers to predict are no classes, but a target");
      return false;
    }
    boolean enough = classes == 0 || loss instanceof Comparison || net.output().size() >= classes || net.output().size() == 1 && singleIsEnough(loss, classes);
    if (!enough) {
      problems.report(
          Code.L016,
          statement.net().span(),
          net.name() + " has " + net.output().size() + (net.output().size() == 1 ? " output" : " outputs") + ", but " + data.name() + " has " + classes + " classes",
          StepEdits.outputs(problems, net, classes, "end the network with dense(" + classes + ")"));
    }
    return enough;
  }

  /** A single output may be the label itself, but a probability is that of one class of two. */
  private static boolean singleIsEnough(Computation loss, int classes) {
    Computation main = Objective.main(loss);
    return switch (main.name()) {
      case "cross_entropy" -> false;
      case "bce", "bce_with_logits" -> classes == 2;
      default -> true;
    };
  }

  /** Whether batches of one example have one value for each statistic of a batchnorm; others are found when the examples are counted. */
  boolean normalisesOne(Statement.Train statement, CheckedNet net) {
    boolean alone = net.layers().stream()
        .anyMatch(l -> l.computation().name().equals("batchnorm") && l.output().size() == l.output().channels());
    if (alone) {
      Remedy larger = statement.settings().stream().filter(s -> s.key().text().equals("batch")).findFirst()
          .map(s -> Remedy.of("take a larger batch, or layernorm", new Edit(s.value().span(), "32"))).orElse(Remedy.say("take a larger batch, or layernorm"));
      problems.report(Code.L052, statement.span(), "batchnorm of single examples: a batch of 1 has no variance", larger);
    }
    return alone;
  }

  Optional<Optimizer> optimizer(Optional<Setting> setting) {
    Call call = setting.map(s -> Call.of(s.value())).orElse(new Call(new Span(0, 0), new Span(0, 0), "sgd", List.of()));
    return new OptimizerCalls(formulas, problems).optimizer(call);
  }

  private <T> Optional<T> unknown(Code code, Call call, String what, List<String> known) {
    if (code == Code.L069 && (new Foreign(problems).told(Room.SCHEDULE, call.span()) || new Foreign(problems).told(Room.WATCH, call.span()))) {
      return Optional.empty();
    }
    return problems.report(
        code, call.span(), "unknown " + what + " `" + new Words(problems).shown(call) + "`", new Words(problems).remedy(call, known));
  }
}
