package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.word.SettingCalls;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks {@code changes = [rate(0.1, epoch = 1, batch = 37), stop(epoch = 2, batch = 14)]}: what happens to a training on its way.
 *
 * @param sized why its batches keep their size; empty if they need not
 */
record Changes(Formulas formulas, Problems problems, Optional<CheckedTrain.KeptSize> sized) {
  /** @param epochs of the training */
  Optional<List<Change>> of(Optional<Setting> setting, int epochs) {
    List<Change> changes = new ArrayList<>();
    if (setting.isEmpty()) {
      return Optional.of(changes);
    }
    for (Expression e : setting.get().value() instanceof Expression.Items items ? items.items() : List.of(setting.get().value())) {
      Optional<Change> change = change(Call.of(e), epochs);
      if (change.isEmpty()) {
        return Optional.empty();
      }
      changes.add(change.get());
    }
    return Optional.of(changes);
  }

  private Optional<Change> change(Call call, int epochs) {
    Optional<Signature> signature = SettingCalls.all().get("changes").stream().filter(s -> s.name().equals(call.name())).findFirst();
    if (signature.isEmpty()) {
      return problems.report(
          Code.L011, call.span(), "`changes` lists what happens after a batch: another learning rate, another size of the batches, or the end",
          "write changes = [rate(0.1, epoch = 1, batch = 37)]");
    }
    Optional<Arguments> arguments = new Calls(formulas, problems).bind(signature.get(), call);
    if (arguments.isEmpty() || !isInside(signature.get(), call, arguments.get(), epochs)) {
      return Optional.empty();
    }
    int epoch = arguments.get().integer("epoch");
    int batch = arguments.get().integer("batch");
    if (signature.get() == SettingCalls.STOP) {
      return Optional.of(new Change.Stop(epoch, batch));
    }
    if (signature.get() == SettingCalls.SIZE) {
      return size(call, arguments.get().integer("to"), epoch, batch);
    }
    double to = arguments.get().number("to");
    return to > 0 && Double.isFinite(to)
        ? Optional.of(new Change.Rate(epoch, batch, Double.NaN, to))
        : problems.report(Code.L015, Calls.span(SettingCalls.RATE, call, "to"), "rate: a learning rate must be above 0, not " + to, "");
  }

  private Optional<Change> size(Call call, int to, int epoch, int batch) {
    if (sized.isPresent()) {
      return problems.report(Code.L015, call.span(), "size: " + sized.get().why(), "leave it out");
    }
    return to > 0
        ? Optional.of(new Change.Size(epoch, batch, 0, to))
        : problems.report(Code.L015, Calls.span(SettingCalls.SIZE, call, "to"), "size: a batch has at least 1 example, not " + to, "");
  }

  private boolean isInside(Signature signature, Call call, Arguments arguments, int epochs) {
    for (String name : List.of("epoch", "batch")) {
      if (arguments.integer(name) < 1) {
        problems.report(Code.L015, Calls.span(signature, call, name), signature.name() + ": " + name + " is counted from 1", "");
        return false;
      }
    }
    if (arguments.integer("epoch") > epochs) {
      problems.report(
          Code.L015, Calls.span(signature, call, "epoch"),
          signature.name() + ": epoch " + arguments.integer("epoch") + " never comes, training has " + epochs, "");
      return false;
    }
    return true;
  }
}
