package dev.lanewise.repl.prompt;

import dev.lanewise.dsl.parse.FullWidth;
import dev.lanewise.dsl.run.Paused;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.run.SessionListener;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.text.Numbers;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;

/**
 * Asks, when a training was interrupted, how it goes on; all else goes to the renderer.
 *
 * <pre>
 * paused in epoch 2 of 10, batch 312 of 938: loss 0.4512, learning rate 0.01
 *   c continue · r 0.001 another rate · b 128 other batches
 *   p plot the loss · s FILE save · q stop · or a statement that only looks: test(Net, data)
 * paused>
 * </pre>
 */
public final class PauseMenu implements SessionListener {
  /** So often in a row something may go wrong before it is clear that nobody can be asked. */
  private static final int PATIENCE = 3;

  private final Renderer renderer;
  private final Voice voice;
  private final Screen screen;

  public PauseMenu(Renderer renderer, Voice voice, Screen screen) {
    this.renderer = renderer;
    this.voice = voice;
    this.screen = screen;
  }

  /** Of its own: what is typed here is no part of the session's history. */
  private LineReader reader() {
    return LineReaderBuilder.builder()
        .terminal(screen.terminal())
        .appName("lanewise")
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .build();
  }

  @Override
  public void on(SessionEvent event) {
    renderer.on(event);
  }

  @Override
  public Control.Next paused(Paused training) {
    renderer.clear();
    announce(training);
    menu(training);
    LineReader reader = reader();
    for (int failures = 0; failures < PATIENCE; ) {
      try {
        Optional<Control.Next> next = answer(reader.readLine(voice.say("paused") + "> ").strip(), training);
        if (next.isPresent()) {
          return next.get();
        }
        failures = 0;
      } catch (UserInterruptException | EndOfFileException leave) {
        return Control.STOP;
      } catch (Throwable thrown) {
        failures++;
        renderer.on(new SessionEvent.Failed("paused", thrown));
        reader = reader();
      }
    }
    // What has been learned is kept then.
    return Control.STOP;
  }

  /** In lines that break between words, whatever the window's width. */
  private void announce(Paused training) {
    TrainEvent.Batch at = training.batch();
    String paused = voice.say("paused");
    String trials = training.series().map(s -> " " + voice.say("after " + s.ended() + " of " + s.of() + (s.areFolds() ? " folds," : " trials,"))).orElse("");
    String where = voice.say("in epoch " + at.epoch() + " of " + at.epochs() + ", batch " + Numbers.count(at.batch()) + " of "
        + Numbers.count(at.batches()) + ": loss " + Numbers.loss(at.loss()) + ", learning rate " + Numbers.rate(at.rate()));
    List<String> lines = voice.wrapped(paused + trials + " " + where);
    voice.print(voice.style().warning(paused) + lines.getFirst().substring(paused.length()));
    lines.stream().skip(1).forEach(voice::print);
  }

  private void menu(Paused training) {
    boolean series = training.series().isPresent();
    String first = series ? voice.say("c continue · p plot the loss") : voice.say("c continue · r 0.001 another rate · b 128 other batches");
    String second = areFolds(training) ? "q stop" : series ? "s FILE save the best · q stop" : "p plot the loss · s FILE save · q stop";
    voice.print(voice.style().faint("  " + first));
    voice.print(voice.style().faint("  " + voice.say(second)));
    voice.print(voice.style().faint("  " + voice.say("or a statement that looks: test(Net, data)")));
  }

  private static boolean areFolds(Paused training) {
    return training.series().filter(Paused.Series::areFolds).isPresent();
  }

  /** Empty if there is more to say. */
  private Optional<Control.Next> answer(String typed, Paused training) {
    String[] words = typed.split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "", "c", "continue" -> {
        return Optional.of(Control.GO_ON);
      }
      case "r", "rate" -> {
        return rate(rest, training);
      }
      case "b", "batch" -> {
        return size(rest, training);
      }
      case "stop", "q", "quit", ":quit" -> {
        return Optional.of(Control.STOP);
      }
      case "p", "plot", "show" -> renderer.on(new SessionEvent.Shown(training.curve()));
      case "s", "save" -> save(rest, training);
      default -> look(typed, training);
    }
    return Optional.empty();
  }

  /** A word alone is no statement, but a slip. */
  private void look(String typed, Paused training) {
    if (typed.matches("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_]*\\??|:.*")) {
      menu(training);
    } else if (training.run(FullWidth.plain(typed)).isEmpty()) {
      voice.print(voice.say("While the training waits one can look, with `test`, `show`, `plot`, `save` and their like. What changes something, or binds a name, has to wait, too."));
    }
  }

  private Optional<Control.Next> rate(String text, Paused training) {
    if (training.series().isPresent()) {
      voice.print(voice.say(areFolds(training) ? "Folds keep their rates: they are to be compared." : "The trials of a sweep keep their rates: they are to be compared."));
      return Optional.empty();
    }
    try {
      return Optional.of(new Control.Next.Rate(Double.parseDouble(text)));
    } catch (IllegalArgumentException none) {
      voice.print(voice.say("Write a number above 0: rate 0.001"));
      return Optional.empty();
    }
  }

  private Optional<Control.Next> size(String text, Paused training) {
    if (!text.matches("\\d{1,9}")) {
      voice.print(voice.say("Write a whole number above 0: batch 128"));
      return Optional.empty();
    }
    try {
      return Optional.of(training.sized(Integer.parseInt(text)));
    } catch (IllegalArgumentException unfit) {
      voice.print(voice.say(unfit.getMessage()));
      return Optional.empty();
    }
  }

  private void save(String file, Paused training) {
    String name = file.replaceAll("^\"(.*)\"$", "$1");
    if (name.isEmpty()) {
      voice.print(voice.say("Write where to: save net.safetensors"));
      return;
    }
    if (!training.hasResult()) {
      voice.print(voice.say(areFolds(training) ? "Folds leave no network behind: it is as it was before." : "No trial has ended yet."));
      return;
    }
    try {
      Path path = Path.of(name);
      training.save(path);
      renderer.on(new SessionEvent.Wrote(training.batch().net(), path));
    } catch (IOException | InvalidPathException e) {
      voice.print(voice.say(name + " cannot be written: " + e.getMessage()));
    }
  }
}
