package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tutorial. What is typed in it runs in the session of the prompt, so that names stay from step to step and after the last one, and every
 * command is about what one sees.
 */
public final class Lesson {
  /** So many answers go wrong before a hint comes unasked. */
  private static final int PATIENCE = 2;

  private final Session session;
  private final Voice voice;
  private final Progress progress;
  private final Bound bound;
  private final List<Goal> left = new ArrayList<>();
  private int number;
  private int mistakes;
  private int hints;

  /** @param state the file that remembers the step */
  public Lesson(Session session, Voice voice, Path state) {
    this.session = session;
    this.voice = voice;
    this.progress = new Progress(state);
    this.bound = new Bound(session);
  }

  public boolean isOpen() {
    return number > 0;
  }

  public int steps() {
    return Steps.ALL.size();
  }

  /** {@code tutorial 3/20> }. */
  public String prompt() {
    return voice.say("tutorial") + " " + number + "/" + steps() + "> ";
  }

  /** @param step empty to go on where one was; false if there is no such step */
  public boolean open(String step) {
    if (!step.isEmpty() && !(step.matches("[1-9][0-9]?") && Integer.parseInt(step) <= steps())) {
      return false;
    }
    if (!isOpen()) {
      say("`:hint` helps, `:next` and `:back` go to other steps, `:quit` leaves; `:tutorial` goes on where you were.");
    }
    begin(step.isEmpty() ? progress.step(steps()) : Integer.parseInt(step));
    return true;
  }

  /** Leaves; the step is remembered, and so are all names. */
  public void close() {
    number = 0;
    say("The tutorial is closed. `:tutorial` goes on at this step; what you have bound stays.");
  }

  /** Goes on, also where a step is not done: what the next one needs is bound by itself. */
  public void next() {
    if (number < steps()) {
      begin(number + 1);
      return;
    }
    progress.reached(1);
    number = 0;
    voice.print("");
    say("That was the tutorial. `:save FILE` keeps what you have typed as a script, `:help` tells what else there is, and docs/course goes on.");
  }

  public void back() {
    begin(Math.max(1, number - 1));
  }

  /** One after the other; the last is the solution. */
  public void hint() {
    if (hints < step().hints().size()) {
      paragraphs(step().hints().get(hints++).in(voice.language()));
    } else {
      say("One solution:");
      step().solution().lines().forEach(l -> voice.print("  " + l));
    }
  }

  /** Runs what was typed, and says whether it is what the step asks for. */
  public Outcome answer(String text) {
    int before = session.statements();
    Outcome outcome = session.run(new Source("prompt", text));
    if (outcome != Outcome.MISTAKE) {
      Attempt attempt = new Attempt(text, session.names(Math.min(before, session.statements())), session);
      bound.noticed(attempt);
      if (!left.isEmpty()) {
        judge(attempt);
      }
    }
    return outcome;
  }

  private Step step() {
    return Steps.ALL.get(number - 1);
  }

  private Page page() {
    return step().page(voice.language());
  }

  private void begin(int step) {
    number = step;
    mistakes = 0;
    hints = 0;
    left.clear();
    left.addAll(step().goals());
    progress.reached(step);
    voice.print("");
    voice.print(voice.style().strong(number + "/" + steps() + "  " + page().title()));
    voice.print("");
    bound.given(step().given());
    paragraphs(page().text());
    voice.print("");
    paragraphs("» " + page().task());
  }

  private void judge(Attempt attempt) {
    List<Goal> met = new ArrayList<>();
    List<Optional<Said>> wrong = new ArrayList<>();
    for (Goal goal : left) {
      switch (goal.of(attempt, step().mistakes())) {
        case Goal.Verdict.Met() -> met.add(goal);
        case Goal.Verdict.Open() -> { }
        case Goal.Verdict.Wrong(Optional<Said> remark) -> wrong.add(remark);
      }
    }
    left.removeAll(met);
    if (!met.isEmpty()) {
      right();
    } else if (!wrong.isEmpty()) {
      wrong(wrong.stream().flatMap(Optional::stream).findFirst());
    }
  }

  private void right() {
    if (left.isEmpty()) {
      paragraphs("✓ " + page().done());
      say(number < steps() ? "Look around, then `:next`." : "Look around; `:next` ends the tutorial.");
    } else {
      String still = String.join(", ", left.stream().map(Goal::label).toList());
      paragraphs("✓ " + voice.say("Right. Left to do") + voice.colon() + still);
    }
  }

  private void wrong(Optional<Said> remark) {
    mistakes++;
    if (remark.isPresent()) {
      paragraphs("✗ " + remark.get().in(voice.language()));
    } else if (mistakes >= PATIENCE) {
      hint();
    } else {
      paragraphs("✗ " + voice.say("Not yet. Try again, or ask for a `:hint`."));
    }
  }

  private void say(String english) {
    paragraphs(voice.say(english));
  }

  /** Formulas stand in lines of their own, which begin with two spaces. */
  private void paragraphs(String text) {
    StringBuilder paragraph = new StringBuilder();
    for (String line : bound.filled(text).lines().toList()) {
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
      voice.wrapped(paragraph.toString()).forEach(line -> voice.print(marked(line)));
      paragraph.setLength(0);
    }
  }

  /** Colours are no letters, so they come when the lines are broken. */
  private String marked(String line) {
    Style style = voice.style();
    return line.startsWith("✓ ") ? style.good("✓ ") + line.substring(2) : line.startsWith("✗ ") ? style.warning("✗ ") + line.substring(2) : line;
  }
}
