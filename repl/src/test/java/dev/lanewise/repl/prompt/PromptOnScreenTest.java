package dev.lanewise.repl.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.repl.conversation.Conversation;
import dev.lanewise.repl.render.Output;
import dev.lanewise.repl.render.Console;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.render.Style;
import dev.lanewise.repl.render.Voice;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
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
  @TempDir private Path folder;

  private VirtualTerminal virtual;
  private WatchedScreen screen;

  private Thread start(int width) throws IOException {
    virtual = ScreenTerminal.withTerminal("test", "xterm-256color", width, WatchedScreen.ROWS);
    screen = new WatchedScreen(virtual.screen(), virtual.terminal()::processInputBytes);
    Screen terminal = Screen.forPrompt(virtual.terminal());
    Output out = new Output(virtual.terminal().output());
    Console console = new Console(out, out, true, true, false, Language.ENGLISH);
    Renderer renderer = Renderers.of(console, false, terminal);
    PauseMenu menu = new PauseMenu(renderer, console.voice(terminal), terminal);
    return Thread.ofPlatform().start(() -> {
      try (Session session = new Session(new Session.Options(2, OptionalLong.empty(), KernelSet.VECTOR), menu)) {
        Voice voice = console.voice(terminal);
        new Prompt(new Conversation(session, menu, renderer, voice, folder.resolve("tutorial")), voice, terminal, folder).run();
      }
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 200})
  @Timeout(900)
  void definesTrainsPausesChangesTheRateGoesOnTestsPlotsSavesAndQuits(int width) throws Exception {
    Thread user = start(width);
    screen.awaitPrompt();
    screen.enter("net N = input 1x28x28 -> flatten -> dense(10)");
    screen.enter("data d = mnist(\"../samples/mnist\") { limit = 200 }");
    screen.type("run = train N on d { epochs = 1000000; batch = 20; optimizer = sgd(0.05) }\r");
    screen.awaitLine(".*loss \\d.*rate 0\\.05.*");
    screen.type("\u0003");
    List<String> paused = screen.awaitMenu();
    assertThat(paused).anyMatch(l -> l.startsWith("paused in epoch "));
    // What is drawn over and over is gone.
    assertThat(paused).noneMatch(l -> l.contains("examples/s") || l.contains("━"));
    screen.type("r 0.01\r");
    screen.awaitLine(" *1/1000000 +\\d\\.\\d{4} +\\d+\\.\\d\\d %.*");
    screen.awaitLine(".*loss \\d.*rate 0\\.01.*");
    screen.type("\u0003");
    screen.awaitMenu();
    screen.type("q\r");
    List<String> trained = screen.awaitAnswer("run = train N");
    assertThat(trained).anyMatch(l -> l.startsWith("the learning rate is 0.01 after"));
    assertThat(trained).anyMatch(l -> l.startsWith("stopped in epoch "));
    assertThat(screen.enter("test(N, d)")).anyMatch(l -> l.matches("test N on d: accuracy [2-9]\\d\\.\\d\\d %.*"));
    assertThat(screen.enter("plot(run)")).anyMatch(l -> l.startsWith("loss of N")).anyMatch(l -> l.matches(".*┤[\u2801-\u28ff].*"));
    Path file = folder.resolve("n.safetensors");
    screen.enter("save(N, \"" + file + "\")");
    assertThat(Safetensors.read(file).tensors()).hasSize(2);
    screen.type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(900)
  void theMenuPlotsSavesAndStops() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.enter("net N = input 1x28x28 -> flatten -> dense(10); data d = mnist(\"../samples/mnist\") { limit = 300 }");
    screen.type("train N on d { epochs = 100000; batch = 20; optimizer = sgd(0.05) }\r");
    screen.awaitLine(".*loss \\d.*rate 0\\.05.*");
    screen.type("\u0003");
    screen.awaitMenu();
    screen.type("nonsense\r");
    screen.await("the menu again", lines -> lines.stream().filter(l -> l.contains("c continue")).count() == 2);
    screen.awaitMenu();
    screen.type("r -1\r");
    screen.awaitLine("Write a number above 0: rate 0.001");
    screen.awaitMenu();
    screen.type("p\r");
    screen.awaitLine(".*epoch \\d.*");
    screen.awaitMenu();
    Path file = folder.resolve("n.safetensors");
    screen.type("s " + file + "\r");
    screen.awaitLine("wrote N to .*");
    screen.awaitMenu();
    assertThat(Files.exists(file)).isTrue();
    screen.type("q\r");
    List<String> stopped = screen.awaitPrompt();
    assertThat(stopped).anyMatch(l -> l.startsWith("stopped in epoch "));
    assertThat(screen.enter("test(N, d)")).anyMatch(l -> l.startsWith("test N on d: accuracy "));
    screen.type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(900)
  void ctrlCInTheMenuStops() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.enter("net N = input 2 -> dense(2); data d = xor()");
    screen.type("train N on d { epochs = 10000000; batch = 4 }\r");
    screen.awaitLine(".*loss \\d.*rate .*");
    screen.type("\u0003");
    screen.awaitMenu();
    screen.type("\u0003");
    assertThat(screen.awaitPrompt()).anyMatch(l -> l.startsWith("stopped in epoch "));
    screen.type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(900)
  void whatIsTypedAheadIsShownOnceAndReadNext() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.enter("net N = input 1x28x28 -> flatten -> dense(10); data d = mnist(\"../samples/mnist\") { limit = 200 }");
    screen.type("train N on d { epochs = 5000; batch = 20; optimizer = sgd(0.05) }\r");
    screen.awaitLine(".*loss \\d.*rate 0\\.05.*");
    screen.type("ahead = 7\rahead + 1\r");
    List<String> lines = screen.await("both answers", l -> l.contains("_2 = 8") && WatchedScreen.last(l).equals("lanewise>"));
    assertThat(lines).filteredOn(l -> l.contains("ahead")).containsExactly("lanewise> ahead = 7", "ahead = 7", "lanewise> ahead + 1");
    assertThat(lines.indexOf("lanewise> ahead = 7")).isGreaterThan(lines.indexOf("_1 = this training"));
    // A line with a mistake does not come back when the next one is there.
    screen.type("mistaken\rahead + 2\r");
    screen.await("the next answer", l -> l.contains("_3 = 9") && WatchedScreen.last(l).equals("lanewise>"));
    screen.type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(900)
  void whileOneTypesTheShapeTheIndentAndWhatWasTypedBeforeAreShown() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.type("net N = input 1x28x28 -> conv(10, 5)");
    screen.awaitLine(" +→ 10x24x24, 260 parameters");
    screen.type(" -> dense(10)");
    screen.awaitLine(" +✗ dense\\(10\\) needs a flat input, but gets 10x24x24");
    screen.type("\r");
    screen.awaitLine("prompt:1:41 error L012.*");
    // The line is back, to be made better.
    screen.await("the line again", lines -> lines.stream().filter(l -> l.startsWith("lanewise> net N = ")).count() == 2);
    screen.type("\u0015net N {\r");
    screen.awaitLine(" +…");
    screen.type("input 4\rdense(2)\r}");
    screen.awaitLine(" +… {3}input 4");
    screen.awaitLine(" +… }");
    screen.type("\r");
    screen.awaitLine("net N: 4 -> 2, 10 parameters");
    screen.awaitPrompt();
    assertThat(screen.enter("a = 41")).contains("a = 41");
    // What begins in the same way is offered, and taken with the right arrow.
    screen.type("a = ");
    screen.awaitLine("lanewise> a = 41");
    screen.type("\u001bOC\r");
    screen.await("the second", lines -> lines.stream().filter("a = 41"::equals).count() == 2);
    screen.awaitPrompt();
    screen.type(":quit\r");
    user.join();
    assertThat(Files.readString(folder.resolve("history"))).contains("a = 41");
  }
}
