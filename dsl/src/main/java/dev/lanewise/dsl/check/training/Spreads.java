package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.call.SettingEdits;
import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.Spread;
import dev.lanewise.dsl.spread.Cluster;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.word.SettingCalls;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** Checks {@code on = spark("local[2]")}: which other processes take part of the work. */
record Spreads(Formulas formulas, Problems problems) {
  static final String ON = "on";
  /** What others cannot take part of, with the reason. */
  private static final List<Strange> STRANGE = List.of(
      new Strange("folds", "`folds` are trainings of their own: sweep the run, whose trials other processes train"),
      new Strange("adversarial", "attacked examples are made with the network as it is at that moment, which only this process has"),
      new Strange("accumulate", "`accumulate` keeps gradients from batch to batch, which other processes do not: take a larger batch"));

  private record Strange(String setting, String why) {}

  /** Empty, and reported, if something is wrong; else who takes part of a training, if anybody does. */
  Optional<Optional<Spread>> of(Settings settings, Statement.Train statement) {
    Optional<Setting> own = settings.get(ON);
    if (own.isEmpty()) {
      return Optional.of(Optional.empty());
    }
    for (Strange strange : STRANGE) {
      Optional<Setting> other = settings.get(strange.setting);
      if (other.isPresent()) {
        return problems.report(
            Code.L019, other.get().key().span(), strange.why, Remedy.of("leave out one of the two", edits(statement).remove(own.get(), statement.settings())).perhaps());
      }
    }
    return of(own.get(), statement.data().span().end(), statement.settings()).map(Optional::of);
  }

  private SettingEdits edits(Statement.Train statement) {
    return new SettingEdits(problems.source(), statement.data().span().end());
  }

  /** Empty, and reported, if something is wrong. @param head where the settings begin @param all of the statement */
  Optional<Spread> of(Setting setting, int head, List<Setting> all) {
    Call call = Call.of(setting.value());
    List<Signature> known = SettingCalls.all().get(ON);
    Optional<Signature> signature = known.stream().filter(s -> s.name().equals(call.name())).findFirst();
    if (signature.isEmpty()) {
      Remedy near = Suggestions.remedy(call.callee(), call.name(), known.stream().map(Signature::name).toList());
      return problems.report(
          Code.L011, setting.value().span(), "`on` says which other processes take part of the work", near.isEmpty() ? Remedy.say("write on = spark(\"local[2]\")") : near);
    }
    Optional<Arguments> arguments = new Calls(formulas, problems).bind(signature.get(), call);
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    Optional<Cluster> cluster = Cluster.named(call.name());
    if (cluster.isEmpty()) {
      return problems.report(
          Code.L146, setting.span(), "`" + call.name() + "` is a module of its own, and this Lanewise has been built without it",
          Remedy.of("build it with `mvn -Pspark -Dmaven.test.skip=true package`, or leave out `on`: then all of the work is done here", new SettingEdits(problems.source(), head).remove(setting, all)).perhaps());
    }
    String address = arguments.get().text("master");
    Optional<String> strange = cluster.get().strange(address);
    return strange.isPresent() ? problems.report(Code.L015, call.span(), strange.get(), "") : Optional.of(new Spread(call.name(), address, setting.span()));
  }
}
