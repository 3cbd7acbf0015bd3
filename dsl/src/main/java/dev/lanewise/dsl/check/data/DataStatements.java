package dev.lanewise.dsl.check.data;

import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Foreign;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.meaning.CheckedData.Normalize;
import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Checks {@code data} statements. Files whose shape or classes the script does not say are looked at here. */
public record DataStatements(Formulas formulas, Problems problems) {
  public Optional<CheckedData> check(Statement.Data statement) {
    Settings settings = Settings.of(statement.settings(), List.copyOf(SettingNames.data().keySet()), formulas, problems);
    OptionalInt limit = count(settings, "limit");
    OptionalInt ofEachClass = count(settings, "limit.class");
    OptionalInt test = count(settings, "split.test");
    OptionalInt validation = count(settings, "split.val");
    boolean rebuilds = rebuilds(settings.get("target"));
    OptionalInt pairs = count(settings, "pairs");
    boolean balance = balance(settings.get("balance"));
    Optional<String> positive = settings.get("positive").flatMap(this::positive);
    var changes = new Augments(formulas, problems).of(settings.get("augment"));
    Call call = Call.of(statement.from());
    Optional<CheckedData> data = origin(statement, heard(call, settings)).map(
        origin -> new CheckedData(
            statement.name().text(), call.span(), origin, limit, ofEachClass, test, validation, rebuilds, pairs, balance, positive,
            normalize(settings.get("normalize"), origin.shape()), changes));
    return data.filter(new Ineffective(settings, problems)::none);
  }

  /** {@code target = input}: every example is its own target. */
  private boolean rebuilds(Optional<Setting> setting) {
    boolean input = setting.isPresent() && setting.get().value() instanceof Expression.Word(var _, String word)
        && word.equals("input");
    if (setting.isPresent() && !input) {
      problems.report(
          Code.L011, setting.get().value().span(), "`target` is `input`: the network learns to rebuild what it sees",
          "without it, the network learns what the data brings");
    }
    return input;
  }

  /** What a network is given of sounds may stand among the settings, too: it is an argument of the source. */
  private Call heard(Call call, Settings settings) {
    Optional<Setting> features = settings.get("features");
    boolean takes = DataSources.named(call.name()).filter(d -> d.signature().arguments().stream().anyMatch(a -> a.name().equals("features"))).isPresent();
    if (features.isEmpty() || !takes) {
      features.filter(_ -> DataSources.named(call.name()).isPresent()).ifPresent(s -> problems.report(
          Code.L015, s.key().span(), "features are those of sounds, but `" + call.name() + "` gives none", "leave it out; audio(…) and tones(…) give sounds"));
      return call;
    }
    List<Argument> all = new ArrayList<>(call.arguments());
    all.add(new Argument(features.get().span(), Optional.of(features.get().key()), features.get().value()));
    return new Call(call.span(), call.callee(), call.name(), all);
  }

  private Optional<Origin> origin(Statement.Data statement, Call call) {
    Optional<DataSources.Definition> source = DataSources.named(call.name());
    if (source.isEmpty() && new Foreign(problems).told(Room.DATA, call.span())) {
      return Optional.empty();
    }
    if (source.isEmpty()) {
      List<String> known = DataSources.signatures().stream().map(Signature::name).toList();
      return call.name().isEmpty()
          ? problems.report(
              Code.L001, statement.from().span(), "expected where the data comes from", "for example `mnist()`")
          : problems.report(
              Code.L070, call.span(), "unknown data source `" + call.name() + "`",
              Suggestions.among(call.callee(), call.name(), known));
    }
    try {
      return new Calls(formulas, problems).bind(source.get().signature(), call.span(), call.arguments())
          .map(a -> source.get().binder().apply(a, new Places(problems.source())))
          .map(origin -> looked(origin, call));
    } catch (InvalidPathException e) {
      return problems.report(Code.L077, call.span(), "this is no file name: " + e.getReason(), "");
    } catch (IllegalArgumentException e) {
      return problems.report(Code.L015, call.span(), call.name() + ": " + e.getMessage(), "");
    } catch (UncheckedIOException e) {
      return problems.report(
          Code.L030, call.span(), "the data cannot be read: " + Reasons.of(e.getCause()),
          Reasons.whereMissing(e.getCause(), "a path counts from this file's folder, or from the one that you are in"));
    }
  }

  /** Warns of columns of a table that are likely to be of no use. */
  private Origin looked(Origin origin, Call call) {
    if (origin instanceof Origin.Files(String _, OpenedData data)) {
      data.table().ifPresent(table -> table.doubtful().forEach(c -> problems.report(Code.L054, call.span(), c.warning(), c.remedy())));
    }
    return origin;
  }

  private static OptionalInt count(Settings settings, String key) {
    int count = settings.whole(key, 1, 0);
    return count == 0 ? OptionalInt.empty() : OptionalInt.of(count);
  }

  private boolean balance(Optional<Setting> setting) {
    if (setting.isEmpty() || setting.get().value() instanceof Expression.Word(var _, String word)
        && word.equals("none")) {
      return false;
    }
    if (setting.get().value() instanceof Expression.Word(var _, String word) && word.equals("equal")) {
      return true;
    }
    problems.report(Code.L011, setting.get().value().span(), "`balance` is `equal` or `none`", "");
    return false;
  }

  /** The name of a class, with quotes or, if it is one word, without, or its number. */
  private Optional<String> positive(Setting setting) {
    return setting.value() instanceof Expression.Word(var _, String word)
        ? Optional.of(word)
        : formulas.constant(setting.value()).map(c -> c instanceof Constant.Text(String text) ? text : c.toString());
  }

  private Normalize normalize(Optional<Setting> setting, Shape shape) {
    if (setting.isEmpty() || setting.get().value() instanceof Expression.Word(var _, String word)
        && word.equals("none")) {
      return new Normalize.None();
    }
    Expression value = setting.get().value();
    if (value instanceof Expression.Word(var _, String word) && word.equals("auto")) {
      return new Normalize.Auto();
    }
    Optional<Constant> constant = formulas.constant(value);
    if (constant.isEmpty()) {
      return new Normalize.None();
    }
    if (constant.get() instanceof Constant.Items(List<Constant> items) && items.size() == 2) {
      Optional<float[]> mean = perChannel(items.get(0), shape.channels());
      Optional<float[]> std = perChannel(items.get(1), shape.channels());
      try {
        if (mean.isPresent() && std.isPresent()) {
          return new Normalize.By(new Normalization(mean.get(), std.get()));
        }
      } catch (IllegalArgumentException e) {
        problems.report(Code.L015, value.span(), e.getMessage(), "");
        return new Normalize.None();
      }
    }
    problems.report(
        Code.L011, value.span(), "`normalize` is `auto`, `none` or [mean, std], not " + constant.get(),
        "mean and std are numbers, or lists with one for each of the " + shape.channels() + " channels or features");
    return new Normalize.None();
  }

  /** A number for all channels, or one for each. */
  private static Optional<float[]> perChannel(Constant value, int channels) {
    float[] numbers = new float[channels];
    for (int c = 0; c < channels; c++) {
      Constant own = value;
      if (value instanceof Constant.Items(List<Constant> items)) {
        if (items.size() != channels) {
          return Optional.empty();
        }
        own = items.get(c);
      }
      if (!(own instanceof Constant.Num(double number))) {
        return Optional.empty();
      }
      numbers[c] = (float) number;
    }
    return Optional.of(numbers);
  }
}
