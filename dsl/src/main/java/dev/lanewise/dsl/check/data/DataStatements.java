package dev.lanewise.dsl.check.data;

import dev.lanewise.dsl.check.call.Limits;
import dev.lanewise.dsl.check.call.SettingEdits;
import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Foreign;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.Meant;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.OutsideException;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.meaning.CheckedData.Normalize;
import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.data.table.TableSummary;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks {@code data} statements. Files whose shape or classes the script does not say are looked at here. */
public record DataStatements(Formulas formulas, Problems problems) {
  private static final List<String> SIGNS = List.of("mnist", "emnist");
  private static final double MOST_DEGREES = 60;

  /** As other libraries say that nothing is left out, that an example is its own target, and that numbers are brought to mean 0 and deviation 1. */
  private static final Set<String> ALL = Set.of("all", "none", "null", "inf", "full", "everything", "max");
  private static final Set<String> ITSELF = Set.of("self", "itself", "same", "x", "inputs", "image", "images", "example", "examples", "data", "autoencoder", "reconstruction", "identity");
  private static final Set<String> STANDARD = Set.of("auto", "true", "yes", "on", "standard", "standardize", "standardise", "zscore", "z-score", "z_score", "mean", "meanstd", "mean_std", "std", "automatic", "normal");
  private static final Set<String> NOT = Set.of("none", "false", "no", "off", "never");
  private static final Map<String, String> READERS = Map.of(".csv", "csv", ".tsv", "csv", ".npy", "npy", ".npz", "npz", ".parquet", "parquet");
  private static final int MOST_BYTE = 255;
  private static final Pattern DROP = Pattern.compile("drop = \\[([^\\]]*)\\]");

  public Optional<CheckedData> check(Statement.Data statement) {
    Settings settings = Settings.of(statement.settings(), List.copyOf(SettingNames.data().keySet()), formulas, problems);
    SettingEdits edits = new SettingEdits(problems.source(), statement.from().span().end());
    OptionalInt limit = unlimited(settings.get("limit"), statement, edits) ? OptionalInt.empty() : count(settings, "limit");
    OptionalInt ofEachClass = unlimited(settings.get("limit.class"), statement, edits) ? OptionalInt.empty() : count(settings, "limit.class");
    Call call = Call.of(statement.from());
    Optional<Origin> origin = origin(statement, heard(call, settings));
    OptionalInt examples = origin.isEmpty() ? OptionalInt.empty() : Apart.size(origin.get());
    OptionalInt of = limit.isPresent() ? limit : examples;
    OptionalInt test = nothing(settings.get("split.test"), statement, edits) || share(settings.get("split.test"), examples) ? OptionalInt.empty() : count(settings, "split.test");
    OptionalInt validation = nothing(settings.get("split.val"), statement, edits) || share(settings.get("split.val"), of) ? OptionalInt.empty() : count(settings, "split.val");
    boolean rebuilds = rebuilds(settings.get("target"));
    OptionalInt pairs = count(settings, "pairs");
    boolean balance = balance(settings.get("balance"));
    Optional<String> positive = settings.get("positive").flatMap(this::positive);
    var changes = new Augments(formulas, problems).of(settings.get("augment"));
    Optional<CheckedData> data = origin.map(
        o -> new CheckedData(
            statement.name().text(), call.span(), o, limit, ofEachClass, test, validation, rebuilds, pairs, balance, positive,
            normalize(settings.get("normalize"), o.shape()), changes, allowed(settings.get("allow"))));
    data.ifPresent(d -> mirrored(d, settings.get("augment"), statement, edits));
    data.ifPresent(d -> looked(d, call));
    data.ifPresent(d -> new Cures(d, call, settings, edits, problems).tell());
    data.ifPresent(d -> settings.get("augment").ifPresent(s -> upright(d, s)));
    return data.filter(new Ineffective(settings, problems)::none).filter(new Apart(settings, problems)::fits);
  }

