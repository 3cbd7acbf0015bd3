package dev.lanewise.benchmarks;

import dev.lanewise.runtime.data.DataSplit;

/** Networks that tell what comes next, at every place of a text, as scripts; PyTorch's are in {@code torch_networks.py}. Texts are random: 64 of 65 characters. */
enum Sequence {
  LSTM_256("an LSTM of 256, batch 64", 64, "embed(64) -> lstm(256)"),
  LSTM_64("an LSTM of 64, batch 32", 32, "embed(32) -> lstm(64)"),
  GPT_12("a GPT of 4 x 128, batch 12", 12, "embed(128) -> positions; repeat 4 { transformer(4, causal = true) }; layernorm(over = channels)"),
  GPT_64("the same GPT, batch 64", 64, "embed(128) -> positions; repeat 4 { transformer(4, causal = true) }; layernorm(over = channels)");

  /** Steps of an epoch. */
  static final int STEPS = 20;

  final String title;
  final int batch;
  private final String layers;

  Sequence(String title, int batch, String layers) {
    this.title = title;
    this.batch = batch;
    this.layers = layers;
  }

  String script(int epochs) {
    return """
        net N { input 64 of 65; %s; each { dense(65) } }
        data d = text(length = 64)
        train N on d { epochs = %d; batch = %d; optimizer = adam(0.001); loss = cross_entropy }
        """.formatted(layers, epochs, batch);
  }

  /** What it is trained on. */
  DataSplit data() {
    return RandomTexts.of(STEPS * batch);
  }
}
