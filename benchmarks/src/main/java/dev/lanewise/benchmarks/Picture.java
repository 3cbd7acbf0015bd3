package dev.lanewise.benchmarks;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.source.Clutter;
import java.util.function.UnaryOperator;

/** Networks of the kind that people train on pictures, as scripts; the peers build the same by hand. */
enum Picture {
  /** Of the size of PneumoniaMNIST: 4,708 grey pictures of 28x28, six convolutions, each with batch normalisation. */
  SMALL_CNN(
      "a small CNN with batch normalisation, 4,708 pictures of 28x28, batch 64",
      64,
      """
      net N {
        input 1x28x28
        conv(16, 3, pad = same, bias = false) -> batchnorm -> relu
        conv(16, 3, pad = same, bias = false) -> batchnorm -> relu -> maxpool(2)
        conv(32, 3, pad = same, bias = false) -> batchnorm -> relu
        conv(32, 3, pad = same, bias = false) -> batchnorm -> relu -> maxpool(2)
        conv(64, 3, pad = same, bias = false) -> batchnorm -> relu
        conv(64, 3, pad = same, bias = false) -> batchnorm -> relu -> maxpool(2)
        flatten -> dropout(0.5) -> dense(10)
      }
      data d = mnist()
      train N on d { epochs = %d; batch = 64; optimizer = adam(0.001); loss = cross_entropy }
      """,
      digits -> digits.limit(4_708)),
  /** The network of samples/unet.net. */
  UNET(
      "a U-Net of width 8, 3,200 pictures of 48x48, batch 32",
      32,
      """
      block Twice(c) {
        conv(c, 3, pad = same) -> relu
        conv(c, 3, pad = same) -> relu
      }
      net N(width = 8) {
        input 1x48x48
        fine: Twice(width)
        maxpool(2)
        half: Twice(2 * width)
        maxpool(2)
        quarter: Twice(4 * width)
        maxpool(2)
        Twice(8 * width)
        upsample(2) -> concat(@quarter) -> Twice(4 * width)
        upsample(2) -> concat(@half) -> Twice(2 * width)
        upsample(2) -> concat(@fine) -> Twice(width)
        conv(1, 1)
      }
      data d = clutter(count = 3_200)
      train N on d { epochs = %d; batch = 32; optimizer = adam(0.001); loss = bce_with_logits }
      """,
      digits -> Clutter.of(digits, 48, 3_200, 1));

  final String title;
  final int batch;
  private final String script;
  private final UnaryOperator<DataSplit> data;

  Picture(String title, int batch, String script, UnaryOperator<DataSplit> data) {
    this.title = title;
    this.batch = batch;
    this.script = script;
    this.data = data;
  }

  String script(int epochs) {
    return script.formatted(epochs);
  }

  /** What it is trained on. */
  DataSplit data(DataSplit digits) {
    return data.apply(digits);
  }
}