  /** {@code limit = -1}, as elsewhere: all examples. */
  private boolean unlimited(Optional<Setting> setting, Statement.Data statement, SettingEdits edits) {
    boolean word = setting.isPresent() && setting.get().value().dotted().filter(w -> ALL.contains(w.toLowerCase(Locale.ROOT)) && formulas.definition(w).isEmpty()).isPresent();
    boolean all = setting.isPresent() && (word || switch (setting.get().value()) {
      case Expression.Text(var _, String text) -> ALL.contains(text.strip().toLowerCase(Locale.ROOT));
      case Expression.Number(var _, double n) -> n == 0;
      case Expression.Unary(var _, Operator operator, Expression.Number _) -> operator == Operator.NEGATE;
      default -> false;
    });
    if (all) {
      String key = setting.get().key().text();
      problems.report(
          Code.L015, setting.get().value().span(), "`" + key + "` must be at least 1, not " + problems.source().text(setting.get().value().span()),
          Remedy.of("remove it: without it all examples are there", statement.settings().size() == 1 ? Edit.remove(setting.get().span()) : edits.remove(setting.get(), statement.settings())));
    }
    return all;
  }

  /** {@code split.val = 0}: none are set apart. */
  private boolean nothing(Optional<Setting> setting, Statement.Data statement, SettingEdits edits) {
    boolean nothing = setting.isPresent() && setting.get().value() instanceof Expression.Number(var _, double n) && n == 0;
    if (nothing) {
      problems.report(
          Code.L015, setting.get().value().span(), "`" + setting.get().key().text() + "` must be at least 1, not " + problems.source().text(setting.get().value().span()),
          Remedy.of("remove it", statement.settings().size() == 1 ? Edit.remove(setting.get().span()) : edits.remove(setting.get(), statement.settings())));
    }
    return nothing;
  }

  /** {@code split.val = 0.2}, as elsewhere: a share of the examples; 1.0 are hardly all, or one. @param of how many there are, if that is known */
  private boolean share(Optional<Setting> setting, OptionalInt of) {
    boolean share = setting.isPresent() && setting.get().value() instanceof Expression.Number(var at, double n) && n > 0 && (n < 1 || n == 1 && problems.source().text(at).contains("."));
    if (share) {
      Span at = setting.get().value().span();
      double value = ((Expression.Number) setting.get().value()).value();
      long count = Math.max(1, Math.round(value * of.orElse(0)));
      problems.report(
          Code.L011, at, "`" + setting.get().key().text() + "` is a number of examples, not a share of them",
          of.isPresent() && value < 1 ? Remedy.write(at, Long.toString(count)) : Remedy.say("write how many examples are set apart"));
    }
    return share;
  }

  /** A digit that is turned far is another one. */
  private void upright(CheckedData data, Setting augment) {
    boolean written = data.origin() instanceof Origin.Digits digits && SIGNS.contains(digits.kind());
    for (Expression e : augment.value() instanceof Expression.Items items ? items.items() : List.of(augment.value())) {
      Call call = Call.of(e);
      Signature signature = Augments.signatures().stream().filter(s -> s.name().equals(call.name())).findFirst().orElse(null);
      Optional<Double> degrees = written && call.name().equals("rotate") ? new Limits(formulas, problems).number(signature, call, "degrees") : Optional.empty();
      if (degrees.filter(d -> d > MOST_DEGREES).isPresent()) {
        Span span = Limits.given(signature, call, "degrees").orElseThrow().span();
        problems.report(
            Code.L134, span, "a digit or letter that is turned by up to " + problems.source().text(span) + " degrees is another one: 6 becomes 9",
            Remedy.of("15 is a good beginning", new Edit(span, "15")));
      }
    }
  }

