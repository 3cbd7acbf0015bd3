package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.Dataset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a network makes of examples is NaN: there is no class, and no score. The message says of how many, and where that comes from. */
public final class UnclearException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String remedy;

  private UnclearException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** @param count of so many of the examples */
  static UnclearException of(Model model, Dataset examples, int count) {
    String what = "the outputs of " + model.name() + " are NaN for " + count + " of " + examples.size() + " examples: ";
    List<NotFiniteParameter> parameters = model.notFinite();
    if (!parameters.isEmpty()) {
      return new UnclearException(
          what + parameters.getFirst() + " are NaN or infinite", "train it anew, at a lower learning rate, or load other parameters");
    }
    return wrongInput(examples)
        .map(i -> new UnclearException(what + "the input of example " + i + " is NaN or infinite", "mend the data: examples count from 0"))
        .orElseGet(() -> new UnclearException(
            what + "its parameters and the inputs are finite, so a layer makes them",
            "look for logarithms and roots of negative numbers, divisions by zero, and powers that overflow"));
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }

  private static Optional<Integer> wrongInput(Dataset examples) {
    float[] values = new float[examples.shape().size()];
    return IntStream.range(0, examples.size()).filter(i -> {
      examples.read(i, values, 0, 1);
      return IntStream.range(0, values.length).anyMatch(k -> !Float.isFinite(values[k]));
    }).boxed().findFirst();
  }
}
