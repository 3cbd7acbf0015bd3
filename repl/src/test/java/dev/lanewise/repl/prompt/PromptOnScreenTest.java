package dev.lanewise.repl.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.conversation.Conversation;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
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
    return start(width, WatchedScreen.ROWS, Map.of());
  }

  private Thread start(int width, int rows, Map<String, String> environment) throws IOException {
    virtual = ScreenTerminal.withTerminal("test", "xterm-256color", width, rows);
    screen = new WatchedScreen(virtual.screen(), virtual.terminal()::processInputBytes);
    Screen terminal = Screen.forPrompt(virtual.terminal());
    Output out = new Output(virtual.terminal().output());
    Console console = new Console(out, out, true, true, false, Language.ENGLISH);
    Renderer renderer = Renderers.of(console, false, terminal);
    PauseMenu menu = new PauseMenu(renderer, console.voice(terminal), terminal);
    return Thread.ofPlatform().start(() -> {
      try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), menu)) {
        Voice voice = console.voice(terminal);
        new Prompt(new Conversation(session, renderer, voice, folder.resolve("tutorial")), voice, terminal, folder, environment).run();
      }
    });
  }

  /** Which of them is at work is seen; each keeps its rate, and what is stopped leaves the network as it was. */
  @Test
  @Timeout(1800)
  void foldsAreStoppedTogether() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.enter("net N = input 2 -> dense(2)");
    screen.enter("data d = moons()");
    screen.type("run = train N on d { epochs = 1000000; folds = 3 }\r");
    screen.awaitLine(" +fold 1 of 3  loss \\d.*");
    screen.type("\u0003");
    assertThat(screen.awaitMenu()).anyMatch(l -> l.startsWith("paused after 0 of 3 folds, in epoch ")).noneMatch(l -> l.contains("s FILE"));
    screen.type("r 0.1\r");
    screen.awaitLine("Folds keep their rates: they are to be compared\\.");
    screen.type("q\r");
    assertThat(screen.awaitAnswer("run = train N")).anyMatch(l -> l.equals("stopped: 0 of 3 folds have ended, N is as it was before"));
    screen.type(":quit\r");
    user.join();
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 200})
  @Timeout(1800)
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
    assertThat(paused).noneMatch(l -> l.matches(".*\\d examples/s.*") || l.contains("━"));
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
  @Timeout(1800)
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
  @Timeout(1800)
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
  @Timeout(1800)
  void ctrlDLeavesTheTutorialFirst() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.type(":tutorial 2\r");
    screen.await("a step", lines -> WatchedScreen.last(lines).startsWith("tutorial 2/"));
    screen.type("\u0004");
    assertThat(screen.awaitPrompt()).anyMatch(l -> l.startsWith("The tutorial is closed."));
    assertThat(screen.enter("z + 1")).contains("_1 = 1.25");
    screen.type("\u0004");
    user.join();
  }

  /** What has been written stays, and the next line begins anew. */
  @Test
  @Timeout(1800)
  void ctrlCStopsATextThatIsWritten() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.enter("data stories = text(length = 8) { limit = 100 }");
    screen.enter("net Writes = input stories -> embed(4) -> each { dense(stories.next.kinds) }");
    screen.enter("train Writes on stories { epochs = 1 }");
    screen.type("generate(Writes, \"a\", count = 1_000_000_000)\r");
    // So much that what was typed is above the screen.
    screen.await("a text that flows", lines -> lines.stream().noneMatch(l -> l.startsWith("lanewise> ")));
    screen.type("\u0003");
    List<String> stopped = screen.awaitPrompt();
    assertThat(stopped).contains("stopped: there is no result");
    assertThat(screen.enter("a = 41")).contains("a = 41");
    screen.type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(1800)
  void whatIsTypedAheadIsShownOnceAndReadNext() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.enter("net N = input 1x28x28 -> flatten -> dense(10); data d = mnist(\"../samples/mnist\") { limit = 200 }");
    screen.type("train N on d { epochs = 500; batch = 20; optimizer = sgd(0.05) }\r");
    screen.awaitLine(".*loss \\d.*rate 0\\.05.*");
    // Enter, in the midst of the curve, tears nothing.
    screen.type("\r\r\rahead = 7\rahead + 1\r");
    List<String> lines = screen.await("both answers", l -> l.contains("_2 = 8") && WatchedScreen.last(l).equals("lanewise>"));
    assertThat(lines).filteredOn(l -> l.contains("ahead")).containsExactly("lanewise> ahead = 7", "ahead = 7", "lanewise> ahead + 1");
    assertThat(lines).noneMatch(l -> l.contains("┤") || l.contains("━"));
    assertThat(lines.indexOf("lanewise> ahead = 7")).isGreaterThan(lines.indexOf("_1 = this training"));
    screen.type("mistaken\rahead + 2\r");
    screen.await("the next answer", l -> l.contains("_3 = 9") && WatchedScreen.last(l).equals("lanewise>"));
    screen.type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(1800)
  void whileOneTypesTheShapeTheIndentAndWhatWasTypedBeforeAreShown() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.type("net N = input 1x28x28 -> conv(10, 5)");
    screen.awaitLine(" +→ 10x24x24, 260 parameters");
    screen.type(" -> dense(10)");
    screen.awaitLine(" +✗ dense\\(10\\) needs a flat input, but gets 10x24x24");
    screen.type("\r");
    screen.awaitLine("prompt:1:41 error L012.*");
    // The line stands behind the up arrow, to be made better, and not in front of what is typed next.
    screen.awaitPrompt();
    screen.type("\u001bOA");
    screen.awaitLines("lanewise> net N = .*", 2);
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

  /** In an empty line Tab writes what was meant; any other line it completes, and what is entered next ends the offer. */
  @Test
  @Timeout(1800)
  void tabWritesWhatWasMeant() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.enter("net N = input 4 -> densse(2)");
    screen.awaitLine("Tab writes `net N = input 4 -> dense\\(2\\)`");
    screen.type("\t");
    screen.awaitLine("lanewise> net N = input 4 -> dense\\(2\\)");
    screen.type("\r");
    screen.awaitLine("net N: 4 -> 2, 10 parameters");
    screen.awaitPrompt();
    screen.type("net M {\n  input 4\n  densse(2)\n}\r");
    screen.awaitLine("Tab writes `net M \\{` …");
    screen.type("\t");
    screen.awaitLine(" +… +dense\\(2\\)");
    screen.type("\r");
    screen.awaitLine("net M: 4 -> 2, 10 parameters");
    screen.awaitPrompt();
    screen.type("epo\t\u0015:l\ts\r");
    screen.awaitLine(" +M +a network.*");
    screen.type(":quit\r");
    user.join();
    assertThat(Files.readString(folder.resolve("history"))).contains(":net N = input 4 -> densse(2)\n", ":net N = input 4 -> dense(2)\n");
  }

  private Path editor(String commands) throws IOException {
    Path editor = Files.writeString(folder.resolve("my editor"), "#!/bin/sh\n" + commands);
    assertThat(editor.toFile().setExecutable(true)).isTrue();
    return editor;
  }

  @Test
  @Timeout(1800)
  void theUsersOwnEditorChangesWhatIsTyped() throws Exception {
    Path editor = editor("[ \"$1\" = --wait ] && cp \"$2\" '" + folder + "/seen' && printf 'net 网 {\\n  input 2\\n  dense(3)\\n}\\n' >\"$2\"\n");
    Thread user = start(80, WatchedScreen.ROWS, Map.of("VISUAL", "'" + editor + "' --wait"));
    screen.awaitPrompt();
    screen.type("b = 2\u0018\u0005");
    screen.awaitLine("lanewise> net 网 *\\{");
    screen.awaitLine(" +… }");
    assertThat(Files.readString(folder.resolve("seen"))).isEqualTo("b = 2\n");
    screen.type("\r");
    screen.awaitLine("net 网 *: 2 -> 3, 9 parameters");
    screen.awaitPrompt();
    screen.type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(1800)
  void anEditorThatFailsIsToldAndTheLineStays() throws Exception {
    Thread user = start(80, WatchedScreen.ROWS, Map.of("EDITOR", folder + "/none"));
    screen.awaitPrompt();
    screen.type("b = 2\u0018\u0005");
    screen.awaitLine("The editor `.*/none` was not found\\.");
    screen.awaitLine("lanewise> b = 2");
    screen.type(" + 3\r");
    screen.awaitLine("b = 5");
    screen.type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(1800)
  void aDamagedHistoryKeepsNobodyOut() throws Exception {
    Files.write(folder.resolve("history"), "1795923239723:a = 1\n1795923239723:caf\u00e9 = 1\n".getBytes(StandardCharsets.ISO_8859_1));
    Thread user = start(80);
    screen.awaitPrompt();
    screen.type("\u001bOA");
    screen.awaitLine("lanewise> a = 1");
    screen.type("\r");
    screen.awaitLine("a = 1");
    screen.type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(1800)
  void fullWidthSignsAreUnderstoodAndKeptAsPlainOnes() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.type("a ＝ max（1，\r");
    screen.awaitLine(" +…");
    screen.type("2）\r");
    screen.awaitLine("a = 2");
    screen.awaitPrompt();
    screen.type("：quit\r");
    user.join();
    assertThat(Files.readString(folder.resolve("history"))).contains(":a = max(1,").contains("2)").contains("::quit");
  }

  @Test
  @Timeout(1800)
  void whileATrainingWaitsOneCanLook() throws Exception {
    Thread user = start(80);
    screen.awaitPrompt();
    screen.enter("net N = input 2 -> dense(2); data d = xor()");
    screen.type("train N on d { epochs = 10000000; batch = 4 }\r");
    screen.awaitLine(".*loss \\d.*rate .*");
    screen.type("\u0003");
    screen.awaitMenu();
    screen.type("test（N，d）\r");
    screen.awaitLine("test N on d: accuracy .*");
    screen.awaitMenu();
    screen.type("a = 1\r");
    screen.awaitLine("While the training waits one can look.*");
    screen.awaitMenu();
    screen.type("test(M, d)\r");
    screen.awaitLine("prompt:1:6 error L006: unknown name `M`.*");
    screen.awaitMenu();
    screen.type("c\r");
    screen.await("the training goes on", lines -> lines.stream().anyMatch(l -> l.contains("━")));
    screen.type("\u0003");
    screen.awaitLines("paused in epoch .*", 2);
    screen.awaitMenu();
    screen.type("q\r");
    screen.awaitPrompt();
    screen.type(":quit\r");
    user.join();
  }

  @Test
  @Timeout(1800)
  void whatIsLongerThanTheWindowIsReadPageByPage() throws Exception {
    Thread user = start(80, 12, Map.of());
    screen.awaitPrompt();
    screen.type(":help\r");
    assertThat(screen.awaitLine(": ␣ b /abc n q")).doesNotContain("lanewise>");
    screen.type("/:redo\r");
    screen.awaitLine(" +:redo +put back.*");
    screen.type("q");
    screen.awaitPrompt();
    // Who has typed on does not wait for it.
    screen.type(":help\r1 + 1\r");
    screen.awaitLine("_1 = 2");
    screen.awaitPrompt();
    screen.type(":quit\r");
    user.join();
  }

  /** So long a history is shortened by the line editor, which stumbles over what another program has written into it meanwhile. */
  @Test
  @Timeout(1800)
  void whatTheLineEditorThrowsIsToldAndThePromptComesBack() throws Exception {
    Path history = Files.writeString(folder.resolve("history"), "1795923239723:a = 1\n".repeat(12_500));
    Thread user = start(80);
    screen.awaitPrompt();
    Files.write(history, new byte[] {'7', ':', (byte) 0xe4, (byte) 0xb8, '\n'}, StandardOpenOption.APPEND);
    screen.type("b = 2\r");
    screen.awaitLine("lanewise: prompt: this is a fault of Lanewise, not of the script: .*");
    screen.awaitPrompt();
    assertThat(screen.enter("c = 3")).contains("c = 3");
    screen.type(":quit\r");
    user.join();
  }
}
