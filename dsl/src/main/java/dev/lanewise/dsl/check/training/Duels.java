package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.call.LossCalls;
import dev.lanewise.dsl.check.call.SettingEdits;
import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Fit;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.Plateau;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Change;
import dev.lanewise.runtime.train.Keep;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks {@code train G against D on data}: G makes examples of noise, D tells them from those of the data. */
public record Duels(Formulas formulas, Problems problems) {
  /** The settings in {@code critic { … }}. */
  public static final List<String> OF_CRITIC = List.of("optimizer", "steps");

  private static final Set<String> OF_SCORES = Set.of("stop", "save", "metrics", "folds");
  private static final Set<String> OTHERS = Set.of("resume", "heads", "freeze", "accumulate", "adversarial", Spreads.ON);
  private static final String LOSS = "bce_with_logits";

  Optional<CheckedTrain> train(Statement.Train statement) {
    Expression against = statement.against().orElseThrow();
    Optional<CheckedNet> generator = formulas.lookups().net(statement.net());
    Optional<CheckedNet> critic = formulas.lookups().net(against);
    Optional<CheckedData> data = formulas.lookups().data(statement.data());
    Settings settings = Settings.of(statement.settings(), List.copyOf(SettingNames.train().keySet()), formulas, problems);
    if (generator.isEmpty() || critic.isEmpty() || data.isEmpty() || !isMeant(settings, statement)) {
      return Optional.empty();
    }
    CheckedNet g = generator.get();
    CheckedNet d = critic.get();
    boolean fits = meet(statement.net().span(), against.span(), g, d) && new Fit(problems).takes(against.span(), d, data.get())
        && new Fit(problems).takesBeside(statement.net().span(), g, data.get()) && takesTheMain(against.span(), d, data.get());
    return fits ? settings(statement, settings, g, d, data.get()) : Optional.empty();
  }

  private Remedy removed(Setting setting, Statement.Train statement) {
    return Remedy.of("remove it", new SettingEdits(problems.source(), statement.data().span().end()).remove(setting, statement.settings()));
  }

  private boolean isMeant(Settings settings, Statement.Train statement) {
    for (String key : settings.byKey().keySet()) {
      if (OF_SCORES.contains(key) || OTHERS.contains(key)) {
        problems.report(
            Code.L098, settings.get(key).orElseThrow().key().span(), "`" + key + "` has no meaning where two networks are trained against each other",
            removed(settings.get(key).orElseThrow(), statement).saying(
                OF_SCORES.contains(key) ? "neither loss says how good they are; shares(Net, G) tells what another network takes the made examples for" : "remove it"));
        return false;
      }
    }
    return true;
  }

  private boolean meet(Span ofG, Span ofD, CheckedNet g, CheckedNet d) {
    if (g == d) {
      problems.report(Code.L098, ofD, g.name() + " cannot be trained against itself", "name another network");
    } else if (!g.first().shape().isFlat() || g.first().isWhole()) {
      problems.report(
          Code.L098, ofG, g.name() + " takes " + g.first().kind() + ", but what makes examples of noise begins with a row of numbers", "write `input 16`");
    } else if (!d.output().equals(Shape.of(1))) {
      problems.report(
          Code.L098, ofD, d.name() + " gives " + d.output() + ", but one number says whether an example is of the data", "end it with dense(1)");
    } else if (!g.output().equals(d.input()) || d.first().isWhole()) {
      problems.report(Code.L098, ofG, g.name() + " makes " + g.output() + ", but " + d.name() + " takes " + d.first().kind(), "end it with " + d.input());
    } else if (g.parameterShapes().isEmpty() || d.parameterShapes().isEmpty()) {
      problems.report(
          Code.L015, g.parameterShapes().isEmpty() ? ofG : ofD,
          (g.parameterShapes().isEmpty() ? g : d).name() + " has no parameters: there is nothing to train", "add a layer that has some, such as dense");
    } else {
      return true;
    }
    return false;
  }

  private boolean takesTheMain(Span at, CheckedNet d, CheckedData data) {
    boolean other = !d.first().name().isEmpty() && data.field(d.first().name()).filter(f -> !f.equals(data.fields().getFirst())).isPresent();
    if (other) {
      problems.report(
          Code.L098, at, d.name() + " begins with `" + d.first().name() + "`, but what is made is the main part of an example, `" + data.fields().getFirst().name() + "`",
          "let its first input be that one");
    }
    return !other;
  }

