package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.train.Change;
import dev.lanewise.runtime.train.Lone;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Refuses a training whose batches would leave batch normalisation a single value: see {@link Lone}. */
final class LoneExamples {
  private LoneExamples() {}

  /** @throws MistakeException saying which batch does */
  static void check(CheckedTrain train, int examples) {
    check(train, train.net(), examples);
  }

  /** The same of a network that is trained there. */
  static void check(CheckedTrain train, CheckedNet net, int examples) {
    Graph graph = Lowering.graph(net);
    IntStream sizes = train.settings().changes().stream().filter(Change.Size.class::isInstance).mapToInt(c -> ((Change.Size) c).to());
    IntStream.concat(IntStream.of(train.settings().batch()), sizes).filter(batch -> Lone.occurs(graph, examples, batch)).forEach(batch -> {
      OptionalInt larger = Lone.batch(examples, batch);
      throw new MistakeException(
          Code.L052, train.span(), said(examples, batch), larger.isPresent() ? "take batch = " + larger.getAsInt() + ", or layernorm" : "take more examples, or layernorm");
    });
  }

  /** Why batches cannot have so many examples; empty if they can. */
  static Optional<String> unfit(CheckedNet net, int examples, int batch) {
    return Lone.occurs(Lowering.graph(net), examples, batch) ? Optional.of(said(examples, batch)) : Optional.empty();
  }

  private static String said(int examples, int batch) {
    return "batchnorm of single examples: " + examples + " examples in batches of " + batch + " leave 1 in the last, which has no variance";
  }
}
