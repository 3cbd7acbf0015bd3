package dev.lanewise.repl.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Output;
import dev.lanewise.runtime.file.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit statuses, and what goes where. */
class LanewiseCommandTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    Console console = new Console(
        new Output(out), new Output(err), false, false, false, Language.ENGLISH);
    return LanewiseCommand.run(console, arguments);
  }

  private String script(String text) throws IOException {
    return Files.writeString(folder.resolve("a.net"), text).toString();
  }

  @Test
  void aTrueExpectationIsStatusZero() throws IOException {
    assertThat(run("run", script("expect 1 + 1 == 2\n"))).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aFalseExpectationIsStatusOne() throws IOException {
    assertThat(run("run", script("expect 1 + 1 == 3\n"))).isEqualTo(1);
  }

  @Test
  void aMistakeInTheScriptIsStatusTwo() throws IOException {
    String script = script("net A {\n  input 2\n  densse(3)\n}\n");
    assertThat(run("run", script)).isEqualTo(2);
    assertThat(run("check", script)).isEqualTo(2);
    assertThat(err.toString()).contains("a.net:3:3 error L006").doesNotContain("Exception");
  }

  @Test
  void checkRunsNothing() throws IOException {
    assertThat(run("check", script("net A = input 2 -> dense(2)\nload(A, \"nowhere.safetensors\")\n"))).isZero();
    assertThat(out.toString()).contains("no mistakes");
  }

  @Test
  void codeOnTheCommandLineRuns() {
    assertThat(run("-e", "a = 2 ^ 5; a + 1")).isZero();
    assertThat(out.toString()).contains("33");
    assertThat(run("-e", "expect 1 == 2")).isEqualTo(1);
    assertThat(run("-e", "densse(3)")).isEqualTo(2);
    assertThat(err.toString()).contains("-e:1:1 error L071");
  }

  @Test
  void checkReportsAsSarif() throws IOException {
    String script = script("net A {\n  input 1x4x4\n  densse(3)\n}\nnet B {\n  input 1x4x4\n  conv(2, 3)\n  dense(3)\n}\n");
    assertThat(run("check", script, "--format", "sarif")).isEqualTo(2);
    assertThat(out.toString())
        .startsWith("{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{")
        .contains("\"columnKind\":\"unicodeCodePoints\",\"tool\":{\"driver\":{\"name\":\"Lanewise\"")
        .contains("\"rules\":[{\"id\":\"L006\",\"shortDescription\":{\"text\":\"a name that is not known\"},\"fullDescription\":{\"text\":")
        .contains("\"help\":{\"text\":", "\"defaultConfiguration\":{\"level\":\"error\"}")
        .contains("\"invocations\":[{\"executionSuccessful\":true,\"toolExecutionNotifications\":[]}]")
        .contains("{\"ruleId\":\"L006\",\"ruleIndex\":0,\"level\":\"error\",\"message\":{\"text\":\"unknown layer `densse`: did you mean `dense`?\"}")
        .contains("\"region\":{\"startLine\":3,\"startColumn\":3,\"endLine\":3,\"endColumn\":9}")
        .contains("\"fixes\":[{\"description\":{\"text\":\"did you mean `dense`?\"},\"artifactChanges\":[{\"artifactLocation\":{\"uri\":\"" + Path.of(script).toUri() + "\"},"
            + "\"replacements\":[{\"deletedRegion\":{\"startLine\":3,\"startColumn\":3,\"endLine\":3,\"endColumn\":9},\"insertedContent\":{\"text\":\"dense\"}}]}],"
            + "\"properties\":{\"certain\":true}}]")
        .contains("\"relatedLocations\":[{\"physicalLocation\":{")
        .endsWith("}\n");
    out.reset();
    assertThat(run("--json", "check", script("net A = input 2 -> dense(3)\n"), "--format", "sarif")).isZero();
    assertThat(out.toString()).contains("\"results\":[]").hasLineCount(1);
  }

  /** Whoever takes the document learns from it that there was more to look at. */
  @Test
  void sarifTellsOfFilesThatCannotBeRead() throws IOException {
    assertThat(run("check", script("a = 1\n"), folder.resolve("nowhere.net").toString(), "--format", "sarif")).isEqualTo(2);
    assertThat(out.toString())
        .contains("\"invocations\":[{\"executionSuccessful\":false,\"toolExecutionNotifications\":[{\"level\":\"error\",\"message\":{\"text\":\"there is no file ")
        .contains("\"results\":[]");
  }

  @Test
  void checkTellsToolsWhatWouldMend() throws IOException {
    assertThat(run("check", script("net A = input 4 -> densse(3)\nnet B = input 1x4x4 -> dense(3)\n"), "--format", "json")).isEqualTo(2);
    assertThat(out.toString())
        .startsWith("{\"event\":\"diagnostic\",\"severity\":\"error\",\"code\":\"L006\"")
        .contains("\"line\":1,\"column\":20,\"endLine\":1,\"endColumn\":26,")
        .contains("\"certain\":true,\"edits\":[{\"line\":1,\"column\":20,\"endLine\":1,\"endColumn\":26,\"text\":\"dense\"}],\"notes\":[]")
        .contains("{\"event\":\"checked\",\"scripts\":1,\"mistaken\":1,\"unread\":0}");
  }

  @Test
  void checkTakesFilesAndFolders() throws IOException {
    Files.createDirectories(folder.resolve("deep/er"));
    Files.createDirectories(folder.resolve(".hidden"));
    Files.writeString(folder.resolve("deep/er/b.net"), "densse(3)\n");
    Files.writeString(folder.resolve("deep/notes.txt"), "no script");
    Files.writeString(folder.resolve(".hidden/c.net"), "no script");
    String good = script("a = 1\n");
    assertThat(run("check", good, good)).isZero();
    assertThat(out.toString()).contains("checked 2 scripts: no mistakes");
    out.reset();
    assertThat(run("check", folder.toString())).isEqualTo(2);
    assertThat(out.toString()).contains("checked 2 scripts: mistakes in 1");
    assertThat(err.toString()).contains("b.net:1:1 error L071");
    Files.createDirectory(folder.resolve("empty"));
    assertThat(run("check", folder.resolve("empty").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is a folder without scripts");
  }

  @Test
  void showDrawsWithoutRunning() throws IOException {
    String script = script("net A = input 2 -> dense(3) -> relu\nload(A, \"nowhere.safetensors\")\n");
    assertThat(run("show", script)).isZero();
    assertThat(out.toString()).contains("dense1", "multiply-adds");
    out.reset();
    assertThat(run("show", script, "--as", "svg")).isZero();
    assertThat(out.toString()).startsWith("<svg ").endsWith("</svg>\n");
    assertThat(run("show", script, "--net", "B")).isEqualTo(2);
    assertThat(err.toString()).contains("defines no network called B");
  }

  @Test
  void aScriptThatCannotBeReadIsStatusTwo() throws IOException {
    Path binary = Files.write(folder.resolve("b.net"), new byte[] {'a', (byte) 0xff, 'b'});
    assertThat(run("run", folder.resolve("missing.net").toString())).isEqualTo(2);
    assertThat(run("run", folder.toString())).isEqualTo(2);
    assertThat(run("check", binary.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("there is no file", "is a directory", "is not UTF-8 text: byte 1 does not fit")
        .doesNotContain("Exception");
  }

  @Test
  void whatNeedsTheSourcesSaysSoWhereThereAreNone() {
    assertThat(run("bench", "matmul")).isEqualTo(2);
    assertThat(run("package")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(2).allMatch(l -> l.equals("lanewise: this needs the sources, which a package does not have"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench --write evil.net", "bench --write /dev/null", "bench --write nowhere/a.md", "bench --write /dev"})
  void benchWritesPagesAlone(String arguments) {
    System.setProperty("lanewise.home", Path.of("..").toAbsolutePath().toString());
    try {
      assertThat(run(arguments.split(" "))).isEqualTo(2);
    } finally {
      System.clearProperty("lanewise.home");
    }
    assertThat(err.toString()).startsWith("lanewise: --write takes a page in Markdown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench --bogus", "package a b", "runn", "run", "--threads 0 run a.net", "run a.net --threads x", "run a.net --kernels fast", "--nonsense"})
  void aMistakeInTheArgumentsIsStatusTwo(String arguments) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("lanewise: ").contains("Try: lanewise").doesNotContain("Exception");
  }

  @Test
  void optionsMayStandBeforeAndAfterTheSubcommand() throws IOException {
    String script = script("net A = input 2 -> dense(2)\n");
    assertThat(run("--json", "--threads", "1", "run", script)).isZero();
    String before = out.toString();
    out.reset();
    assertThat(run("run", script, "--json", "--threads", "1")).isZero();
    assertThat(out.toString()).isEqualTo(before).contains("{\"event\":\"finish\",\"outcome\":\"ok\",\"status\":0}");
  }

  @Test
  void jsonKeepsStandardOutputForJson() {
    assertThat(run("run", "--json", folder.resolve("missing.net").toString())).isEqualTo(2);
    assertThat(out.toString().lines()).allMatch(line -> line.startsWith("{\"event\":"));
    assertThat(err.toString()).contains("there is no file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "run --help", "check --help", "fix --help", "explain --help", "bench --help", "package --help"})
  void everyHelpHasAnExample(String arguments) {
    assertThat(run(arguments.split(" "))).isZero();
    assertThat(out.toString()).contains("Example", "lanewise");
  }

  @Test
  void theVersionNamesWhatTimesDependOn() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).contains("Lanewise ", "JDK ", "vectors ", " bits", "threads ");
  }

  @Test
  void fmtChangesFilesAndTellsWhichItWould() throws IOException {
    String file = script("net A{input 2;dense( 2 )}  # small\n");
    assertThat(run("fmt", "--check", file)).isEqualTo(1);
    assertThat(out.toString()).contains("would change");
    assertThat(run("fmt", file)).isZero();
    assertThat(Files.readString(folder.resolve("a.net"))).isEqualTo("net A { input 2; dense(2) }  # small\n");
    assertThat(run("fmt", "--check", file)).isZero();
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void fmtLeavesWhatItCannotRead() throws IOException {
    String file = script("net A { dense 2 }\n");
    assertThat(run("fmt", file)).isEqualTo(2);
    assertThat(err.toString()).contains("L003");
    assertThat(Files.readString(folder.resolve("a.net"))).isEqualTo("net A { dense 2 }\n");
  }

  @Test
  void explainTellsTheStory() {
    assertThat(run("explain", "L012")).isZero();
    assertThat(out.toString()).contains("Wrong:", "example.net:4:3 error L012", "Right:", "flatten");
    String told = out.toString();
    out.reset();
    assertThat(run("explain", "l012")).isZero();
    assertThat(out.toString()).isEqualTo(told);
    assertThat(run("explain", "L999")).isEqualTo(2);
    assertThat(run("explain")).isZero();
    assertThat(out.toString()).contains("L051  warning  a batch larger than the data");
  }

  @ParameterizedTest
  @CsvSource({"conv, conv(channels", "Conv, conv(channels", "epochs, epochs", "cross_entropy, cross_entropy", "doctor, doctor(run)"})
  void explainKnowsTheWordsOfTheLanguage(String word, String told) {
    assertThat(run("explain", word)).isZero();
    assertThat(out.toString()).contains(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"init", "init net.net", "explain init", "-e Init(3)"})
  void whatIsToComeIsToldInOneWay(String arguments) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).containsPattern("`init` is not there yet");
  }

  @Test
  void explainOffersTheNearestWord() {
    assertThat(run("explain", "convv")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no code and no word `convv`. did you mean `conv`?");
  }

  /** A stream that takes so many bytes and no more. */
  private static OutputStream full(int room, String reason) {
    return new OutputStream() {
      private int left = room;

      @Override
      public void write(int b) throws IOException {
        if (left-- <= 0) {
          throw new IOException(reason);
        }
      }
    };
  }

  private int runInto(OutputStream stream, String... arguments) {
    return LanewiseCommand.run(new Console(new Output(stream), new Output(err), false, false, false, Language.ENGLISH), arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-e=a = 1", "--json -e=a = 1", "explain L012", "--help", "--version", "check FILE", "show FILE", "show FILE --as svg", "fix FILE"})
  void aFullDiskIsToldWithStatusTwo(String arguments) throws IOException {
    String file = script("net A = input 2 -> dense(2)\n");
    assertThat(runInto(full(0, "No space left on device"), arguments.replace("FILE", file).split(" (?![=1])"))).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("lanewise: standard output cannot be written: No space left on device" + System.lineSeparator());
  }

  @Test
  void aReaderThatIsGoneEndsTheWorkInSilence() {
    assertThat(runInto(full(0, "Broken pipe"), "-e", "a = 1")).isEqualTo(141);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void errorsThatCannotBeWrittenShowInTheStatus() {
    Console console = new Console(new Output(out), new Output(full(0, "No space left on device")), false, false, false, Language.ENGLISH);
    assertThat(LanewiseCommand.run(console, "-e", "net A = input 2 -> dense(2) -> relu -> relu")).isEqualTo(2);
  }

  @Test
  void aTrainingWhoseOutputBreaksStopsAndKeepsItsCheckpoint() throws IOException {
    Path kept = folder.resolve("run.safetensors");
    String script = script("""
        net N = input 2 -> dense(2)
        data d = moons(count = 60)
        train N on d { epochs = 1000; resume = "%s" }
        save(N, "%s")
        """.formatted(kept, folder.resolve("never.safetensors")));
    OutputStream untilItTrains = new OutputStream() {
      @Override
      public void write(int b) {}

      @Override
      public void write(byte[] text) throws IOException {
        if (new String(text, StandardCharsets.UTF_8).contains("1/1000")) {
          throw new IOException("Broken pipe");
        }
      }
    };
    assertThat(runInto(untilItTrains, "run", script)).isEqualTo(141);
    assertThat(Safetensors.read(kept).metadata()).containsEntry("epoch", "1");
    assertThat(folder.resolve("never.safetensors")).doesNotExist();
  }
}
