package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.Dataset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a network makes of examples is NaN: there is no class, and no score. The message says of how many, and where that comes from. */
public final class UnclearException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** @param count of so many of the examples */
  UnclearException(Model model, Dataset examples, int count) {
    super("the outputs of " + model.name() + " are NaN for " + count + " of " + examples.size() + " examples: " + cause(model, examples));
  }

  private static String cause(Model model, Dataset examples) {
    List<NotFinite> parameters = model.notFinite();
    Optional<Integer> input = parameters.isEmpty() ? wrongInput(examples) : Optional.empty();
    return !parameters.isEmpty() ? parameters.getFirst() + " are NaN or infinite"
        : input.map(i -> "the input of example " + i + " is NaN or infinite")
            .orElse("its parameters and the inputs are finite, so what a layer computes is too large, or not defined there");
  }

  private static Optional<Integer> wrongInput(Dataset examples) {
    float[] values = new float[examples.shape().size()];
    return IntStream.range(0, examples.size()).filter(i -> {
      examples.read(i, values, 0, 1);
      return IntStream.range(0, values.length).anyMatch(k -> !Float.isFinite(values[k]));
    }).boxed().findFirst();
  }
}
