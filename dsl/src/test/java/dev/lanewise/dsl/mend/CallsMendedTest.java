package dev.lanewise.dsl.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of layers, verbs and data sources, and settings of data, that are not as they should be: what becomes of them. */
class CallsMendedTest {
  private static final String IMAGES = "net N = input 4x9x9 -> ";
  private static final String PLAIN = "net N = input 9 -> ";
  private static final String TRAINED = "net N = input 2 -> dense(8) -> tanh -> dense(2)\ndata d = moons()\nbase = train N on d\n";

  private static String mended(String name, String script) {
    Options options = new Options(1, OptionalLong.empty(), KernelSet.SCALAR, false, Language.ENGLISH);
    return Fix.of(new Source(name, script), s -> {
      try (Session session = new Session(options, _ -> { })) {
        return session.check(s);
      }
    }).text();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "conv(8, 3, pad = \"same\") | conv(8, 3, pad = same)", "conv(8, 3, pad = true) | conv(8, 3, pad = same)", "conv(8, [3, 3]) | conv(8, 3)", "conv(8, \"3x5\") | conv(8, 3x5)",
      "conv(8, 3, bias = 0) | conv(8, 3, bias = false)", "conv(8, 3, bias = \"no\") | conv(8, 3, bias = false)", "conv(\"8\", 3) | conv(8, 3)", "conv(8) | conv(8, 3)",
      "conv(8, stride = 2) | conv(8, 3, stride = 2)", "conv(8, 3, groups = 3) | conv(8, 3, groups = 4)", "conv(8, 4, pad = same) | conv(8, 5, pad = same)",
      "conv(8, 3, init = \"he_normal\") | conv(8, 3, init = he_normal)", "upsample(2, \"bilinear\") | upsample(2, bilinear)", "upsample | upsample(2)",
      "maxpool | maxpool(2)", "maxpool(\"global\") | maxpool(global)", "groupnorm | groupnorm(4)", "groupnorm(3) | groupnorm(4)"})
  void layersOfImages(String written, String meant) {
    assertThat(mended("x.net", IMAGES + written)).isEqualTo(IMAGES + meant);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "dense(\"12\") | dense(12)", "dense(25 / 2) | dense(12)", "dense(9) -> tanh(3) -> dense(2) | dense(9) -> tanh -> dense(2)", "dense(9) -> relu(20) -> dense(2) | dense(9) -> relu -> dense(2)",
      "dense(9) -> relu(0.1) -> dense(2) | dense(9) -> leaky_relu(0.1) -> dense(2)", "dense(9) -> relu -> dropout(30) -> dense(2) | dense(9) -> relu -> dropout(0.3) -> dense(2)",
      "dense(4, init = \"xavier_uniform\") | dense(4, init = xavier_uniform)"})
  void layersOfRows(String written, String meant) {
    assertThat(mended("x.net", PLAIN + written)).isEqualTo(PLAIN + meant);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "input 1x28x28 -> conv(6, 3) -> relu -> dense(10) | input 1x28x28 -> conv(6, 3) -> relu -> flatten -> dense(10)",
      "input 1x28x28 -> flatten -> conv(6, 3) -> relu -> dense(10) | input 1x28x28 -> conv(6, 3) -> relu -> flatten -> dense(10)",
      "input 1*28*28 -> conv(6, 3) -> relu -> flatten -> dense(10) | input 1x28x28 -> conv(6, 3) -> relu -> flatten -> dense(10)",
      "input 3072 -> conv(6, 3) -> relu -> flatten -> dense(10) | input 3x32x32 -> conv(6, 3) -> relu -> flatten -> dense(10)",
      "input 32x32x3 -> conv(6, 3) -> relu -> flatten -> dense(10) | input 3x32x32 -> conv(6, 3) -> relu -> flatten -> dense(10)",
      "flatten -> dense(10) | input 1x28x28 -> flatten -> dense(10)", "input 1x28x28 -> flatten -> dense() | input 1x28x28 -> flatten -> dense(10)"})
  void shapes(String written, String meant) {
    assertThat(mended("x.net", "net N = " + written)).isEqualTo("net N = " + meant);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "input 1 -> dense(8) -> tanh -> dense(2) | input 2 -> dense(8) -> tanh -> dense(2)", "input 2 -> dense(8) -> tanh -> dense() | input 2 -> dense(8) -> tanh -> dense(2)",
      "input 2 -> dense(8) -> tanh -> dense(20) | input 2 -> dense(8) -> tanh -> dense(2)", "dense(8) -> tanh -> dense(2) | input 2 -> dense(8) -> tanh -> dense(2)"})
  void networksAsTheDataIs(String written, String meant) {
    String rest = "\ndata d = moons()\ntrain N on d";
    assertThat(mended("x.net", "net N = " + written + rest)).isEqualTo("net N = " + meant + rest);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "test(d, N) | test(N, d)", "test(N) | test(N, d)", "test(d) | test(N, d)", "confusion(N) | confusion(N, d)", "save(\"n.safetensors\", N) | save(N, \"n.safetensors\")",
      "save(N, n.safetensors) | save(N, \"n.safetensors\")", "save(N) | save(N, \"n.safetensors\")", "plot(base, \"loss.png\") | plot(base, to = \"loss.png\")",
      "predict(N, d.test[3]) | predict(N, d.test.item(3))", "predict(N, d.test[0:4]) | predict(N, d.test.batch(0, size = 4))", "show(d.item(3)) | show(d.test.item(3))",
      "N = load(\"n.safetensors\") | load(N, \"n.safetensors\")",
      "report(base, \"r.html\", show = [N, d.test.item(3)]) | report(base, \"r.html\", show = [show(N), show(d.test.item(3))])",
      "report(base, \"r.html\", show = base) | report(base, \"r.html\", show = show(base))"})
  void verbs(String written, String meant) {
    assertThat(mended("x.net", TRAINED + written)).isEqualTo(TRAINED + meant);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "width in [4, 8] | P.width in [4, 8]", "P.width = [4, 8] | P.width in [4, 8]", "width = [4, 8] | P.width in [4, 8]", "lr in [0.1, 0.2] | optimizer.lr in [0.1, 0.2]",
      "P.width in [4, 8]; pick = max(test.accuracy) | P.width in [4, 8]; pick = max(val.accuracy)", "P.width in [4, 8]; pick = max(val.loss) | P.width in [4, 8]; pick = min(val.loss)"})
  void sweeps(String written, String meant) {
    String before = "net P(width = 8) = input 2 -> dense(width) -> relu -> dense(2)\ndata d = moons() { split.val = 100 }\nbase = train P on d\nsweep base { ";
    assertThat(mended("x.net", before + written + " }")).isEqualTo(before + meant + " }");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "moons(limit = 300) | moons() { limit = 300 }", "moons(n = 300) | moons(count = 300)", "moons(n_samples = 300, limit = 100) | moons(count = 300) { limit = 100 }",
      "moons() { limit = 500; split_val = 100 } | moons() { limit = 500; split.val = 100 }", "moons() { limit = 500; val.split = 100 } | moons() { limit = 500; split.val = 100 }",
      "moons() { limit = 500; split { val = 100 } } | moons() { limit = 500; split.val = 100 }", "moons() { limit = 500; split.val = 0.2 } | moons() { limit = 500; split.val = 100 }",
      "moons() { limit = 500; split.val = 900 } | moons() { limit = 500; split.val = 100 }", "moons() { limit = -1; split.val = 100 } | moons() { split.val = 100 }",
      "moons() { normalize = \"auto\" } | moons() { normalize = auto }", "moons() { normalize = true } | moons() { normalize = auto }", "moons() { target = self } | moons() { target = input }",
      "moons() { balance = true } | moons() { balance = equal }", "moons() { augment = [\"noise\"] } | moons() { augment = [noise(0.05)] }", "moons() { allow = [imbalence] } | moons() { allow = [imbalance] }"})
  void dataAndItsSettings(String written, String meant) {
    assertThat(mended("x.net", "data d = " + written)).isEqualTo("data d = " + meant);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "rotation(10) | rotate(10)", "rotate(-10, 10) | rotate(10)", "rotate | rotate(10)", "brightness(0.2) | brightness(0.8, 1.2)", "horizontal_flip | flip"})
  void changesOfImages(String written, String meant) {
    String before = "data d = clutter() { augment = [";
    assertThat(mended("x.net", before + written + "] }")).isEqualTo(before + meant + "] }");
  }

  @Test
  void filesAndTheirColumns(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("garden.csv"), "height,width,kind\n1.5,2.5,fern\n2.5,7.5,moss\n3.5,1.5,fern\n4.5,3.5,moss\n");
    String right = "data d = csv(\"garden.csv\", label = \"kind\")";
    String script = folder.resolve("x.net").toString();
    assertThat(mended(script, "data d = csv(\"gardn.csv\", label = \"kind\")")).isEqualTo(right);
    assertThat(mended(script, "data d = csv(\"garden.csv\", label = \"Kind\")")).isEqualTo(right);
    assertThat(mended(script, "data d = csv(\"garden.csv\", label = \"knid\")")).isEqualTo(right);
    assertThat(mended(script, "data d = csv(garden.csv, label = kind)")).isEqualTo(right);
    assertThat(mended(script, "data d = csv(\"garden.csv\", y = \"kind\")")).isEqualTo(right);
    assertThat(mended(script, "data d = csv(\"garden.csv\")")).isEqualTo(right);
    assertThat(mended(script, "data d = csv(\"garden.csv\", header = true, label = \"kind\")")).isEqualTo(right);
    assertThat(mended(script, "data d = csv(\"garden.csv\", label = \"kind\", encoding = \"utf-8\")")).isEqualTo(right);
    assertThat(mended(script, "data d = csv(\"garden.csv\", target = \"height, width\", words = index)")).isEqualTo("data d = csv(\"garden.csv\", target = [\"height\", \"width\"], words = index)");
    assertThat(mended(script, "data d = csv(\"garden.csv\", label = -1)")).isEqualTo("data d = csv(\"garden.csv\", label = 3)");
  }
}
