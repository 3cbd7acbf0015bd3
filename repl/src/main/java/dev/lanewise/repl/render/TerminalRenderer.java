package dev.lanewise.repl.render;

import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.repl.text.LiveLines;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Lines, and below them, while a network trains, how far it is. Windows are resized while somebody writes, so one thread at a time. */
public final class TerminalRenderer implements Renderer {
  private static final long REDRAW_NANOS = 66_000_000;

  private final LineRenderer lines;
  private final Voice voice;
  private final Window window;
  private final LongSupplier clock;
  private final LiveLines live;
  private TrainingDisplay display = new TrainingDisplay(0);
  private TrainEvent.Batch last;
  /** What is drawn over and over, for the window as it is when asked. */
  private Supplier<List<String>> wanted = List::of;
  private String fetching = "";
  private long drawnAt;
  private int drawnFor;

  /** @param clock nanoseconds from any origin */
  public TerminalRenderer(LineRenderer lines, Voice voice, LongSupplier clock) {
    this.lines = lines;
    this.voice = voice;
    this.window = voice.window();
    this.clock = clock;
    this.live = new LiveLines(voice.out());
  }

  @Override
  public synchronized void on(SessionEvent event) {
    if (event instanceof SessionEvent.Training(TrainEvent.Batch batch)) {
      lines.on(event);
      batch(batch);
      return;
    }
    if (event instanceof SessionEvent.Fetching f && f.file().equals(fetching)) {
      draw(() -> List.of(voice.style().faint(FetchBar.line(f, window.columns()))));
      return;
    }
    if (event instanceof SessionEvent.Training(TrainEvent.Preparing p)) {
      draw(() -> List.of(voice.style().faint(TextWidth.cut(voice.say(LineRenderer.preparation(p)), window.columns() - 1))));
      return;
    }
    live.erase(window);
    switch (event) {
      case SessionEvent.Training(TrainEvent.Started s) -> {
        display = new TrainingDisplay(s.examples());
        last = null;
      }
      case SessionEvent.FoldBegan f -> {
        display = TrainingDisplay.of(f);
        last = null;
      }
      case SessionEvent.Training(TrainEvent.Epoch e) -> display.epoch(e);
      case SessionEvent.Fetching f -> fetching = f.file();
      case SessionEvent _ -> {}
    }
    lines.on(event);
  }

  @Override
  public synchronized void clear() {
    live.erase(window);
  }

  @Override
  public synchronized void resized() {
    if (live.isDrawn() && window.columns() != drawnFor) {
      redraw();
    }
  }

  @Override
  public synchronized void problem(String message) {
    live.erase(window);
    lines.problem(message);
  }

  @Override
  public synchronized void finish(Outcome outcome) {
    live.erase(window);
    lines.finish(outcome);
  }

  private void batch(TrainEvent.Batch batch) {
    if (last != null && (batch.epoch() < last.epoch() || batch.epoch() == last.epoch() && batch.batch() <= last.batch())) {
      // The next trial of a sweep.
      display = new TrainingDisplay(0);
    }
    last = batch;
    display.batch(batch);
    draw(() -> display.lines(batch, voice));
  }

  /** Not more often than can be seen, unless the window has changed. */
  private void draw(Supplier<List<String>> lines) {
    wanted = lines;
    if (!live.isDrawn() || clock.getAsLong() - drawnAt >= REDRAW_NANOS || window.columns() != drawnFor) {
      redraw();
    }
  }

  private void redraw() {
    drawnAt = clock.getAsLong();
    drawnFor = window.columns();
    live.draw(wanted.get(), window);
  }
}