  private Optional<CheckedTrain> settings(Statement.Train statement, Settings settings, CheckedNet g, CheckedNet d, CheckedData data) {
    Trainings single = new Trainings(formulas, problems);
    int epochs = settings.whole("epochs", 1, 1);
    int batch = settings.whole("batch", 1, 64);
    boolean shuffle = settings.flag("shuffle", true);
    int seed = settings.whole("seed", 0, 1);
    double minutes = settings.positive("minutes", Double.POSITIVE_INFINITY);
    Optional<Optimizer> optimizer = single.optimizer(settings.get("optimizer"));
    Optional<Schedule> schedule = single.schedule(settings).flatMap(s -> constant(s, settings));
    Optional<Clip> clip = single.clip(settings.get("clip"));
    Optional<Double> average = single.average(settings.get("average"));
    Optional<List<Change>> changes = new Changes(formulas, problems, Optional.of(CheckedTrain.KeptSize.OF_TWO)).of(settings.get("changes"), epochs);
    Optional<Computation> loss = loss(settings.get("loss"), d);
    Optional<List<CheckedTrain.Log>> logs = new Kept(formulas, problems, Optional.empty(), false, Optional.empty()).logs(settings.get("log"));
    Optional<CheckedTrain.Rival> rival = loss.flatMap(l -> rival(single, statement, settings, d, l));
    boolean normalisesOne = batch == 1 && (single.normalisesOne(statement, g) || single.normalisesOne(statement, d));
    if (optimizer.isEmpty() || schedule.isEmpty() || clip.isEmpty() || average.isEmpty() || changes.isEmpty() || logs.isEmpty() || rival.isEmpty() || normalisesOne) {
      return Optional.empty();
    }
    settings.get("optimizer").ifPresent(o -> new Warnings(problems).of(o.value().span(), g, optimizer.get()));
    new Unusual(formulas, problems, statement).optimizer(settings.get("optimizer"));
    Keep keep = new Keep(Optional.empty(), Optional.empty(), Optional.empty(), List.<Measure.Kind>of());
    TrainSettings all = new TrainSettings(
        epochs, batch, shuffle, seed, loss.get(), optimizer.get(), schedule.get(), clip.get(), keep, 1, minutes, average.get(), changes.get());
    return Optional.of(new CheckedTrain(
        statement.name().map(Name::text).orElse(""), statement.span(), g, data, all, logs.get(), List.of(), 0,
        settings.get("loss").map(single::text).orElse(LOSS), statement, List.of(), loss.get(), rival, List.of(), Optional.empty()));
  }

  private Optional<Schedule> constant(Schedule schedule, Settings settings) {
    return schedule instanceof Plateau
        ? problems.report(
            Code.L098, settings.get("schedule").orElseThrow().value().span(), "`plateau` waits for a loss that gets no better, but of two networks against each other neither need fall",
            "take a schedule of the epochs, such as cosine")
        : Optional.of(schedule);
  }

  /** Of the critic's output, and of 1 for what is of the data, or else 0. */
  private Optional<Computation> loss(Optional<Setting> setting, CheckedNet d) {
    Span at = setting.map(s -> s.value().span()).orElse(new Span(0, 0));
    if (setting.isPresent() && (setting.get().value() instanceof Expression.Block || Call.of(setting.get().value()).name().equals("cross_entropy"))) {
      return single(at);
    }
    Call call = setting.map(s -> Call.of(s.value())).orElse(new Call(at, at, LOSS, List.of()));
    Optional<Computation> loss = new LossCalls(formulas, problems).bind(call.name(), call.arguments(), call.span(), at, d.output(), Target.classes(2));
    boolean compares = loss.isEmpty() || !(loss.get() instanceof Comparison) && loss.get().inputs().get(1).shape().size() == 1;
    return compares ? loss : single(at);
  }

  private Optional<Computation> single(Span at) {
    return problems.report(
        Code.L098, at, "two networks against each other have one loss, of one number and of 1 or 0", "take bce_with_logits, mse or hinge");
  }

  private Optional<CheckedTrain.Rival> rival(Trainings single, Statement.Train statement, Settings settings, CheckedNet d, Computation loss) {
    Optional<Setting> block = settings.get("critic");
    if (block.isPresent() && !(block.get().value() instanceof Expression.Block)) {
      return problems.report(Code.L011, block.get().value().span(), "`critic` is a block of settings", "write critic { optimizer = adam(0.0002); steps = 1 }");
    }
    List<Setting> lines = block.map(s -> ((Expression.Block) s.value()).lines()).orElse(List.of());
    Settings own = Settings.of(lines, OF_CRITIC, formulas, problems);
    Optional<Optimizer> optimizer = single.optimizer(own.get("optimizer").or(() -> settings.get("optimizer")));
    own.get("optimizer").filter(_ -> optimizer.isPresent()).ifPresent(o -> new Warnings(problems).of(o.value().span(), d, optimizer.get()));
    new Unusual(formulas, problems, statement).optimizer(own.get("optimizer"));
    return optimizer.map(o -> new CheckedTrain.Rival(d, o, own.whole("steps", 1, 1), loss));
  }
}
