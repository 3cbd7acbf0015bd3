package dev.lanewise.repl.conversation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What begins with a colon: it concerns the conversation, not the script. */
enum Command {
  HELP("[TOPIC]", "what there is to know; of a topic, a layer, a setting, a command, a code", "h", "?"),
  TUTORIAL("[STEP]", "from one neuron to a network that sees, and how to fool it: a lesson by hand"),
  NEXT("", "in the tutorial: to the next step"),
  BACK("", "in the tutorial: to the step before"),
  HINT("", "in the tutorial: what helps; at last the solution"),
  EXPLAIN("CODE", "the story behind the code of a message, as in :explain L012"),
  LS("", "the names that are bound, with their figures"),
  INFO("", "versions, vector width, kernels, threads, memory"),
  TIME("STATEMENT", "run a statement and say how long it took"),
  THREADS("[N]", "how many threads compute; with a number, so many from now on"),
  UNDO("", "take the last statement back, with what it changed"),
  REDO("", "put back what was taken back"),
  SAVE("FILE", "what was typed and succeeded, as a script"),
  LOAD("FILE", "run a script here"),
  RESET("", "forget everything"),
  QUIT("", "leave the tutorial, or Lanewise, as Ctrl-D does", "q", "exit");

  private final String argument;
  private final String summary;
  private final List<String> aliases;

  Command(String argument, String summary, String... aliases) {
    this.argument = argument;
    this.summary = summary;
    this.aliases = List.of(aliases);
  }

  /** {@code :save}. */
  String word() {
    return ":" + name().toLowerCase(java.util.Locale.ROOT);
  }

  /** {@code :save FILE}. */
  String usage() {
    return argument.isEmpty() ? word() : word() + " " + argument;
  }

  String summary() {
    return summary;
  }

  /** Whether it means something only while the tutorial is open. */
  boolean isOfTheLesson() {
    return this == NEXT || this == BACK || this == HINT;
  }

  boolean takesFile() {
    return argument.equals("FILE");
  }

  boolean takesArgument() {
    return !argument.isEmpty();
  }

  /** By its word or an alias, with its colon. */
  static Optional<Command> named(String word) {
    return Arrays.stream(values())
        .filter(c -> word.equals(c.word()) || c.aliases.contains(word.substring(1)))
        .findFirst();
  }

  static List<String> words() {
    return Stream.of(values()).map(Command::word).toList();
  }
}
