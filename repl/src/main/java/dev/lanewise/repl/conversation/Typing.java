package dev.lanewise.repl.conversation;

import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.typing.Completions;
import dev.lanewise.dsl.typing.Completions.Completion;
import dev.lanewise.repl.help.Help;
import dev.lanewise.repl.text.Voice;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What helps while a line is typed. */
record Typing(Session session, Voice voice) {
  /** Commands with their arguments, files in strings, or what the language offers: each in place of the last word. */
  List<Completion> completions(String before) {
    if (before.startsWith(":")) {
      return command(before);
    }
    if (Completions.inText(before)) {
      return files(Completions.word(before), "");
    }
    return session.completions(before).stream().map(c -> new Completion(c.text(), voice.say(c.help()))).toList();
  }

  /** The call that is being typed, as it is called. */
  Optional<String> tip(String before) {
    return session.tip(before);
  }

  private List<Completion> command(String before) {
    int space = before.indexOf(' ');
    if (space < 0) {
      return java.util.Arrays.stream(Command.values())
          .filter(c -> c.word().startsWith(before))
          .map(c -> new Completion(c.takesArgument() ? c.word() + " " : c.word(), voice.say(c.summary())))
          .toList();
    }
    String word = before.substring(0, space + 1);
    String typed = before.substring(space + 1);
    Optional<Command> command = Command.named(word.strip());
    if (command.filter(Command::takesFile).isPresent()) {
      return files(typed, word);
    }
    if (command.filter(c -> c == Command.TIME).isPresent()) {
      int end = typed.length() - Completions.word(typed).length();
      return completions(typed).stream()
          .map(c -> new Completion(word + typed.substring(0, end) + c.text(), c.help()))
          .toList();
    }
    boolean topical = command.filter(c -> c == Command.HELP || c == Command.EXPLAIN).isPresent();
    List<String> topics = topical ? new Help(voice).topics() : List.of();
    return topics.stream()
        .filter(t -> t.startsWith(typed) && (command.get() == Command.HELP || t.matches("L\\d+")))
        .map(t -> new Completion(word + t, ""))
        .toList();
  }

  /** Names in a folder that begin as typed; folders first, hidden ones only if a dot is typed. */
  private static List<Completion> files(String typed, String before) {
    int slash = typed.lastIndexOf('/') + 1;
    String folder = typed.substring(0, slash);
    String name = typed.substring(slash);
    List<Completion> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : expanded(folder)))) {
      for (Path p : all) {
        String file = p.getFileName().toString();
        if (file.startsWith(name) && (!file.startsWith(".") || name.startsWith("."))) {
          found.add(new Completion(before + folder + file + (Files.isDirectory(p) ? "/" : ""), ""));
        }
      }
    } catch (IOException | InvalidPathException nothingThere) {
      return List.of();
    }
    found.sort(Comparator.<Completion, Boolean>comparing(c -> !c.text().endsWith("/")).thenComparing(Completion::text));
    return found;
  }

  private static String expanded(String folder) {
    return folder.startsWith("~/") ? System.getProperty("user.home") + folder.substring(1) : folder;
  }
}
