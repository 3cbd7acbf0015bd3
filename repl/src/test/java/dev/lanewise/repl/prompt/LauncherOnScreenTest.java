package dev.lanewise.repl.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.repl.InstalledLauncher;
import dev.lanewise.runtime.file.Safetensors;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher itself at a terminal of the system, which `script` of util-linux lends it. What the prompt does in detail, and at other
 * widths, {@link PromptOnScreenTest} looks at within this process.
 */
class LauncherOnScreenTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private Process script;
  private WatchedScreen screen;

  @AfterEach
  void end() {
    if (script != null) {
      script.descendants().forEach(ProcessHandle::destroyForcibly);
      script.destroyForcibly();
    }
  }

  /** Runs a command at a terminal, where Ctrl-C counts even if this test runs in the background of a shell, which has it ignored. */
  private static ProcessBuilder atTerminal(String command) {
    return new ProcessBuilder("env", "--default-signal=INT", "script", "-qefc", command, "/dev/null").redirectErrorStream(true);
  }

  /** Whether `script` takes a command, as that of util-linux does. */
  private static boolean hasScript() throws InterruptedException {
    try {
      Process probe = atTerminal("exit 7").redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      return probe.waitFor(600, TimeUnit.SECONDS) && probe.exitValue() == 7;
    } catch (IOException none) {
      return false;
    }
  }

  private void start(int columns) throws IOException {
    // The shell survives Ctrl-C, which reaches all of the terminal's programs, to tell how the terminal was left.
    String command = "trap : INT; stty cols " + columns + " rows " + WatchedScreen.ROWS + "; before=$(stty -g); '" + InstalledLauncher.in(folder.resolve("lanewise"))
        + "' --threads 2; echo status $?; [ \"$(stty -g)\" != \"$before\" ] || echo as before";
    ProcessBuilder builder = atTerminal(command);
    builder.environment().keySet().removeAll(List.of("NO_COLOR", "TMUX", "LANEWISE_GRAPHICS"));
    builder.environment().putAll(Map.of(
        "SHELL", "/bin/sh", "TERM", "xterm-256color", "LC_ALL", "C.UTF-8", "XDG_STATE_HOME", folder.toString(),
        "LANEWISE_JAVA_HOME", System.getProperty("java.home"), "LANEWISE_JAVA_OPTIONS", "-Xmx1g -Duser.home=" + folder));
    script = builder.start();
    ScreenTerminal terminal = new ScreenTerminal(columns, WatchedScreen.ROWS);
    OutputStream keys = script.getOutputStream();
    screen = new WatchedScreen(terminal, letters -> {
      keys.write(letters);
      keys.flush();
    });
    Thread.ofPlatform().daemon().start(() -> show(terminal));
  }

  /** What the programs write comes to the screen; what the screen is asked, it answers. */
  private void show(ScreenTerminal terminal) {
    try (Reader written = new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8)) {
      char[] letters = new char[8192];
      for (int n = written.read(letters); n >= 0; n = written.read(letters)) {
        terminal.write(new String(letters, 0, n));
        String answer = terminal.read();
        if (!answer.isEmpty()) {
          screen.type(answer);
        }
      }
    } catch (IOException ended) {
      terminal.write("\r\n(" + ended.getMessage() + ")");
    }
  }

  @Test
  @Timeout(1800)
  void definesTrainsPausesChangesTheRateGoesOnTestsPlotsSavesAndQuits() throws Exception {
    assumeTrue(hasScript(), "this machine has no `script` (util-linux) and `env` (coreutils) to lend a terminal");
    start(80);
    assertThat(screen.awaitPrompt()).contains("Lanewise: neural networks in a small language. :help, :tutorial, :quit");
    assertThat(screen.enter("net N = input 1x28x28 -> flatten -> dense(10)")).contains("net N: 1x28x28 -> 10, 7,850 parameters");
    screen.enter("data d = mnist(\"" + ROOT.resolve("samples/mnist") + "\") { limit = 500 }");
    screen.type("run = train N on d { epochs = 1000000; batch = 20; optimizer = sgd(0.02) }\r");
    screen.awaitLine(" +loss \\d\\.\\d{4}  rate 0\\.02  .* examples/s");
    screen.type("\u0003");
    List<String> paused = screen.awaitMenu();
    // Longer numbers break the line before the rate.
    assertThat(String.join(" ", paused)).containsPattern("paused in epoch \\d+ of 1000000, batch \\d+ of 25: loss \\d\\.\\d{4}, learning rate 0\\.02 ");
    assertThat(paused).noneMatch(l -> l.contains("examples/s") || l.contains("━"));
    screen.type("r 0.01\r");
    screen.awaitLine(" *1/1000000 +\\d\\.\\d{4} .*");
    screen.awaitLine(" +loss \\d\\.\\d{4}  rate 0\\.01  .* examples/s");
    screen.type("\u0003");
    screen.awaitMenu();
    screen.type("q\r");
    List<String> trained = screen.awaitAnswer("run = train N");
    assertThat(trained).anyMatch(l -> l.matches("the learning rate is 0\\.01 after batch \\d+ of epoch \\d+; it was 0\\.02"));
    assertThat(trained).anyMatch(l -> l.matches("stopped in epoch \\d+ of 1000000, batch .*"));
    assertThat(screen.enter("test(N, d)")).anyMatch(l -> l.matches("test N on d: accuracy [2-9]\\d\\.\\d\\d %, loss .*"));
    assertThat(screen.enter("plot(run)")).anyMatch(l -> l.startsWith("loss of N")).anyMatch(l -> l.matches(".*┤[\u2801-\u28ff].*"));
    Path file = folder.resolve("n.safetensors");
    screen.enter("save(N, \"" + file + "\")");
    assertThat(Safetensors.read(file).tensors()).hasSize(2);
    screen.type(":quit\r");
    assertThat(screen.awaitLine("as before")).contains("status 0");
    assertThat(script.waitFor()).isZero();
  }
}
