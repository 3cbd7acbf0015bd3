package dev.lanewise.repl.prompt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jline.utils.ScreenTerminal;

/** A screen that somebody looks at, with the keys that he types. */
final class WatchedScreen {
  /** So many that nothing scrolls away. */
  static final int ROWS = 160;

  /** Takes what is typed. */
  interface Keys {
    void type(byte[] letters) throws IOException;
  }

  private final ScreenTerminal screen;
  private final Keys keys;

  WatchedScreen(ScreenTerminal screen, Keys keys) {
    this.screen = screen;
    this.keys = keys;
  }

  /** What is on the screen. */
  List<String> lines() {
    int columns = screen.getColumns();
    int rows = screen.getRows();
    long[] cells = new long[columns * rows];
    screen.dump(cells, new int[2]);
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        int letter = ScreenTerminal.cellCodePoint(cells[r * columns + c]);
        line.appendCodePoint(letter == 0 ? ' ' : letter);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Until the screen shows it. A screen on which nothing happens any more is the reason to give up. */
  List<String> await(String what, Predicate<List<String>> shown) throws InterruptedException {
    List<String> lines = lines();
    while (!shown.test(lines)) {
      if (!screen.waitDirty(900_000)) {
        throw new AssertionError("waited for " + what + ", but the screen stays\n" + String.join("\n", lines).stripTrailing());
      }
      lines = lines();
    }
    return lines;
  }

  List<String> awaitLine(String pattern) throws InterruptedException {
    return await(pattern, lines -> lines.stream().anyMatch(l -> l.matches(pattern)));
  }

  /** Until the prompt stands alone on the last line again, below a line that was typed. */
  List<String> awaitAnswer(String typed) throws InterruptedException {
    String seen = "lanewise> " + typed.substring(0, Math.min(12, typed.length()));
    return await("the answer to " + typed, lines -> lines.stream().anyMatch(l -> l.startsWith(seen)) && last(lines).equals("lanewise>"));
  }

  /** Until a line has been shown so often, or more often. */
  List<String> awaitLines(String pattern, int often) throws InterruptedException {
    return await(often + " times " + pattern, lines -> lines.stream().filter(l -> l.matches(pattern)).count() >= often);
  }

  /** Until there is nothing more to come before somebody types. */
  List<String> awaitPrompt() throws InterruptedException {
    return await("the prompt", lines -> last(lines).equals("lanewise>"));
  }

  List<String> awaitMenu() throws InterruptedException {
    return await("the menu", lines -> last(lines).equals("paused>"));
  }

  static String last(List<String> lines) {
    return lines.stream().filter(l -> !l.isEmpty()).reduce((_, l) -> l).orElse("");
  }

  void type(String text) throws IOException {
    keys.type(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Types a line, and waits until it is answered. */
  List<String> enter(String line) throws IOException, InterruptedException {
    type(line + "\r");
    return awaitAnswer(line);
  }
}
