package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.scope.Scope;
import java.util.Optional;
import java.util.OptionalInt;

/** Changes of the statement that some data comes from, if it stands in the same script. */
public record DataEdits(Scope scope, Problems problems, CheckedData data) {
  private static final int PART = 5;
  private static final int MUCH = 5_000;

  /** One more setting. */
  public Optional<Edit> add(String setting) {
    return scope.bound(data.name()).filter(b -> b.source() == problems.source()).map(_ -> new SettingEdits(problems.source(), data.span().end()).add(setting));
  }

  /** Examples to validate on: a fifth of what there is to train on. @param other what else could be done */
  public Remedy validation(String other) {
    String setting = "split.val = " + validated();
    String text = "add " + setting + " to the data" + other;
    return data.validation().isPresent() ? Remedy.say(text) : add(setting).map(e -> Remedy.of(text, e)).orElse(Remedy.say(text));
  }

  /** How many examples are enough to validate on, as a script writes it. */
  public String validated() {
    OptionalInt size = data.trained();
    return size.isEmpty() || size.getAsInt() >= PART * MUCH ? "5_000" : Integer.toString(Math.max(1, size.getAsInt() / PART));
  }
}
