package dev.lanewise.repl.bench;

import dev.lanewise.repl.render.JsonLine;
import dev.lanewise.repl.text.Console;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is measured, and shows how far it is: in one line that is redrawn, where somebody looks, or else a line for each. */
public class Watching implements Benchmarks.Listener {
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;
  private final boolean json;
  private final Remaining remaining = new Remaining();
  private final List<Measured> all = new ArrayList<>();

  public Watching(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  @Override
  public void total(int count) {
    remaining.total(count, System.nanoTime());
  }

  @Override
  public void next(String name) {
    String line = console.voice().say(remaining.next(System.nanoTime())) + console.voice().colon() + name;
    if (isLive()) {
      console.out().print(CLEAR + line);
      console.out().flush();
    } else {
      console.err().println(line);
    }
  }

  @Override
  public void measured(List<Measured> results) {
    all.addAll(results);
    if (json) {
      results.forEach(this::told);
    }
  }

  private void told(Measured m) {
    JsonLine line = new JsonLine(console.out()).event("benchmark").put("topic", m.topic()).put("what", m.what())
        .put("who", m.who().label()).open("parameters");
    m.parameters().forEach(line::put);
    line.close().put("score", m.score()).put("error", m.error()).put("unit", m.unit()).end();
  }

  @Override
  public void note(String text) {
    end();
    console.err().println(text);
  }

  /** Takes the line away that was redrawn. */
  public void end() {
    if (isLive()) {
      console.out().print(CLEAR);
      console.out().flush();
    }
  }

  private boolean isLive() {
    return console.outIsTerminal() && !json;
  }

  public List<Measured> all() {
    return List.copyOf(all);
  }
}
