package dev.lanewise.dsl.check.data;

import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.runtime.data.source.OpenedData;
import java.util.OptionalInt;

/** Whether there are as many examples as settings set apart, as far as that is known before any is read. */
record Apart(Settings settings, Problems problems) {
  private static final int SHARE = 5;
  private static final int MNIST = 60_000;
  private static final int CIFAR = 50_000;

  boolean fits(CheckedData data) {
    OptionalInt size = size(data.origin());
    if (size.isPresent() && !data.origin().hasTest() && data.test().isPresent() && data.test().getAsInt() >= size.getAsInt()) {
      return tooMany("split.test", size.getAsInt(), "there are");
    }
    int train = size.isEmpty() ? Integer.MAX_VALUE
        : data.origin().hasTest() ? size.getAsInt() : size.getAsInt() - data.test().orElse(Math.max(1, size.getAsInt() / SHARE));
    int left = Math.min(train, data.limit().orElse(Integer.MAX_VALUE));
    return data.validation().isEmpty() || data.validation().getAsInt() < left
        || tooMany("split.val", left, data.limit().isPresent() && left < train ? "`limit` leaves" : "there are");
  }

  private boolean tooMany(String key, int of, String why) {
    Setting setting = settings.get(key).orElseThrow();
    Span at = setting.value().span();
    problems.report(
        Code.L139, at, "`" + key + "` sets " + problems.source().text(at) + " examples apart, but " + why + " " + of + " to train on",
        of / SHARE > 0 ? Remedy.write(at, Integer.toString(of / SHARE)) : Remedy.say("set fewer apart"));
    return false;
  }

  /** How many examples there are to train on before any is set apart; empty if nobody knows yet. */
  static OptionalInt size(Origin origin) {
    return switch (origin) {
      case Origin.Digits d -> d.opened().map(OpenedData::examples).orElse(OptionalInt.of(MNIST));
      case Origin.Cifar _ -> OptionalInt.of(CIFAR);
      case Origin.Files(String _, var data) -> data.examples();
      case Origin.MadeCells(int count, double _, double _) -> OptionalInt.of(count);
      case Origin.Clutter(var _, int _, int count) -> OptionalInt.of(count);
      case Origin.Sine(int count, double _) -> OptionalInt.of(count);
      case Origin.Points(var _, int _, int count, double _) -> OptionalInt.of(count);
      case Origin.Xor _ -> OptionalInt.of(4);
      case Origin.Medical _, Origin.Drawn _, Origin.Ratings _, Origin.MadeTexts _, Origin.Tones _ -> OptionalInt.empty();
    };
  }
}
