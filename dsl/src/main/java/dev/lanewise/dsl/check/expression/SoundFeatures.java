package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.word.SettingCalls;
import dev.lanewise.runtime.data.sound.Features;
import dev.lanewise.runtime.data.sound.Features.Bands;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** What a network is given of a sound: {@code features = mel(40)}. */
record SoundFeatures(Formulas formulas, Problems problems) {
  private static final int MOST_BANDS = 1_024;

  Optional<Features> of(Expression expression) {
    Call call = Call.of(expression);
    List<Signature> known = SettingCalls.all().get("features");
    Optional<Signature> signature = known.stream().filter(s -> s.name().equals(call.name())).findFirst();
    if (signature.isEmpty()) {
      List<String> names = known.stream().map(Signature::name).toList();
      return problems.report(
          Code.L070, expression instanceof Expression.Call c ? c.callee().span() : call.span(),
          "unknown features of sounds" + (call.name().isEmpty() ? "" : " `" + call.name() + "`"),
          Suggestions.among(call.callee(), call.name(), names));
    }
    Optional<Arguments> arguments = new Calls(formulas, problems).bind(signature.get(), call);
    try {
      return arguments.map(a -> switch (call.name()) {
        case "mel" -> new Features.Mel(bands(a), a.flag("sequence"));
        case "mfcc" -> new Features.Mfcc(whole(a, "count"), bands(a));
        default -> new Features.Wave();
      });
    } catch (IllegalArgumentException e) {
      return problems.report(Code.L015, call.span(), call.name() + ": " + e.getMessage(), "");
    }
  }

  private static int whole(Arguments a, String name) {
    int value = a.integer(name);
    if (value < 1 || value > MOST_BANDS) {
      throw new IllegalArgumentException(name + " must be between 1 and 1,024, not " + value);
    }
    return value;
  }

  private static double number(Arguments a, String name, boolean above, double most) {
    double value = a.number(name);
    if (!((above ? value > 0 : value >= 0) && value <= most)) {
      throw new IllegalArgumentException(name + " must be " + (above ? "above 0" : "at least 0") + " and at most " + most + ", not " + value);
    }
    return value;
  }

  private static Bands bands(Arguments a) {
    return new Bands(
        whole(a, "bands"), number(a, "window", true, 1_000), number(a, "hop", true, 1_000), number(a, "low", false, 96_000), number(a, "high", false, 96_000),
        a.flag("htk"), number(a, "range", true, 200));
  }
}
