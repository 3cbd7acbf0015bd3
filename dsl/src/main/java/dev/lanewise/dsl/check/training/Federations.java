package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.call.SettingEdits;
import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.federate.Method;
import dev.lanewise.runtime.federate.Partition;
import dev.lanewise.runtime.federate.Privacy;
import dev.lanewise.runtime.federate.Words;
import dev.lanewise.runtime.optimize.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Checks {@code federated { clients = 100; fraction = 0.1; … }}, and what stands beside it. */
record Federations(Formulas formulas, Problems problems, Statement.Train statement) {
  static final String FEDERATED = "federated";
  private static final String ROUNDS = "rounds";
  private static final String UNTIL = "until";
  /** What a training by clients together has none of, with the reason. */
  private static final List<String> STRANGE =
      List.of("epochs", "batch", "folds", "adversarial", "schedule", "average", "accumulate", "minutes", "changes", "stop", "save", "metrics", "critic");

  /** How many rounds there are; 1 if that is not said. */
  static int rounds(Settings settings) {
    return settings.whole(ROUNDS, 1, 1);
  }

  /** Empty, and reported, if something is wrong; else with the clients, if there are any. */
  Optional<Optional<Federation>> of(Settings settings, Optional<CheckedNet> net, Optional<CheckedData> data, Optional<Optimizer> optimizer) {
    Optional<Setting> block = settings.get(FEDERATED);
    if (block.isEmpty()) {
      for (String own : List.of(ROUNDS, UNTIL)) {
        if (settings.get(own).isPresent()) {
          return problems.report(
              Code.L019, settings.get(own).get().key().span(), "`" + own + "` belongs to a training by clients, and this one has no `federated { … }`",
              own.equals(ROUNDS) ? Remedy.write(settings.get(own).get().key().span(), "epochs").perhaps() : Remedy.say("write federated { clients = 100 } before it"));
        }
      }
      return Optional.of(Optional.empty());
    }
    if (!(block.get().value() instanceof Expression.Block(var _, List<Setting> lines))) {
      return problems.report(Code.L011, block.get().value().span(), "`federated` is a block of settings", "write federated { clients = 100; fraction = 0.1 }");
    }
    if (!isAlone(settings) || data.isPresent() && !isTested(data.get(), block.get())) {
      return Optional.empty();
    }
    int before = problems.diagnostics().size();
    Settings own = Settings.of(lines, List.copyOf(SettingNames.federated().keySet()), formulas, problems);
    Optional<Partition> partition = own.get("split").map(s -> named(s, Words.partitions(), "way to split examples")).orElse(Optional.of(new Partition.Iid()));
    Optional<Method> method = own.get("method").map(s -> named(s, Words.methods(), "method of federated learning")).orElse(Optional.of(Method.fedavg(0)));
    Optional<Optional<Privacy>> privacy = own.get("privacy").map(s -> named(s, Words.privacies(), "kind of privacy").map(Optional::of)).orElse(Optional.of(Optional.empty()));
    int clients = own.whole("clients", 1, partition.orElse(null) instanceof Partition.ByColumn ? Partition.ALL : 10), epochs = own.whole("epochs", 1, 1), batch = own.whole("batch", 0, 10), steps = own.whole("steps", 1, 0);
    double fraction = own.positive("fraction", 1);
    Optional<OptionalDouble> until = until(settings.get(UNTIL));
    if (fraction > 1) {
      return problems.report(Code.L015, own.get("fraction").orElseThrow().value().span(), "`fraction` is a share of the clients: at most 1, not " + new Constant.Num(fraction), Remedy.write(own.get("fraction").get().value().span(), "1"));
    }
    if (partition.isEmpty() || method.isEmpty() || privacy.isEmpty() || until.isEmpty() || problems.diagnostics().size() > before) {
      return Optional.empty();
    }
    if (partition.get() instanceof Partition.ByColumn by && data.isPresent() && !has(data.get(), by, own.get("split").orElseThrow())) {
      return Optional.empty();
    }
    if (method.get().isOfClients() && optimizer.isPresent() && !optimizer.get().update().state().isEmpty()) {
      return problems.report(
          Code.L019, own.get("method").orElseThrow().value().span(), "`" + method.get().name() + "` changes steps of plain gradient descent, and the optimizer keeps something between steps",
          "write optimizer = sgd(0.1)");
    }
    if (steps > 0 && own.get("epochs").isPresent()) {
      return problems.report(Code.L019, own.get("steps").orElseThrow().key().span(), "a round is so many `steps` or so many `epochs` of each client", "leave out one of the two");
    }
    if (privacy.get().isPresent() && !hides(privacy.get().get(), method.get(), clients, own.get("privacy").orElseThrow(), net)) {
      return Optional.empty();
    }
    return Optional.of(Optional.of(new Federation(clients, fraction, epochs, batch, partition.get(), method.get(), until.get(), privacy.get(), steps)));
  }

