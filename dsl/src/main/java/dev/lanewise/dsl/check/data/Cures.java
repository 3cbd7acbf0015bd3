package dev.lanewise.dsl.check.data;

import dev.lanewise.dsl.check.call.SettingEdits;
import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.inspect.Cure;
import dev.lanewise.dsl.inspect.Doubt;
import dev.lanewise.dsl.inspect.Looks;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedData.Normalize;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import java.util.List;
import java.util.Optional;

/** What is wrong with a table that was read, told with the change of its statement that cures it. */
record Cures(CheckedData data, Call call, Settings settings, SettingEdits edits, Problems problems) {
  void tell() {
    for (Doubt doubt : Looks.whenChecked(data)) {
      Remedy remedy = switch (doubt.cure()) {
        case Cure.Choice() -> Remedy.say(doubt.remedy());
        case Cure.Setting(String key, String value) -> setting(doubt.remedy(), key, value);
        case Cure.Drop(String column) -> drop(call, "\"" + column + "\"").map(e -> Remedy.of(doubt.remedy(), e)).orElse(Remedy.say(doubt.remedy()));
        case Cure.Apart() -> argument(call, "test").map(a -> Remedy.of(doubt.remedy(), SourceCall.without(call, a))).orElse(Remedy.say(doubt.remedy()));
      };
      problems.report(doubt.code(), call.span(), doubt.message(), remedy);
    }
  }

  /** What somebody has chosen stays, unless it is this that is wrong. */
  private Remedy setting(String words, String key, String value) {
    Optional<Setting> there = settings.get(key);
    Remedy remedy = Remedy.of(words, there.map(s -> SettingEdits.value(s.value(), value)).orElseGet(() -> edits.add(key + " = " + value)));
    return there.isEmpty() || data.normalize() instanceof Normalize.By && key.equals("normalize") ? remedy : remedy.perhaps();
  }

  /** One more column that is left out. @param column as it is written */
  static Optional<Edit> drop(Call call, String column) {
    Optional<Argument> drop = argument(call, "drop");
    if (drop.isEmpty()) {
      return call.arguments().isEmpty() ? Optional.empty() : Optional.of(Edit.insert(call.arguments().getLast().span().end(), ", drop = [" + column + "]"));
    }
    return drop.get().value() instanceof Expression.Items(var _, List<Expression> all) && !all.isEmpty()
        ? Optional.of(Edit.insert(all.getLast().span().end(), ", " + column)) : Optional.empty();
  }

  private static Optional<Argument> argument(Call call, String name) {
    return call.arguments().stream().filter(a -> a.name().filter(n -> n.text().equals(name)).isPresent()).findFirst();
  }
}
