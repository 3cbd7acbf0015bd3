package dev.lanewise.repl.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that goes out as ONNX and comes back as a script. */
class ImportCommandTest {
  private static final String TRAINED = """
      net Moons = input 2 -> dense(8) -> tanh -> dense(2)
      data points = moons(count = 100)
      train Moons on points { epochs = 1; batch = 20 }
      export(Moons, "moons.onnx")
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void exported() throws IOException {
    Path script = Files.writeString(folder.resolve("train.net"), TRAINED);
    assertThat(run("run", script.toString())).isZero();
    out.reset();
  }

  private int run(String... arguments) {
    Output print = new Output(out);
    return LanewiseCommand.run(new Console(print, print, false, false, false, Language.ENGLISH), arguments);
  }

  private String told() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aModelBecomesAScriptThatRuns() throws IOException {
    assertThat(run("import", folder.resolve("moons.onnx").toString())).isZero();
    assertThat(folder.resolve("moons.net")).hasContent("""
        # Moons, from moons.onnx
        net Moons {
          input 2
          dense(8) -> tanh
          dense(2)
        }

        load(Moons, "moons.safetensors")
        """);
    assertThat(run("fmt", "--check", folder.resolve("moons.net").toString())).isZero();
    assertThat(run("run", folder.resolve("moons.net").toString())).isZero();
    assertThat(told()).contains("`Moons`: 3 layers, 42 parameters");
  }

  @Test
  void aScriptThatIsThereStays() throws IOException {
    Path there = Files.writeString(folder.resolve("moons.net"), "a = 1\n");
    assertThat(run("import", folder.resolve("moons.onnx").toString())).isEqualTo(2);
    assertThat(there).hasContent("a = 1\n");
    assertThat(told()).contains("is there already");
    assertThat(run("import", "--check", folder.resolve("moons.onnx").toString())).isZero();
    assertThat(folder.resolve("moons.safetensors")).doesNotExist();
    assertThat(run("import", "--force", "--name", "Other", folder.resolve("moons.onnx").toString())).isZero();
    assertThat(there).content().contains("net Other {", "load(Other, ");
  }

  @Test
  void whatCannotBeReadIsTold() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    assertThat(run("import", text.toString())).isEqualTo(2);
    assertThat(run("import", folder.resolve("none.onnx").toString())).isEqualTo(2);
    assertThat(run("import", folder.resolve("moons.tflite").toString())).isEqualTo(2);
    assertThat(told()).contains("is no ONNX file, or was cut off", "none.onnx: no such file", "cannot be imported: what can be ends in .onnx").doesNotContain("\tat ");
  }
}