  /** {@code target = input}: every example is its own target. */
  private boolean rebuilds(Optional<Setting> setting) {
    boolean input = setting.isPresent() && setting.get().value() instanceof Expression.Word(var _, String word)
        && word.equals("input");
    if (setting.isPresent() && !input) {
      Span at = setting.get().value().span();
      String written = setting.get().value() instanceof Expression.Text(var _, String text) ? text : problems.source().text(at);
      boolean itself = ITSELF.contains(written.toLowerCase(Locale.ROOT)) || !Suggestions.nearest(written, List.of("input")).isEmpty();
      problems.report(
          Code.L011, at, "`target` is `input`: the network learns to rebuild what it sees",
          itself ? Remedy.write(at, "input") : Remedy.say("without it, the network learns what the data brings"));
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
          ? problems.report(Code.L001, statement.from().span(), "expected where the data comes from", from(statement.from(), known))
          : problems.report(
              Code.L070, call.span(), "unknown data source `" + call.name() + "`",
              Suggestions.among(call.callee(), call.name(), known));
    }
    Places places = new Places(problems.source());
    SourceCall written = new SourceCall(formulas, problems, source.get().signature(), call, statement.from().span().end());
    try {
      Optional<Remedy> learned = written.isForeign(places) || written.isUnquoted() ? Optional.of(Remedy.NONE) : written.learned(places);
      if (learned.isPresent()) {
        return learned.get().isEmpty() ? Optional.empty() : problems.report(Code.L010, call.span(), "`csv` needs the column that is to be learned", learned.get());
      }
      return new Calls(formulas, problems, a -> written.missing(a, places)).bind(source.get().signature(), call.span(), call.arguments())
          .map(a -> source.get().binder().apply(a, places));
    } catch (InvalidPathException e) {
      return problems.report(Code.L077, call.span(), OutsideException.said(e), "");
    } catch (IllegalArgumentException e) {
      return problems.report(Code.L015, call.span(), call.name() + ": " + e.getMessage(), "");
    } catch (UncheckedIOException e) {
      Remedy remedy = written.of(e.getCause(), places);
      return problems.report(
          Code.L030, call.span(), "the data cannot be read: " + Reasons.of(e.getCause()),
          remedy.isEmpty() ? Remedy.say(Reasons.whereMissing(e.getCause(), "a path counts from this file's folder, or from the one that you are in")) : remedy);
    }
  }

  /** {@code data digits = "mnist"}, or a file. */
  private Remedy from(Expression from, List<String> known) {
    String name = from instanceof Expression.Text(var _, String text) ? text.strip() : "";
    Optional<Remedy> source = name.isEmpty() ? Optional.empty()
        : known.stream().filter(k -> k.equalsIgnoreCase(name)).findFirst().map(k -> Remedy.write(from.span(), k + "()")).or(() -> Suggestions.mean(from.span(), name, known, k -> k + "()"));
    Optional<String> reader = READERS.entrySet().stream().filter(e -> name.toLowerCase(Locale.ROOT).endsWith(e.getKey())).map(Map.Entry::getValue).findFirst();
    return reader.map(r -> Remedy.write(from.span(), r + "(\"" + name + "\")"))
        .or(() -> source)
        .orElse(Remedy.say("for example `mnist()`"));
  }

  /** Warns of columns of a table that are likely to be of no use. */
  private void looked(CheckedData data, Call call) {
    if (data.origin() instanceof Origin.Files(String _, OpenedData files)) {
      files.table().ifPresent(table -> table.doubtful().stream()
          .filter(c -> !data.allows(c.role() == TableSummary.Role.CLASS ? Concern.LABELS : Concern.ID))
          .forEach(c -> problems.report(Code.L054, call.span(), c.warning(), dropped(c, call))));
    }
  }

  /** A column that is left out, as an argument; of classes there is nothing to leave out. */
  private Remedy dropped(TableSummary.Column column, Call call) {
    Matcher drop = DROP.matcher(column.remedy());
    Optional<Edit> edit = drop.find() ? Cures.drop(call, drop.group(1)) : Optional.empty();
    return edit.map(e -> Remedy.of(column.remedy(), e)).orElse(Remedy.say(column.remedy()));
  }

