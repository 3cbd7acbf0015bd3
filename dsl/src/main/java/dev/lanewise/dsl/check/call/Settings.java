package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.Meant;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Later;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.runtime.signature.Argument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The settings of one statement by their keys. */
public record Settings(Map<String, Setting> byKey, Formulas formulas, Problems problems) {
  /** @param known may be set */
  public static Settings of(List<Setting> settings, List<String> known, Formulas formulas, Problems problems) {
    return of(settings, known, formulas, problems, _ -> Remedy.NONE);
  }

  /** @param strays what a setting that is not known is called here, or where it belongs; nothing if that cannot be told */
  public static Settings of(
      List<Setting> settings, List<String> known, Formulas formulas, Problems problems, Function<Setting, Remedy> strays) {
    Map<String, Setting> byKey = new HashMap<>();
    for (Setting s : settings) {
      String key = s.key().text();
      if (!known.contains(key) && Later.has(key)) {
        problems.later(s.key().span(), key);
      } else if (!known.contains(key)) {
        Remedy stray = nested(s, known, problems).orElseGet(() -> strays.apply(s));
        problems.report(Code.L020, s.key().span(), "unknown setting `" + key + "`", stray.isEmpty() ? Suggestions.among(s.key().span(), key, known) : stray);
      } else if (byKey.putIfAbsent(key, s) != null) {
        Remedy one = Remedy.of("remove one of the two", new SettingEdits(problems.source(), 0).remove(s, settings));
        boolean same = problems.source().text(s.value().span()).equals(problems.source().text(byKey.get(key).value().span()));
        problems.report(Code.L019, s.key().span(), "`" + key + "` is given twice", same ? one : one.perhaps());
      }
    }
    return new Settings(byKey, formulas, problems);
  }

  /** {@code split { val = 100 }}: the settings of a part, each by its whole name. */
  private static Optional<Remedy> nested(Setting setting, List<String> known, Problems problems) {
    String key = setting.key().text();
    if (!(setting.value() instanceof Expression.Block(var _, List<Setting> lines)) || lines.isEmpty() || !lines.stream().allMatch(l -> known.contains(key + "." + l.key().text()))) {
      return Optional.empty();
    }
    return Optional.of(Remedy.write(
        setting.span(), lines.stream().map(l -> key + "." + l.key().text() + " = " + problems.source().text(l.value().span())).collect(Collectors.joining("; "))));
  }

  public Optional<Setting> get(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** A whole number of at least {@code least}; the fallback if it is not set or wrong. */
  public int whole(String key, int least, int fallback) {
    Optional<Setting> setting = get(key);
    Optional<Constant> value = setting.flatMap(s -> formulas.constant(s.value()));
    Optional<Integer> whole = value.flatMap(Calls::whole);
    if (value.isPresent() && whole.isEmpty()) {
      problems.report(
          Code.L011, setting.get().value().span(), "`" + key + "` is a whole number, not " + value.get(), meant(Argument.Type.INTEGER, setting.get().value(), value.get()));
    } else if (whole.isPresent() && whole.get() < least) {
      problems.report(
          Code.L015, setting.get().value().span(), "`" + key + "` must be at least " + least + ", not " + whole.get(),
          Remedy.write(setting.get().value().span(), Integer.toString(Math.max(least, fallback))));
    }
    return whole.filter(w -> w >= least).orElse(fallback);
  }

  /** A number of at least 0; the fallback if it is not set or wrong. */
  public double notNegative(String key, double fallback) {
    Optional<Setting> setting = get(key);
    Optional<Constant> value = setting.flatMap(s -> formulas.constant(s.value()));
    if (value.isPresent() && value.get() instanceof Constant.Num(double number) && number >= 0 && Double.isFinite(number)) {
      return number;
    }
    value.ifPresent(v -> problems.report(Code.L011, setting.get().value().span(), "`" + key + "` must be at least 0, not " + v, meant(Argument.Type.NUMBER, setting.get().value(), v)));
    return fallback;
  }

  /** A number above 0; the fallback if it is not set or wrong. */
  public double positive(String key, double fallback) {
    Optional<Setting> setting = get(key);
    Optional<Constant> value = setting.flatMap(s -> formulas.constant(s.value()));
    if (value.isPresent() && value.get() instanceof Constant.Num(double number) && number > 0 && Double.isFinite(number)) {
      return number;
    }
    value.ifPresent(
        v -> problems.report(Code.L011, setting.get().value().span(), "`" + key + "` is a number above 0, not " + v, meant(Argument.Type.NUMBER, setting.get().value(), v)));
    return fallback;
  }

  public boolean flag(String key, boolean fallback) {
    Optional<Setting> setting = get(key);
    Optional<Constant> value = setting.flatMap(s -> formulas.constant(s.value()));
    if (value.isPresent() && value.get() instanceof Constant.Flag(boolean flag)) {
      return flag;
    }
    value.ifPresent(
        v -> problems.report(
            Code.L011, setting.get().value().span(), "`" + key + "` is `true` or `false`, not " + v, meant(Argument.Type.FLAG, setting.get().value(), v)));
    return fallback;
  }

  /** The same number without its sign, or what a value of another kind was meant as. */
  private Remedy meant(Argument.Type type, Expression written, Constant found) {
    return written instanceof Expression.Unary(var _, var _, Expression.Number number) && found instanceof Constant.Num(double value) && value < 0
        ? Remedy.write(written.span(), problems.source().text(number.span()))
        : new Meant(formulas, problems).value(type, written, found);
  }
}
