package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.call.Limits;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.word.SettingCalls;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedules;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.signature.Signature;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Numbers of a training that are far outside of what anybody uses, and settings that come to nothing in so few epochs. */
record Unusual(Formulas formulas, Problems problems, Statement.Train train) {
  /** Arguments of optimisers from which on they are hardly meant. */
  private static final Map<String, Double> MOST = new TreeMap<>(Map.of("momentum", 0.9995, "beta1", 0.9995, "decay", 0.5));
  /** What takes a share of a parameter away itself can take more. */
  private static final Set<String> APART = Set.of("adamw", "lion", "muon");
  private static final double MOST_APART = 1;
  private static final double MOST_SMOOTH = 0.5;
  private static final int MOST_EPOCHS = 100_000;
  /** A patience of so many trainings cannot be meant; one that is a little too long may be, where epochs are added later. */
  private static final int LONG = 2;
  private static final String EPOCHS = "10";

  void check() {
    optimizer(setting("optimizer"));
    setting("loss").ifPresent(this::loss);
    epochs();
    stop();
    schedule();
  }

  private Optional<Setting> setting(String key) {
    return train.settings().stream().filter(s -> s.key().text().equals(key)).findFirst();
  }

  /** The learning rate against the range of the optimiser, and shares near 1. */
  void optimizer(Optional<Setting> setting) {
    Optional<Call> call = setting.map(s -> Call.of(s.value()));
    Optional<OptimizerDefinition> definition = call.flatMap(c -> Optimizers.named(c.name()));
    if (definition.isEmpty()) {
      return;
    }
    Signature signature = definition.get().signature();
    Optional<Double> rate = number(signature, call.get(), "lr");
    if (rate.isPresent() && (rate.get() < definition.get().least() || rate.get() > definition.get().most())) {
      Expression given = Limits.given(signature, call.get(), "lr").orElseThrow();
      String good = Limits.good(signature, "lr");
      problems.report(
          Code.L044, call.get().span(), "a learning rate of " + rate.get().floatValue() + " is far outside the usual range of " + signature.name(),
          Remedy.of(good + " is a good beginning", new Edit(given.span(), good)));
    }
    MOST.forEach((name, most) -> {
      double limit = name.equals("decay") && APART.contains(signature.name()) ? MOST_APART : most;
      Optional<Double> value = number(signature, call.get(), name);
      if (value.filter(v -> v >= limit).isPresent()) {
        tooLarge(signature, call.get(), name);
      }
    });
  }

  private void loss(Setting setting) {
    Call call = Call.of(setting.value());
    Signature signature = CrossEntropy.LOSS.signature();
    if (call.name().equals(signature.name()) && number(signature, call, "smooth").filter(v -> v > MOST_SMOOTH).isPresent()) {
      tooLarge(signature, call, "smooth");
    }
  }

  private void tooLarge(Signature signature, Call call, String name) {
    Expression given = Limits.given(signature, call, name).orElseThrow();
    String good = Limits.good(signature, name);
    problems.report(
        Code.L134, given.span(), "`" + name + "` of `" + signature.name() + "` is far larger than anybody takes it", Remedy.of(good + " is a good beginning", new Edit(given.span(), good)));
  }

  private void epochs() {
    setting("epochs").filter(s -> whole(s.value()).filter(e -> e >= MOST_EPOCHS).isPresent()).ifPresent(s -> problems.report(
        Code.L134, s.value().span(), "nobody waits for so many epochs", Remedy.of(EPOCHS + " is a good beginning; stop = early(val.loss) ends when nothing gets better", new Edit(s.value().span(), EPOCHS))));
  }

  private Optional<Integer> whole(Expression expression) {
    return formulas.constant(expression).flatMap(c -> c instanceof Constant.Num n && n.isWhole() ? Optional.of((int) Math.min(Integer.MAX_VALUE, n.value())) : Optional.empty());
  }

  private int trained() {
    return setting("epochs").flatMap(s -> whole(s.value())).orElse(1);
  }

  private void stop() {
    setting("stop").ifPresent(s -> patience(SettingCalls.EARLY, Call.of(s.value()), 2));
  }

  /** A schedule that changes nothing before the training ends. */
  private void schedule() {
    Optional<Call> call = setting("schedule").map(s -> Call.of(s.value()));
    Optional<Signature> signature = call.flatMap(c -> Schedules.named(c.name())).map(Schedules.Definition::signature);
    if (signature.isEmpty()) {
      return;
    }
    if (call.get().name().equals("plateau")) {
      patience(signature.get(), call.get(), 4);
    }
    Optional<Double> every = number(signature.get(), call.get(), "every");
    if (every.filter(e -> e >= trained()).isPresent() && trained() > 1) {
      nothing(Limits.given(signature.get(), call.get(), "every").orElseThrow(), "`step` changes nothing: the training has " + trained() + " epochs", trained() / 2);
    }
  }

  private void patience(Signature signature, Call call, int part) {
    Optional<Double> patience = number(signature, call, "patience");
    if (call.name().equals(signature.name()) && patience.filter(p -> p >= LONG * trained()).isPresent() && trained() > 1) {
      nothing(
          Limits.given(signature, call, "patience").orElseThrow(),
          "`" + signature.name() + "` never comes to it: it waits for " + patience.get().intValue() + " epochs, and the training has " + trained(), Math.min(3, Math.max(1, trained() / part)));
    }
  }

  private void nothing(Expression given, String message, int better) {
    problems.report(Code.L135, given.span(), message, Remedy.write(given.span(), Integer.toString(better)));
  }

  private Optional<Double> number(Signature signature, Call call, String name) {
    return new Limits(formulas, problems).number(signature, call, name);
  }
}
