package dev.lanewise.repl.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.repl.conversation.Conversation;
import dev.lanewise.repl.render.Console;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.render.Style;
import dev.lanewise.repl.render.Voice;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jline.utils.ScreenTerminal;
import org.jline.utils.ScreenTerminal.VirtualTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user at a terminal: keys go in, the screen is read. The terminal is JLine's own, with the line discipline that turns Ctrl-C into an
 * interrupt; so no program is needed that a bare machine may not have.
 */
class PromptOnScreenTest {
  /** So many that nothing scrolls away. */
  private static final int ROWS = 160;

  @TempDir private Path folder;

  private VirtualTerminal virtual;
  private int columns;

  /** What is on the screen. */
  private List<String> screen() {
    long[] cells = new long[columns * ROWS];
    virtual.screen().dump(cells, new int[2]);
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        int letter = ScreenTerminal.cellCodePoint(cells[r * columns + c]);
        line.appendCodePoint(letter == 0 ? ' ' : letter);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Until the screen shows it. Whoever waits too long is ended by the test's time-out, with the screen as the reason. */
  private List<String> await(String what, Predicate<List<String>> shown) throws InterruptedException {
    List<String> lines = screen();
    for (int changes = 0; !shown.test(lines); changes++) {
      if (!virtual.screen().waitDirty(240_000)) {
        throw new AssertionError("waited for " + what + ", but the screen stays\n" + String.join("\n", lines).stripTrailing());
      }
      lines = screen();
    }
    return lines;
  }

  private List<String> awaitLine(String pattern) throws InterruptedException {
    return await(pattern, lines -> lines.stream().anyMatch(l -> l.matches(pattern)));
  }

  /** Until the prompt stands alone on the last line again, below a line that was typed. */
  private List<String> awaitAnswer(String typed) throws InterruptedException {
    String seen = "lanewise> " + typed.substring(0, Math.min(12, typed.length()));
    return await("the answer to " + typed, lines -> lines.stream().anyMatch(l -> l.startsWith(seen)) && last(lines).equals("lanewise>"));
  }

  /** Until there is nothing more to come before somebody types. */
  private List<String> awaitPrompt() throws InterruptedException {
    return await("the prompt", lines -> last(lines).equals("lanewise>"));
  }

  private List<String> awaitMenu() throws InterruptedException {
    return await("the menu", lines -> last(lines).equals("paused>"));
  }

  private static String last(List<String> lines) {
    return lines.stream().filter(l -> !l.isEmpty()).reduce((_, l) -> l).orElse("");
  }

  private void type(String text) throws IOException {
    virtual.terminal().processInputBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Types a line, and waits until it is answered. */
  private List<String> enter(String line) throws IOException, InterruptedException {
    type(line + "\r");
    return awaitAnswer(line);
  }

  private Thread start(int width) throws IOException {
    columns = width;
    virtual = ScreenTerminal.withTerminal("test", "xterm-256color", width, ROWS);
    Screen screen = Screen.forPrompt(virtual.terminal());
    PrintStream out = new PrintStream(virtual.terminal().output(), true, StandardCharsets.UTF_8);
    Console console = new Console(out, out, true, true, false, Language.ENGLISH);
    Renderer renderer = Renderers.of(console, false, screen);
    PauseMenu menu = new PauseMenu(renderer, console.voice(screen), screen);
    return Thread.ofPlatform().start(() -> {
      try (Session session = new Session(new Session.Options(2, OptionalLong.empty(), KernelSet.VECTOR), menu)) {
        Voice voice = console.voice(screen);
        new Prompt(new Conversation(session, menu, renderer, voice, folder.resolve("tutorial")), voice, screen, folder).run();
      }
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 200})
  @Timeout(900)
  void definesTrainsPausesChangesTheRateGoesOnTestsPlotsSavesAndQuits(int width) throws Exception {
    Thread user = start(width);
    awaitPrompt();
    enter("net N = input 1x28x28 -> flatten -> dense(10)");
    enter("data d = mnist(\"../samples/mnist\") { limit = 200 }");
    type("run = train N on d { epochs = 600; batch = 20; optimizer = sgd(0.05) }\r");
    awaitLine(".*loss \\d.*rate 0\\.05.*");
    type("\u0003");
    List<String> paused = awaitMenu();
    assertThat(paused).anyMatch(l -> l.startsWith("paused in epoch "));
    // What is drawn over and over is gone.
    assertThat(paused).noneMatch(l -> l.contains("examples/s") || l.contains("━"));
    type("r 0.01\r");
    List<String> trained = awaitAnswer("run = train N");
    assertThat(trained).anyMatch(l -> l.startsWith("the learning rate is 0.01 after"));
    assertThat(trained).anyMatch(l -> l.matches(" *600/600 +\\d\\.\\d{4} +\\d+\\.\\d\\d %.*"));
    assertThat(enter("test(N, d)")).anyMatch(l -> l.matches("test N on d: accuracy [6-9]\\d\\.\\d\\d %.*"));
    assertThat(enter("plot(run)")).anyMatch(l -> l.startsWith("loss of N")).anyMatch(l -> l.matches(".*┤[\u2801-\u28ff].*"));
    Path file = folder.resolve("n.safetensors");
    enter("save(N, \"" + file + "\")");
    assertThat(Safetensors.read(file).tensors()).hasSize(2);
    type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(900)
  void theMenuPlotsSavesAndStops() throws Exception {
    Thread user = start(80);
    awaitPrompt();
    enter("net N = input 1x28x28 -> flatten -> dense(10); data d = mnist(\"../samples/mnist\") { limit = 300 }");
    type("train N on d { epochs = 100000; batch = 20; optimizer = sgd(0.05) }\r");
    awaitLine(".*loss \\d.*rate 0\\.05.*");
    type("\u0003");
    awaitMenu();
    type("nonsense\r");
    await("the menu again", lines -> lines.stream().filter(l -> l.contains("c continue")).count() == 2);
    awaitMenu();
    type("r -1\r");
    awaitLine("Write a number above 0: rate 0.001");
    awaitMenu();
    type("p\r");
    awaitLine(".*epoch \\d.*");
    awaitMenu();
    Path file = folder.resolve("n.safetensors");
    type("s " + file + "\r");
    awaitLine("wrote N to .*");
    awaitMenu();
    assertThat(Files.exists(file)).isTrue();
    type("q\r");
    List<String> stopped = awaitPrompt();
    assertThat(stopped).anyMatch(l -> l.startsWith("stopped in epoch "));
    assertThat(enter("test(N, d)")).anyMatch(l -> l.startsWith("test N on d: accuracy "));
    type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(900)
  void ctrlCInTheMenuStops() throws Exception {
    Thread user = start(80);
    awaitPrompt();
    enter("net N = input 2 -> dense(2); data d = xor()");
    type("train N on d { epochs = 10000000; batch = 4 }\r");
    awaitLine(".*loss \\d.*rate .*");
    type("\u0003");
    awaitMenu();
    type("\u0003");
    assertThat(awaitPrompt()).anyMatch(l -> l.startsWith("stopped in epoch "));
    type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(900)
  void whatIsTypedAheadIsShownOnceAndReadNext() throws Exception {
    Thread user = start(80);
    awaitPrompt();
    enter("net N = input 1x28x28 -> flatten -> dense(10); data d = mnist(\"../samples/mnist\") { limit = 200 }");
    type("train N on d { epochs = 600; batch = 20; optimizer = sgd(0.05) }\r");
    awaitLine(".*loss \\d.*rate 0\\.05.*");
    type("ahead = 7\rahead + 1\r");
    List<String> lines = await("both answers", l -> l.contains("_2 = 8") && last(l).equals("lanewise>"));
    assertThat(lines).filteredOn(l -> l.contains("ahead")).containsExactly("lanewise> ahead = 7", "ahead = 7", "lanewise> ahead + 1");
    assertThat(lines.indexOf("lanewise> ahead = 7")).isGreaterThan(lines.indexOf("_1 = this training"));
    type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(900)
  void whileOneTypesTheShapeTheIndentAndWhatWasTypedBeforeAreShown() throws Exception {
    Thread user = start(80);
    awaitPrompt();
    type("net N = input 1x28x28 -> conv(10, 5)");
    awaitLine(" +→ 10x24x24, 260 parameters");
    type(" -> dense(10)");
    awaitLine(" +✗ dense\\(10\\) needs a flat input, but gets 10x24x24");
    type("\r");
    awaitLine("prompt:1:41 error L012.*");
    // The line is back, to be made better.
    await("the line again", lines -> lines.stream().filter(l -> l.startsWith("lanewise> net N = ")).count() == 2);
    type("\u0015net N {\r");
    awaitLine(" +…");
    type("input 4\rdense(2)\r}");
    awaitLine(" +… {3}input 4");
    awaitLine(" +… }");
    type("\r");
    awaitLine("net N: 4 -> 2, 10 parameters");
    awaitPrompt();
    assertThat(enter("a = 41")).contains("a = 41");
    // What begins in the same way is offered, and taken with the right arrow.
    type("a = ");
    awaitLine("lanewise> a = 41");
    type("\u001bOC\r");
    await("the second", lines -> lines.stream().filter("a = 41"::equals).count() == 2);
    awaitPrompt();
    type(":quit\r");
    user.join();
    assertThat(Files.readString(folder.resolve("history"))).contains("a = 41");
  }
}
