package dev.lanewise.repl.play;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.dsl.run.Options;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page in a real browser. The cases are in src/test/browser; one process of Node drives one browser through all of them, each at a server of its own. What a case that failed had on its screen is in
 * target/browser.
 */
class BrowserTest {
  private static final String FOLDER = "LANEWISE_BROWSER";
  private static final int NODE = 20;
  private static final Path CASES = Path.of("src/test/browser/run.mjs").toAbsolutePath();
  private static final Path SCREENS = Path.of("target/browser").toAbsolutePath();

  private static final String DIGITS = """
      # A few digits.
      net Digits {
        input 1x28x28
        conv1: conv(%d, 5) -> maxpool(2) -> relu
        flatten
        fc1: dense(10)
      }
      data digits = mnist("%s") { limit = %s }
      train Digits on digits { epochs = %d; batch = 32; optimizer = %s; seed = 1 }
      expect test(Digits, digits).accuracy >= 0.2
      """;

  @TempDir private static Path folder;
  private static Process node;
  private static PrintStream questions;
  private static BufferedReader answers;

  /** What is missing for it, if anything is. */
  private static Optional<String> missing() {
    if (packages().isEmpty()) {
      return Optional.of("no page is opened in a browser: environment variable " + FOLDER + " (or -Dlanewise.browser=) names no folder with playwright-core and axe-core, as npm installs them");
    }
    return Stream.of(List.of("node"), List.of("chromium-headless-shell", "chromium")).filter(programs -> programs.stream().noneMatch(BrowserTest::isThere)).findFirst()
        .map(programs -> "no page is opened in a browser: this machine has no `" + programs.getLast() + "`")
        .or(() -> major() >= NODE ? Optional.empty() : Optional.of("no page is opened in a browser: `node` is older than version " + NODE));
  }

  /** Of Node's version. */
  private static int major() {
    try {
      Process process = new ProcessBuilder("node", "--version").start();
      return Integer.parseInt(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replaceFirst("^v(\\d+)[\\s\\S]*", "$1"));
    } catch (IOException | NumberFormatException none) {
      return 0;
    }
  }

  private static Optional<Path> packages() {
    return Optional.ofNullable(System.getProperty("lanewise.browser", System.getenv(FOLDER))).map(name -> Path.of(name).toAbsolutePath())
        .filter(f -> Stream.of("playwright-core", "axe-core").allMatch(p -> Files.isDirectory(f.resolve("node_modules").resolve(p))));
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(f -> Files.isExecutable(Path.of(f, program)));
  }

  static List<String> cases() throws Exception {
    if (missing().isPresent()) {
      return List.of("all");
    }
    Process list = node("--list");
    List<String> names = list.inputReader().lines().toList();
    if (list.waitFor() != 0 || names.isEmpty()) {
      throw new AssertionError("the cases cannot be listed: " + names);
    }
    return names;
  }

  private static Process node(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", CASES.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(Files.createDirectories(SCREENS).toFile()).redirectErrorStream(true);
    builder.environment().put(FOLDER, packages().orElseThrow().toString());
    return builder.start();
  }

  @BeforeAll
  static void start() throws Exception {
    if (missing().isPresent()) {
      return;
    }
    String mnist = Path.of("../samples/mnist").toRealPath().toString();
    Files.writeString(folder.resolve("digits.net"), DIGITS.formatted(4, mnist, "1_000", 2, "sgd(0.05)"));
    Files.writeString(folder.resolve("long.net"), DIGITS.formatted(4, mnist, "8_000", 999, "sgd(0.01)"));
    Files.writeString(folder.resolve("quick.net"), DIGITS.formatted(4, mnist, "1_000", 9_999, "sgd(0.01)"));
    Files.writeString(folder.resolve("sure.net"), DIGITS.formatted(8, mnist, "4_000", 3, "adam(0.005)"));
    node = node();
    questions = new PrintStream(node.getOutputStream(), true, StandardCharsets.UTF_8);
    answers = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() throws Exception {
    if (node != null) {
      questions.close();
      if (!node.waitFor(30, TimeUnit.SECONDS)) {
        node.descendants().forEach(ProcessHandle::destroyForcibly);
        node.destroyForcibly();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thePage(String name) throws Exception {
    assumeTrue(missing().isEmpty(), () -> missing().orElseThrow());
    Pages pages = new Pages(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), new Shelf(folder.toRealPath(), Optional.of(Path.of("../samples").toRealPath())), "digits.net");
    try (PlayServer server = PlayServer.start(pages, "127.0.0.1", 0)) {
      questions.println(name + " " + server.address());
      List<String> told = new ArrayList<>();
      for (String line = answers.readLine(); line == null || !line.startsWith("passed " + name); line = answers.readLine()) {
        told.add(line);
        if (line == null || line.startsWith("failed " + name)) {
          fail(String.join("\n", told));
        } else if (line.equals("close")) {
          server.close();
        }
      }
    }
  }
}
