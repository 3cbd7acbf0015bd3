package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.runtime.train.Lone;
import java.util.OptionalInt;

/** Refuses a training whose batches would leave batch normalisation a single value: see {@link Lone}. */
final class LoneExamples {
  private LoneExamples() {}

  /** @throws MistakeException saying which batch does */
  static void check(CheckedTrain train, int examples) {
    check(train, train.net(), examples);
  }

  /** The same of a network that is trained there. */
  static void check(CheckedTrain train, CheckedNet net, int examples) {
    int batch = train.settings().batch();
    if (!Lone.occurs(Lowering.graph(net), examples, batch)) {
      return;
    }
    OptionalInt larger = Lone.batch(examples, batch);
    throw new MistakeException(
        Code.L052, train.span(),
        "batchnorm of single examples: " + examples + " examples in batches of " + batch + " leave 1 in the last, which has no variance",
        larger.isPresent() ? "take batch = " + larger.getAsInt() + ", or layernorm" : "take more examples, or layernorm");
  }
}
