package dev.lanewise.repl.render;

import dev.lanewise.dsl.session.Outcome;
import dev.lanewise.dsl.session.SessionEvent;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.PrintStream;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Lines, and a progress bar below them while a network trains. */
public final class TerminalRenderer implements Renderer {
  private static final long REDRAW_NANOS = 66_000_000;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final LineRenderer lines;
  private final PrintStream out;
  private final IntSupplier columns;
  private final LongSupplier clock;
  private final Style style;
  private ProgressBar bar = new ProgressBar();
  private String fetching = "";
  private boolean drawn;
  private long drawnAt;

  /** @param columns the terminal's width; @param clock nanoseconds from any origin */
  public TerminalRenderer(LineRenderer lines, PrintStream out, IntSupplier columns, LongSupplier clock, Style style) {
    this.lines = lines;
    this.out = out;
    this.columns = columns;
    this.clock = clock;
    this.style = style;
  }

  @Override
  public void on(SessionEvent event) {
    if (event instanceof SessionEvent.Training(TrainEvent.Batch batch)) {
      lines.on(event);
      draw(bar.line(batch, columns.getAsInt()));
      return;
    }
    if (event instanceof SessionEvent.Fetching f && f.file().equals(fetching)) {
      draw(bar.line(f, columns.getAsInt()));
      return;
    }
    erase();
    switch (event) {
      case SessionEvent.Training(TrainEvent.Started _) -> bar = new ProgressBar();
      case SessionEvent.Training(TrainEvent.Epoch e) -> bar.epoch(e.seconds());
      case SessionEvent.Fetching f -> fetching = f.file();
      case SessionEvent _ -> {}
    }
    lines.on(event);
  }

  @Override
  public void problem(String message) {
    erase();
    lines.problem(message);
  }

  @Override
  public void finish(Outcome outcome) {
    erase();
    lines.finish(outcome);
  }

  private void draw(String line) {
    long now = clock.getAsLong();
    if (!drawn || now - drawnAt >= REDRAW_NANOS) {
      out.print(ERASE_LINE + style.faint(line));
      out.flush();
      drawn = true;
      drawnAt = now;
    }
  }

  private void erase() {
    if (drawn) {
      out.print(ERASE_LINE);
      out.flush();
      drawn = false;
    }
  }
}
