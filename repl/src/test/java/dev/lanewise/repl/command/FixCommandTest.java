package dev.lanewise.repl.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Window;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files that are mended, and what is told. */
class FixCommandTest {
  private static final String WRONG = "net A {\n  input 2\n  densse(3)\n}\n";
  private static final String RIGHT = "net A {\n  input 2\n  dense(3)\n}\n";

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console = new Console(new Output(out), new Output(err), false, false, false, Language.ENGLISH);

  private int run(String... arguments) {
    return LanewiseCommand.run(console, arguments);
  }

  private int runWith(String input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(arguments);
    } finally {
      System.setIn(before);
    }
  }

  private Path script(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void mendsAFileAndTellsWhat() throws IOException {
    Path file = script("a.net", WRONG);
    assertThat(run("fix", file.toString())).isZero();
    assertThat(file).hasContent(RIGHT);
    assertThat(out.toString().lines()).containsExactly(file + ":3:3 L006: `densse` → `dense`", file + ": mended 1");
    assertThat(err.toString()).isEmpty();
    out.reset();
    assertThat(run("fix", file.toString())).isZero();
    assertThat(out.toString().lines()).containsExactly(file + ": nothing to mend");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  /** What nobody can know stays, and is told; what is certain is mended all the same. */
  @Test
  void whatIsLeftIsStatusTwo() throws IOException {
    Path file = script("a.net", WRONG + "a = nowhere(3)\n");
    assertThat(run("fix", file.toString())).isEqualTo(2);
    assertThat(file).hasContent(RIGHT + "a = nowhere(3)\n");
    assertThat(err.toString()).contains("a.net:5:5 error L071");
  }

  @ParameterizedTest
  @CsvSource({"'', '\n'", "'', '\r\n'", "'\ufeff', '\n'", "'\ufeff', '\r\n'"})
  void endsOfLinesAndTheMarkOfItsEncodingStay(String mark, String end) throws IOException {
    Path file = script("a.net", mark + WRONG.replace("\n", end));
    assertThat(run("fix", file.toString())).isZero();
    assertThat(Files.readString(file)).isEqualTo(mark + RIGHT.replace("\n", end));
  }

  @Test
  void changesNothingWhereOnlyADiffIsWanted() throws IOException {
    Path file = script("a.net", WRONG.stripTrailing());
    assertThat(run("fix", "--dry-run", file.toString())).isZero();
    assertThat(file).hasContent(WRONG.stripTrailing());
    assertThat(out.toString()).isEqualTo("--- a" + file + "\n+++ b" + file + "\n@@ -1,4 +1,4 @@\n net A {\n   input 2\n-  densse(3)\n+  dense(3)\n }\n\\ No newline at end of file\n");
    assertThat(err.toString()).contains("mended 1");
  }

  @Test
  void printsInsteadOfWriting() throws IOException {
    Path file = script("a.net", WRONG);
    assertThat(run("fix", "--stdout", file.toString())).isZero();
    assertThat(out.toString()).isEqualTo(RIGHT);
    assertThat(file).hasContent(WRONG);
    out.reset();
    assertThat(runWith(WRONG, "fix", "-")).isZero();
    assertThat(out.toString()).isEqualTo(RIGHT);
  }

  @Test
  void severalFilesAreMendedAndTheWorstCounts() throws IOException {
    Path a = script("a.net", WRONG);
    Path b = script("b.net", WRONG);
    assertThat(run("fix", a.toString(), folder.resolve("nowhere.net").toString(), b.toString())).isEqualTo(2);
    assertThat(a).hasContent(RIGHT);
    assertThat(b).hasContent(RIGHT);
    assertThat(err.toString()).contains("there is no file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--stdout --dry-run a.net", "--stdout a.net b.net", "a.net -"})
  void twoThingsAtOnceOnOneOutputAreAMistake(String arguments) {
    assertThat(run(("fix " + arguments).split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("Try: lanewise fix --help");
  }

  @Test
  void aFolderIsNoScript() {
    assertThat(run("fix", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is a directory, not a script").doesNotContain("Exception");
  }

  @Test
  void aFileThatHasChangedMeanwhileIsNotOverwritten() throws IOException {
    Path file = script("a.net", "a = 1\n");
    Renderer renderer = Renderers.of(console, false, Window.NONE);
    assertThat(ScriptFile.write(new Source(file.toString(), WRONG), RIGHT, renderer).status()).isEqualTo(2);
    assertThat(file).hasContent("a = 1\n");
    assertThat(err.toString()).contains("has changed meanwhile, and is not overwritten");
  }

  @Test
  void tellsToolsWhatWasMended() throws IOException {
    Path file = script("a.net", WRONG + "a = nowhere(3)\n");
    assertThat(run("fix", "--json", file.toString())).isEqualTo(2);
    assertThat(out.toString().lines()).hasSize(4).allMatch(l -> l.startsWith("{\"event\":"));
    assertThat(out.toString())
        .contains("\"line\":3,\"column\":3,\"endLine\":3,\"endColumn\":9,\"code\":\"L006\"")
        .contains("\"was\":\"densse\",\"is\":\"dense\",\"certain\":true,\"edits\":[{\"line\":3,\"column\":3,\"endLine\":3,\"endColumn\":9,\"text\":\"dense\"}]")
        .contains("\"mended\":1,\"left\":1")
        .contains("{\"event\":\"finish\",\"outcome\":\"mistake\",\"status\":2}");
  }
}
