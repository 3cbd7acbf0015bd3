package dev.lanewise.samples;

import static dev.lanewise.samples.Sample.changed;
import static dev.lanewise.samples.Sample.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples that learn from pictures in other ways than to tell digits apart; on fewer images, with an expectation that these can meet. */
class PictureSamplesTest extends SampleRuns {
  @Test
  void digitsAreFoundOnClutter() throws IOException {
    String script = text("unet.net");
    script = changed(script, "width = 8", "width = 4");
    script = changed(script, "batch     = 32", "batch     = 8");
    script = changed(script, "count = 12_000", "count = 400");
    script = changed(script, "epochs    = 12", "epochs    = 2");
    // Everything dark costs 0.69 by chance alone.
    script = changed(script, "iou >= 0.7", "loss <= 0.3");
    assertThat(run("unet.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void digitsAreFoundWithBoxes() throws IOException {
    String script = text("detect.net");
    script = changed(script, "count = 30_000", "count = 600");
    script = changed(script, "batch     = 32", "batch     = 8");
    script = changed(script, "expect score.map50 > floor.map50 + 0.5", "expect score.loss < floor.loss");
    script = changed(script, "map50 >= 0.95", "map50 > 0.01");
    assertThat(run("detect.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  /** Of a few pictures: more words are right than without them. */
  @Test
  void picturesAreTold() throws IOException {
    String script = text("captions.net");
    script = changed(script, "count = 40_000", "count = 1_500");
    script = changed(script, "batch     = 64", "batch     = 16");
    script = changed(script, "epochs    = 4", "epochs    = 6");
    script = changed(script, "exact > floor.exact + 0.9", "accuracy > floor.accuracy + 0.15");
    script = changed(script, "exact >= 0.97", "exact >= 0.1");
    assertThat(run("captions.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void pixelsOfDigitsAreToldApart() throws IOException {
    String script = text("segment.net");
    script = changed(script, "count = 30_000", "count = 600");
    script = changed(script, "batch     = 32", "batch     = 8");
    script = changed(script, "score.accuracy > floor.accuracy and score.iou > floor.iou + 0.4", "score.iou > floor.iou");
    script = changed(script, "mask.iou >= 0.69", "mask.loss < 0.4");
    assertThat(run("segment.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  /** Where nobody has fetched clothes, on digits: they come in the same form. */
  @Test
  void clothesAreLearned() throws IOException {
    String script = changed(text("fashion-mnist.net"), "fashion_mnist(download = \"fashion\")", "fashion_mnist(\"mnist\")");
    script = changed(script, "normalize = auto", "normalize = auto; limit = 1_500");
    script = changed(script, "epochs    = 20", "epochs    = 3");
    script = changed(script, "accuracy >= 0.935", "accuracy >= 0.6");
    assertThat(run("fashion-mnist.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  /** Where nobody has fetched anything, on made-up images in an archive of that form. */
  @Test
  void medicalImagesAreTaught(@TempDir Path scratch) throws IOException {
    Path folder = Files.createDirectory(scratch.resolve("medmnist"));
    Files.copy(FOLDER.resolve("../runtime/src/test/resources/dev/lanewise/runtime/data/source/medical/pneumoniamnist.npz"), folder.resolve("pneumoniamnist.npz"));
    String script = changed(text("medical.net"), "epochs    = 30", "batch = 16; epochs = 12");
    script = changed(script, "score.accuracy > floor.accuracy and score.auc > floor.auc", "well > 0.8");
    script = changed(script, "accuracy >= 0.9", "accuracy >= 0.8");
    assertThat(sample.run(scratch.resolve("medical.net"), script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void sickCellsAreFound() throws IOException {
    String script = changed(text("screening.net"), "count = 4_000", "count = 2_000");
    script = changed(script, "auc + 0.08", "auc + 0.05");
    script = changed(script, "area > 0.89 and", "area > 0.8 and");
    assertThat(run("screening.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  /** On digits: of so few the network that has seen others without labels need not be better. */
  @Test
  void viewsAreLearnedWithoutLabels() throws IOException {
    String script = changed(text("simclr.net"), "fashion_mnist(download = \"fashion\")", "fashion_mnist(\"mnist\")");
    script = changed(script, "normalize = auto\n  augment   = [scale", "normalize = auto\n  limit     = 1_000\n  augment   = [scale");
    script = script.replaceAll("epochs    = \\d+", "epochs    = 3");
    assertThat(run("simclr.net", script.replaceAll("expect .*", "expect test(Tuned, few).accuracy > 0.2"))).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void pairsAreToldApart() throws IOException {
    String script = changed(text("siamese.net"), "pairs     = 60_000", "pairs     = 4_000; limit = 4_000");
    script = changed(script, "accuracy >= 0.97", "accuracy >= 0.7");
    assertThat(run("siamese.net", script.replaceAll("expect .* \\+ 0.03", "expect floor.accuracy > 0.4"))).as("%s", events).isEqualTo(Outcome.OK);
  }

  /** On made-up signs, each a colour and a form. */
  @Test
  void wordsFindPictures(@TempDir Path scratch) throws IOException {
    SampleFiles.emoji(scratch);
    String script = changed(text("clip.net"), "split.test = 2_300", "split.test = 24");
    script = changed(script, "batch     = 128", "batch     = 32");
    script = changed(script, "epochs    = 16", "epochs    = 30");
    script = changed(script, "\"smiling face\"", "\"red 1\"");
    script = changed(script, "\"笑脸\", count = 5", "\"红\", count = 5, to = \"found.png\"");
    script = changed(script, "finds(Clip, emojis, k = 10).least >= 10", "finds(Clip, emojis, k = 2).least > 1.5");
    assertThat(sample.run(scratch.resolve("clip.net"), script)).as("%s", events).isEqualTo(Outcome.OK);
    assertThat(scratch.resolve("found.png")).isNotEmptyFile();
  }

  /** Of a folder in which each kind of cell has one colour. */
  @Test
  void cellsInFoldersAreToldApart(@TempDir Path scratch) throws IOException {
    SampleFiles.cells(scratch);
    String script = changed(text("cells.net"), "split.val = 100", "split.val = 6");
    script = changed(script, "epochs    = 30", "epochs    = 12");
    script = changed(script, "f1 > test(Logistic, blood).f1", "f1 > 0.9");
    assertThat(sample.run(scratch.resolve("cells.net"), script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"autoencoder.net", "denoising-autoencoder.net"})
  void anEncoderIsHandedOn(String name) throws IOException {
    String script = text(name);
    script = changed(script, "= input", "= input; limit = 500");
    script = changed(script, "limit = 1_000", "limit = 300");
    script = changed(script, "data digits = mnist()", "data digits = mnist() { limit = 500 }");
    script = changed(script, "accuracy > test(Scratch, digits).accuracy + 0.01", "accuracy >= 0.3");
    assertThat(run(name, script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void digitsAreMadeOfNoise() throws IOException {
    String script = changed(text("gan.net"), "data digits = mnist()\n", "data digits = mnist() { limit = 320 }\n");
    script = changed(script, "epochs    = 20", "epochs    = 2");
    script = changed(script, "count = 10_000).least >= 0.05", "count = 100).most <= 1");
    assertThat(run("gan.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void digitsLieInAPlane() throws IOException {
    String script = changed(text("vae.net"), "data digits = mnist()\n", "data digits = mnist() { limit = 1_000 }\n");
    script = changed(script, "loss < 148", "loss < 250");
    assertThat(run("vae.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }
}
