package dev.lanewise.repl.tutorial;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The steps in their order. Each is a file of that name, with the ending {@code .step}. */
final class Steps {
  private static final List<String> NAMES =
      List.of(
          "neuron", "activation", "loss", "gradient", "step", "second-step", "rate", "hidden", "chain", "backward", "softmax", "cross-entropy",
          "batches", "network", "training", "overfitting", "convolution", "digits", "looking", "fooling");

  static final List<Step> ALL = NAMES.stream().map(Steps::read).toList();

  private Steps() {}

  static List<String> names() {
    return NAMES;
  }

  private static Step read(String name) {
    try (InputStream in = Steps.class.getResourceAsStream(name + ".step")) {
      return Step.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
