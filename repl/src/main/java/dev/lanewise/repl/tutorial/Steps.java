package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.repl.tutorial.Check.Verdict;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The ten steps: a neuron by hand, y = φ(Σ wᵢxᵢ + b) with x = (1, 2), w = (0.4, -0.3), b = 0.5, φ = sigmoid and the
 * target t = 1; then networks of them.
 */
final class Steps {
  private static final double Z = 0.4 * 1 - 0.3 * 2 + 0.5;
  private static final double Y = 1 / (1 + Math.exp(-Z));
  private static final double LOSS = (Y - 1) * (Y - 1);
  private static final double D_Z = 2 * (Y - 1) * Y * (1 - Y);
  private static final double D_W2 = D_Z * 2;
  private static final double RATE = 0.5;

  private static final String NEURON = "x1 = 1; x2 = 2; w1 = 0.4; w2 = -0.3; b = 0.5";
  private static final String OUTPUT = NEURON + "; z = w1 * x1 + w2 * x2 + b";
  private static final String TARGET = OUTPUT + "; y = sigmoid(z); t = 1";
  private static final String GRADIENT = TARGET + "; g = 2 * (y - t) * y * (1 - y) * x2; rate = 0.5";
  private static final String DIGITS = "data digits = mnist() { limit = 2_000; normalize = auto }";

  static final List<Step> ALL =
      List.of(
          new Step(
              NEURON,
              Check.number(Z, Map.of(Z - 0.5, "bias", 0.4 * 2 - 0.3 + 0.5, "swapped", 0.4 + 0.6 + 0.5, "sign")),
              "w1 * x1 + w2 * x2 + b"),
          new Step(
              OUTPUT,
              Check.number(Y, Map.of(Z, "sum", Math.tanh(Z), "tanh", 1 / (1 + Math.exp(Z)), "negative")),
              "sigmoid(z)"),
          new Step(
              TARGET,
              Check.number(LOSS, Map.of(Y - 1, "square", 1 - Y, "square", Y * Y - 1, "order")),
              "(y - t) ^ 2"),
          new Step(TARGET,
              Check.number(D_W2, Map.of(D_Z, "input", 4 * (Y - 1), "slope", 2 * (Y - 1), "outer", -D_W2, "sign")),
              "2 * (y - t) * y * (1 - y) * x2"),
          new Step(
              GRADIENT,
              Check.number(
                  -0.3 - RATE * D_W2,
                  Map.of(-0.3 + RATE * D_W2, "uphill", -0.3 - D_W2, "rate", -RATE * D_W2, "only")),
              "w2 - rate * g"),
          new Step(GRADIENT, Steps::loss, "def loss(w) = (sigmoid(w1 * x1 + w * x2 + b) - t) ^ 2"),
          new Step("", Steps::network, "net N = input 2 -> dense(8) -> tanh -> dense(2)"),
          new Step(
              "net N = input 2 -> dense(8) -> tanh -> dense(2); data points = xor()",
              Check.trained("points", 1, Steps::network),
              "train N on points { epochs = 200; batch = 4; optimizer = adam(0.05) }"),
          new Step(
              DIGITS, Check.trained("digits", 0.8, a -> reads(a.networks().getLast(), "1x28x28")),
              "net Mlp = input 1x28x28 -> flatten -> dense(64) -> relu -> dense(10)\n"
                  + "train Mlp on digits { epochs = 3; optimizer = adam(0.003) }"),
          new Step(
              DIGITS, Check.trained("digits", 0.88, Steps::convolutional),
              "net Cnn = input 1x28x28 -> conv(8, 5) -> maxpool(2) -> relu -> flatten -> dense(10)\n"
                  + "train Cnn on digits { epochs = 4; optimizer = adam(0.005) }"));

  private Steps() {}

  /** A function of the second weight: it must give the loss, at the old weight and at another. */
  private static Verdict loss(Attempt a) {
    if (!a.text().startsWith("def ")) {
      return new Verdict.Open("");
    }
    String name = a.text().substring(4).split("\\(")[0].strip();
    OptionalDouble here = a.probe(name + "(-0.3)");
    OptionalDouble there = a.probe(name + "(0)");
    double loss = Math.pow(1 / (1 + Math.exp(-0.9)) - 1, 2);
    if (here.isEmpty() || there.isEmpty()) {
      return new Verdict.Wrong("");
    }
    boolean right = Math.abs(here.getAsDouble() - LOSS) < 1e-6 && Math.abs(there.getAsDouble() - loss) < 1e-6;
    return right ? new Verdict.Right() : new Verdict.Wrong(here.getAsDouble() == there.getAsDouble() ? "constant" : "");
  }

  /** Two inputs, a hidden layer with an activation, two outputs. */
  private static Verdict network(Attempt a) {
    if (a.networks().isEmpty()) {
      return new Verdict.Open("");
    }
    CheckedNet net = a.networks().getLast();
    List<String> layers = Attempt.layers(net);
    if (!net.input().toString().equals("2") || !net.output().toString().equals("2")) {
      return new Verdict.Wrong("ends");
    }
    if (layers.stream().filter("dense"::equals).count() < 2) {
      return new Verdict.Wrong("hidden");
    }
    int first = layers.indexOf("dense");
    boolean linear = layers.subList(first + 1, layers.lastIndexOf("dense")).isEmpty();
    return linear ? new Verdict.Wrong("activation") : new Verdict.Right();
  }

  private static Verdict reads(CheckedNet net, String input) {
    boolean fits = net.input().toString().equals(input) && net.output().toString().equals("10");
    return fits ? new Verdict.Right() : new Verdict.Wrong("ends");
  }

  private static Verdict convolutional(Attempt a) {
    CheckedNet net = a.networks().getLast();
    return Attempt.layers(net).contains("conv") ? reads(net, "1x28x28") : new Verdict.Wrong("conv");
  }
}
