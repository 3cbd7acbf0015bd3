package dev.lanewise.repl.conversation;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import dev.lanewise.dsl.diagnostic.SourceFile.Unreadable;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.parse.Completeness;
import dev.lanewise.dsl.parse.Highlights;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.typing.Completions.Completion;
import dev.lanewise.dsl.typing.Preview;
import dev.lanewise.dsl.typing.Vocabulary;
import dev.lanewise.repl.help.Help;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.text.Columns;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.tutorial.Lesson;
import dev.lanewise.runtime.train.WarmUp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers what is typed: statements, and commands that begin with a colon. It does not know a terminal. */
public final class Conversation {
  /** What became of a line. */
  public enum Reply {
    DONE,
    /** It has a mistake. */
    MISTAKEN,
    LEAVE
  }

  private static final int MOST_THREADS = 1024;

  private final Session session;
  private final Renderer renderer;
  private final Voice voice;
  private final Lesson lesson;
  private Optional<String> proposal = Optional.empty();

  /**
   * @param state the file that remembers the step of the tutorial
   */
  public Conversation(Session session, Renderer renderer, Voice voice, Path state) {
    this.session = session;
    this.renderer = renderer;
    this.voice = voice;
    this.lesson = new Lesson(session, voice, state);
  }

  /** Runs a file, if it is there, before the first line is typed. Its mistakes are shown and prevent nothing. */
  public void begin(Path file) {
    guarded(file.toString(), () -> Files.isRegularFile(file) ? load(file) : Reply.DONE);
  }

  /** Loads what the first letter that is typed needs, the grammar and the words of the language; then what the first training needs. */
  public static void getReady() {
    Highlights.of("net");
    ScriptParser.completeness("net");
    Vocabulary.all();
    WarmUp.start();
  }

  /** What stands before the cursor. */
  public String prompt() {
    return lesson.isOpen() ? lesson.prompt() : "lanewise> ";
  }

  /** It never throws: what fails is told, and one can go on. */
  public Reply answer(String typed) {
    proposal = Optional.empty();
    return guarded("prompt", () -> answerTo(plain(typed)));
  }

  /** What was typed last, without its mistake; empty if it had none, or nobody knows what to write. */
  public Optional<String> proposal() {
    return proposal;
  }

  /** What was typed as it is kept: with plain signs in place of the full-width ones that Chinese keyboards give. */
  public String plain(String typed) {
    return Habits.plain(typed);
  }

  /** Something else than a statement failed. @param place where */
  public void failed(String place, Throwable cause) {
    renderer.on(new SessionEvent.Failed(place, cause));
  }

  private Reply guarded(String place, Supplier<Reply> work) {
    try {
      return work.get();
    } catch (Throwable thrown) {
      failed(place, thrown);
      return Reply.MISTAKEN;
    }
  }

  private Reply answerTo(String typed) {
    String text = Habits.command(typed.strip(), session::knows).orElse(typed.strip());
    if (text.isEmpty()) {
      return Reply.DONE;
    }
    if (text.startsWith(":") || isOfTheLesson(text)) {
      return command(text.startsWith(":") ? text : ":" + text);
    }
    Outcome outcome = lesson.isOpen() ? lesson.answer(typed) : session.run(new Source("prompt", typed));
    proposal = outcome == Outcome.MISTAKE ? Proposal.of(session, typed) : Optional.empty();
    return of(outcome);
  }

  /** A word that only the tutorial knows: in it, the colon is easily forgotten. */
  private boolean isOfTheLesson(String text) {
    return lesson.isOpen() && Command.named(":" + text).filter(Command::isOfTheLesson).isPresent() && !session.knows(text);
  }

  /** From any thread: stops what is running after its current batch. */
  public void interrupt() {
    session.interrupt();
  }

  /** What could be typed there. */
  public List<Completion> completions(String before) {
    return new Typing(session, voice).completions(before);
  }

  public Optional<Preview> preview(String text) {
    return session.preview(plain(text))
        .map(p -> new Preview(voice.say(p.text()), p.fits()));
  }

  public Completeness completeness(String text) {
    String plain = plain(text);
    boolean command = plain.startsWith(":") || Habits.command(plain.strip(), session::knows).isPresent();
    return command ? Completeness.COMPLETE : session.completeness(plain);
  }

  /** The help for what is being typed: how the innermost call is called. Empty outside of calls. */
  public Optional<String> tip(String before) {
    return new Typing(session, voice).tip(before);
  }

