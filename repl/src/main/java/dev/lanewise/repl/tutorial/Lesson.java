package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.Paused;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.run.SessionListener;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.runtime.train.Control;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The tutorial. What is typed in it runs in a session of its own, so that it leaves the other one as it was. */
public final class Lesson {
  private static final Set<String> COMMANDS = Set.of(":hint", ":back", ":skip", ":quit", ":q", ":exit");
  /** So many answers go wrong before a hint comes unasked. */
  private static final int PATIENCE = 2;

  private final Options options;
  private final SessionListener listener;
  private final Voice voice;
  private final Progress progress;
  private final List<SessionEvent> events = new ArrayList<>();
  private List<Words> words = List.of();
  private volatile Session session;
  private boolean quiet;
  private int number;
  private int mistakes;
  private int hints;

  /** @param state the file that remembers the step */
  public Lesson(Options options, SessionListener listener, Voice voice, Path state) {
    this.options = options;
    this.listener = listener;
    this.voice = voice;
    this.progress = new Progress(state);
  }

  public boolean isOpen() {
    return session != null;
  }

  public int steps() {
    return Steps.ALL.size();
  }

  /** In which the learner's statements run. */
  public Session session() {
    return session;
  }

  public void interrupt() {
    Session running = session;
    if (running != null) {
      running.interrupt();
    }
  }

  /** {@code tutorial 3/10> }. */
  public String prompt() {
    return voice.say("tutorial") + " " + number + "/" + steps() + "> ";
  }

  /** @param step empty to go on where one was; false if there is no such step */
  public boolean open(String step) {
    if (!step.isEmpty() && !(step.matches("[1-9][0-9]?") && Integer.parseInt(step) <= steps())) {
      return false;
    }
    words = Words.in(voice);
    if (!isOpen()) {
      session = new Session(options, new SessionListener() {
        @Override
        public void on(SessionEvent event) {
          heard(event);
        }

        @Override
        public Control.Next paused(Paused training) {
          return listener.paused(training);
        }
      });
      say("`:hint` helps, `:skip` and `:back` go to other steps, `:quit` leaves; `:tutorial` goes on where you were.");
    }
    begin(step.isEmpty() ? progress.step(steps()) : Integer.parseInt(step));
    return true;
  }

  /** Whether a line is for the lesson: statements, and its own commands. */
  public boolean takes(String text) {
    return !text.startsWith(":") || COMMANDS.contains(text);
  }

  /** False if it was a mistake. */
  public boolean answer(String text) {
    switch (text) {
      case ":quit", ":q", ":exit" -> close();
      case ":back" -> begin(Math.max(1, number - 1));
      case ":skip" -> next();
      case ":hint" -> hint();
      default -> {
        return attempt(text);
      }
    }
    return true;
  }

  /** Leaves; the step is remembered. */
  public void close() {
    if (isOpen()) {
      session.close();
      session = null;
      say("The tutorial is closed. `:tutorial` goes on at this step.");
    }
  }

  private void heard(SessionEvent event) {
    events.add(event);
    if (!quiet) {
      listener.on(event);
    }
  }

  private Step step() {
    return Steps.ALL.get(number - 1);
  }

  private Words said() {
    return words.get(number - 1);
  }

  private void begin(int step) {
    number = step;
    mistakes = 0;
    hints = 0;
    progress.reached(step);
    voice.print("");
    voice.print(voice.style().strong(number + "/" + steps() + "  " + said().title()));
    voice.print("");
    paragraphs(said().text());
    if (!step().given().isEmpty()) {
      session.reset();
      silently(step().given());
      voice.print(voice.style().faint(voice.say("Bound already") + voice.colon() + step().given()));
    }
    voice.print("");
    paragraphs("» " + said().task());
  }

  private boolean attempt(String text) {
    events.clear();
    Source source = new Source("prompt", text);
    List<CheckedNet> networks = session.networks(source);
    if (session.run(source) == Outcome.MISTAKE) {
      wrong("");
      return false;
    }
    List<SessionEvent> happened = List.copyOf(events);
    switch (step().check().of(new Attempt(text, networks, happened, this::probe))) {
      case Check.Verdict.Right() -> {
        paragraphs(voice.style().good("✓ ") + said().done());
        next();
      }
      case Check.Verdict.Open(String key) -> remark(key);
      case Check.Verdict.Wrong(String key) -> wrong(key);
    }
    return true;
  }

  private void remark(String key) {
    if (said().remarks().containsKey(key)) {
      paragraphs(said().remarks().get(key));
    }
  }

  private void wrong(String key) {
    mistakes++;
    if (said().remarks().containsKey(key)) {
      paragraphs(voice.style().warning("✗ ") + said().remarks().get(key));
    } else if (mistakes >= PATIENCE) {
      hint();
    } else {
      paragraphs(voice.style().warning("✗ ") + voice.say("Not yet. Try again, or ask for a `:hint`."));
    }
  }

  /** One after the other; the last is the solution. */
  private void hint() {
    if (hints < said().hints().size()) {
      paragraphs(said().hints().get(hints++));
    } else {
      say("One solution:");
      step().solution().lines().forEach(l -> voice.print("  " + l));
    }
  }

  private void next() {
    if (number < steps()) {
      begin(number + 1);
      return;
    }
    progress.reached(1);
    session.close();
    session = null;
    voice.print("");
    say("That was the tutorial. `:help` tells what else there is, and samples/ holds scripts to go on with.");
  }

  private Outcome probe(String text, Consumer<Session> then) {
    quiet = true;
    try {
      Outcome outcome = session.run(new Source("prompt", text));
      if (outcome == Outcome.OK) {
        then.accept(session);
        session.undo();
      }
      return outcome;
    } finally {
      quiet = false;
    }
  }

  private void silently(String text) {
    quiet = true;
    try {
      session.run(new Source("prompt", text));
    } finally {
      quiet = false;
    }
  }

  private void say(String english) {
    paragraphs(voice.say(english));
  }

  /** Formulas stand in lines of their own, which begin with two spaces. */
  private void paragraphs(String text) {
    StringBuilder paragraph = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith("  ") || line.isBlank()) {
        flush(paragraph);
        voice.print(line);
      } else {
        paragraph.append(line).append(' ');
      }
    }
    flush(paragraph);
  }

  private void flush(StringBuilder paragraph) {
    if (!paragraph.isEmpty()) {
      voice.wrapped(paragraph.toString()).forEach(voice::print);
      paragraph.setLength(0);
    }
  }
}