  private boolean isAlone(Settings settings) {
    for (String strange : STRANGE) {
      Optional<Setting> found = settings.get(strange);
      if (found.isPresent()) {
        boolean isRounds = strange.equals("epochs");
        Remedy remedy = isRounds ? Remedy.write(found.get().key().span(), ROUNDS).perhaps()
            : Remedy.of("leave it out", new SettingEdits(problems.source(), statement.data().span().end()).remove(found.get(), statement.settings()));
        problems.report(
            Code.L019, found.get().key().span(),
            isRounds || strange.equals("batch") ? "a training by clients counts rounds, and its clients have `" + strange + "` of their own in `federated { … }`" : "`" + strange + "` has no meaning in a training by clients",
            remedy);
        return false;
      }
    }
    return true;
  }

  /** Each round is told with the accuracy on examples that no client has. */
  private boolean isTested(CheckedData data, Setting at) {
    boolean tested = data.validates() || data.origin().hasTest() || data.test().isPresent();
    if (!tested) {
      problems.report(Code.L022, at.key().span(), "each round is tested on examples that no client has, and " + data.name() + " has none", "set some apart: split.test = 1_000");
    }
    return tested;
  }

  /** Whether clients can be hidden so. */
  private boolean hides(Privacy privacy, Method method, int clients, Setting at, Optional<CheckedNet> net) {
    int before = problems.diagnostics().size();
    if (method.corrects()) {
      problems.report(Code.L019, at.key().span(), "`" + method.name() + "` sends more than a change of the parameters, which nothing would hide", "take fedavg, fedprox or fedadam");
    }
    if (clients > 0 && privacy.delta() * clients >= 1) {
      problems.report(
          Code.L015, at.value().span(), "`delta` must be well below 1 / clients, not " + new Constant.Num(privacy.delta()) + ": otherwise the guarantee holds where one client's examples are shown to everybody", "leave it out: 1e-5");
    }
    if (net.isPresent() && net.get().layers().stream().anyMatch(l -> l.computation().name().equals("batchnorm"))) {
      problems.report(Code.L019, at.key().span(), net.get().name() + " keeps running means of its batches, which `privacy` does not hide", "take groupnorm or layernorm in place of batchnorm");
    }
    return problems.diagnostics().size() == before;
  }

  /** What is written in the data can be seen before any is read. */
  private boolean has(CheckedData data, Partition.ByColumn by, Setting at) {
    List<String> grouped = data.origin() instanceof CheckedData.Origin.Files(var _, OpenedData files) ? files.grouped() : List.of();
    List<String> parts = data.fields().stream().filter(f -> new Partition.ByColumn(f.name()).isOne(f)).map(Field::name).toList();
    if (grouped.equals(List.of(by.column())) || parts.contains(by.column())) {
      return true;
    }
    List<String> known = new ArrayList<>(grouped.size() == 1 ? grouped : List.of());
    known.addAll(parts);
    Optional<String> near = Suggestions.nearest(by.column(), known);
    problems.report(
        Code.L022, at.value().span(), "the examples of " + data.name() + " are not grouped by `" + by.column() + "`, and have no part of that name that is a whole number",
        near.isPresent() ? Remedy.write(at.value().span(), "by(" + near.get() + ")").perhaps() : Remedy.say("name it where the data is: csv(…, group = " + by.column() + ")"));
    return false;
  }

  private <T> Optional<T> named(Setting setting, List<Words.Definition<T>> all, String what) {
    Call call = Call.of(setting.value());
    Optional<Words.Definition<T>> found = Words.named(all, call.name());
    if (found.isEmpty()) {
      return problems.report(
          Code.L069, call.span(), "unknown " + what + " `" + call.name() + "`", Suggestions.remedy(call.callee(), call.name(), all.stream().map(d -> d.signature().name()).toList()));
    }
    try {
      return new Calls(formulas, problems).bind(found.get().signature(), call).map(found.get().binder()::apply);
    } catch (IllegalArgumentException e) {
      return problems.report(Code.L015, call.span(), e.getMessage(), "");
    }
  }

  /** {@code until = accuracy >= 0.99}. */
  private Optional<OptionalDouble> until(Optional<Setting> setting) {
    if (setting.isEmpty()) {
      return Optional.of(OptionalDouble.empty());
    }
    Expression value = setting.get().value();
    if (value instanceof Expression.Binary(var _, Operator operator, Expression left, Expression right)
        && operator == Operator.AT_LEAST && left.dotted().filter("accuracy"::equals).isPresent()) {
      Optional<Constant> number = formulas.constant(right);
      if (number.isPresent() && number.get() instanceof Constant.Num(double least) && least > 0 && least <= 1) {
        return Optional.of(OptionalDouble.of(least));
      }
    }
    return problems.report(Code.L011, value.span(), "`until` says which accuracy ends the training, such as `accuracy >= 0.99`", "");
  }
}