  private Reply command(String text) {
    String[] parts = text.split("\\s+", 2);
    String argument = parts.length > 1 ? parts[1].strip() : "";
    Optional<Command> command = Command.named(parts[0]);
    if (command.isEmpty()) {
      return mistaken("There is no command `" + parts[0] + "`.", meant(parts[0], Command.words()));
    }
    return switch (command.get()) {
      case HELP -> help(argument);
      case TUTORIAL -> lesson.open(argument)
          ? Reply.DONE
          : mistaken("The tutorial has steps 1 to " + lesson.steps() + ".", "");
      case NEXT -> within(lesson::next);
      case BACK -> within(lesson::back);
      case HINT -> within(lesson::hint);
      case EXPLAIN -> argument.isEmpty() ? usage(Command.EXPLAIN) : help(argument);
      case LS -> table();
      case INFO -> shown(Info.lines(session.options(), voice));
      case TIME -> argument.isEmpty() ? usage(Command.TIME) : time(argument);
      case THREADS -> threads(argument);
      case UNDO -> moved("took back", session.undo(), "There is nothing to take back.");
      case REDO -> moved("put back", session.redo(), "There is nothing to put back.");
      case SAVE -> argument.isEmpty() ? usage(Command.SAVE) : save(argument);
      case LOAD -> argument.isEmpty() ? usage(Command.LOAD) : load(Path.of(home(argument)));
      case RESET -> {
        session.reset();
        yield said("Everything is forgotten. :undo brings it back.");
      }
      case QUIT -> lesson.isOpen() ? within(lesson::close) : Reply.LEAVE;
    };
  }

  private Reply within(Runnable work) {
    if (!lesson.isOpen()) {
      return mistaken("That belongs to the tutorial: :tutorial opens it.", "");
    }
    work.run();
    return Reply.DONE;
  }

  private Reply help(String topic) {
    Help help = new Help(voice);
    if (topic.isEmpty()) {
      List<String> all = new ArrayList<>(help.overview());
      all.add("");
      all.addAll(Columns.lines(Commands.table(voice), voice.window(), voice.style()));
      return shown(all);
    }
    Optional<Command> command = Command.named(topic.startsWith(":") ? topic : ":" + topic);
    Optional<List<String>> lines = help.about(topic);
    if (session.knows(topic)) {
      shown(Columns.lines(said(row(topic)), voice.window(), voice.style()));
      return lines.map(this::shown).orElse(Reply.DONE);
    }
    if (lines.isEmpty() && command.isPresent()) {
      return shown(List.of(voice.style().strong(command.get().usage()), "  " + voice.say(command.get().summary())));
    }
    if (lines.isEmpty()) {
      return mistaken("There is no help about `" + topic + "`.", meant(topic, help.topics()));
    }
    return shown(lines.get());
  }

  private static String meant(String word, List<String> known) {
    return Vocabulary.nearest(word, known).map(w -> "did you mean `" + w + "`?").orElse(":help lists what there is.");
  }

  private Reply table() {
    if (session.bound().rows().isEmpty()) {
      return said("Nothing is bound yet.");
    }
    return shown(Columns.lines(said(session.bound()), voice.window(), voice.style()));
  }

  /** All but the names, which are the user's. */
  private Table said(Table bound) {
    List<List<String>> rows = bound.rows().stream()
        .map(r -> Stream.concat(Stream.of(r.getFirst()), r.stream().skip(1).map(voice::say)).toList())
        .toList();
    return new Table(voice.say(bound.title()), bound.header().stream().map(voice::say).toList(), rows, bound.tones());
  }

  /** What a name of the user's stands for. */
  private Table row(String name) {
    Table bound = session.bound();
    return new Table(bound.title(), bound.header(), bound.rows().stream().filter(r -> r.getFirst().equals(name)).toList());
  }

  private Reply time(String statement) {
    long start = System.nanoTime();
    Outcome outcome = session.run(new Source("prompt", statement));
    voice.print(voice.style().faint(String.format(Locale.ROOT, "%.3f s", (System.nanoTime() - start) / 1e9)));
    return of(outcome);
  }

  private Reply threads(String argument) {
    if (!argument.isEmpty()) {
      if (!argument.matches("[1-9][0-9]{0,3}") || Integer.parseInt(argument) > MOST_THREADS) {
        return mistaken(":threads takes a number from 1 to " + MOST_THREADS + ".", "");
      }
      session.threads(Integer.parseInt(argument));
    }
    return said("Threads that compute: " + session.options().threads());
  }

  private Reply moved(String how, Optional<String> what, String nothing) {
    return said(what.map(w -> how + ": " + first(w)).orElse(nothing));
  }

  private static String first(String text) {
    return text.contains("\n") ? text.lines().findFirst().orElseThrow() + " …" : text;
  }

  private Reply save(String file) {
    return Saving.save(home(file), session, voice) ? Reply.DONE : Reply.MISTAKEN;
  }

  private Reply load(Path file) {
    try {
      Source source = SourceFile.read(file);
      return of(session.run(new Source(source.name(), source.text(), true)));
    } catch (Unreadable unreadable) {
      return mistaken(unreadable.getMessage(), "");
    }
  }

  private static String home(String file) {
    return file.startsWith("~/") ? System.getProperty("user.home") + file.substring(1) : file;
  }

  private Reply usage(Command command) {
    return mistaken("It is written `" + command.usage() + "`.", "");
  }

  private Reply said(String text) {
    voice.print(voice.say(text));
    return Reply.DONE;
  }

  private Reply shown(List<String> lines) {
    voice.show(lines);
    return Reply.DONE;
  }

  private Reply mistaken(String text, String remedy) {
    renderer.problem(remedy.isEmpty() ? voice.say(text) : voice.say(text) + " " + voice.say(remedy));
    return Reply.MISTAKEN;
  }

  private static Reply of(Outcome outcome) {
    return outcome == Outcome.MISTAKE ? Reply.MISTAKEN : Reply.DONE;
  }
}