  /** A digit or a letter that is mirrored is another one, or none. */
  private void mirrored(CheckedData data, Optional<Setting> augment, Statement.Data statement, SettingEdits edits) {
    boolean signs = data.origin() instanceof Origin.Digits d && d.kind().equals("mnist") && data.changes().stream().anyMatch(Augmentation.Flip.class::isInstance);
    if (!signs || augment.isEmpty() || data.allows(Concern.FLIP)) {
      return;
    }
    List<Expression> all = augment.get().value() instanceof Expression.Items items ? items.items() : List.of(augment.get().value());
    Expression flip = all.stream().filter(e -> Call.of(e).name().equals("flip")).findFirst().orElseThrow();
    int at = all.indexOf(flip);
    Span span = all.size() == 1 ? flip.span() : at == 0 ? new Span(flip.span().start(), all.get(1).span().start()) : new Span(all.get(at - 1).span().end(), flip.span().end());
    problems.report(
        Code.L144, flip.span(), "a digit or a letter that is mirrored is another one, or none",
        Remedy.of(Concern.FLIP.orAllow("leave out flip"), all.size() == 1 ? edits.remove(augment.get(), statement.settings()) : Edit.remove(span)));
  }

  /** {@code allow = [imbalance]}: what is not warned of. */
  private Set<Concern> allowed(Optional<Setting> setting) {
    Set<Concern> allowed = new HashSet<>();
    List<Expression> all = setting.isEmpty() ? List.of() : setting.get().value() instanceof Expression.Items items ? items.items() : List.of(setting.get().value());
    for (Expression e : all) {
      String word = e instanceof Expression.Text(var _, String text) ? text : e.dotted().orElse("");
      Optional<Concern> concern = e instanceof Expression.Text ? Optional.empty() : Concern.named(word);
      concern.ifPresentOrElse(allowed::add, () -> problems.report(
          Code.L011, e.span(), "`allow` is a list of what is not warned of, by its word", Concern.words().contains(word) ? Remedy.write(e.span(), word) : Suggestions.among(e.span(), word, Concern.words())));
    }
    return allowed;
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
    Span at = setting.get().value().span();
    String written = problems.source().text(at).replace("\"", "").toLowerCase(Locale.ROOT);
    Remedy flag = written.matches("true|yes|on|1|auto|balanced|classes") ? Remedy.write(at, "equal") : written.matches("false|no|off|0") ? Remedy.write(at, "none") : Meant.oneOf(at, written, List.of("equal", "none"));
    problems.report(Code.L011, at, "`balance` is `equal` or `none`", flag);
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
    Optional<String> meant = normalizing(value);
    if (meant.isPresent()) {
      problems.report(
          Code.L011, value.span(), "`normalize` is `auto`, `none` or [mean, std], not " + problems.source().text(value.span()), Remedy.write(value.span(), meant.get()));
      return new Normalize.None();
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

  /** What a flag, a text or a word of other libraries means. */
  private Optional<String> normalizing(Expression value) {
    String written = switch (value) {
      case Expression.Flag(var _, boolean flag) -> flag ? "auto" : "none";
      case Expression.Text(var _, String text) -> text.strip().toLowerCase(Locale.ROOT);
      case Expression.Word(var _, String word) when formulas.definition(word).isEmpty() -> word.toLowerCase(Locale.ROOT);
      case Expression.Number(var _, double n) when n == MOST_BYTE -> "auto";
      default -> "";
    };
    return written.isEmpty() ? Optional.empty()
        : written.equals("auto") ? Optional.of(written)
        : STANDARD.contains(written) ? Optional.of("auto")
        : NOT.contains(written) ? Optional.of("none")
        : Suggestions.nearest(written, List.of("auto", "none"));
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
