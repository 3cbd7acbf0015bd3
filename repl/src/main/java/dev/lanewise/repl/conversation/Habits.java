package dev.lanewise.repl.conversation;

import dev.lanewise.dsl.parse.FullWidth;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What fingers type that have learned other prompts or another keyboard: {@code ?conv}, {@code conv?}, {@code help(conv)}, {@code exit()},
 * {@code %time}; full-width signs. None of it is a statement of the language, but for a word alone, which may be a name of the user's.
 */
final class Habits {
  private static final String NAME = ":?[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_.-]*";
  private static final Pattern ASKED = Pattern.compile("\\?{1,2}\\s*(" + NAME + ")?|(" + NAME + ")\\s*\\?{1,2}");
  private static final Pattern HELP = Pattern.compile("help(?:\\s+(" + NAME + ")|\\s*\\(\\s*\"?(" + NAME + ")?\"?\\s*\\))?");
  private static final Pattern LEAVE = Pattern.compile("(exit|quit)(\\s*\\(\\s*\\))?");
  private static final Pattern MAGIC = Pattern.compile("%([a-z]+)(\\s.*)?", Pattern.DOTALL);

  private Habits() {}

  /** The same with plain signs; of a command, whose argument may be a file, only the command itself. */
  static String plain(String typed) {
    String text = typed.strip();
    if (text.startsWith(":") || text.startsWith("：")) {
      String command = ":" + text.substring(1);
      return command.startsWith(Command.TIME.word() + " ") ? FullWidth.plain(command) : command;
    }
    return text.isEmpty() ? typed : FullWidth.plain(wide(typed));
  }

  /** A question mark is no sign of the language, and stays as it is within texts: only one at the end of all. */
  private static String wide(String typed) {
    String text = typed.strip();
    return text.startsWith("？") || text.endsWith("？") ? text.replaceAll("^？+", "?").replaceAll("？+$", "?") : typed;
  }

  /**
   * The command that is meant by a plain text, {@code :help conv}; empty if it is a statement or a command already.
   *
   * @param bound whether the user has bound a name
   */
  static Optional<String> command(String plain, Predicate<String> bound) {
    Matcher asked = ASKED.matcher(plain);
    if (asked.matches()) {
      return Optional.of(help(asked));
    }
    Matcher help = HELP.matcher(plain);
    if (help.matches() && !bound.test("help")) {
      return Optional.of(help(help));
    }
    Matcher leave = LEAVE.matcher(plain);
    if (leave.matches() && !bound.test(leave.group(1))) {
      return Optional.of(Command.QUIT.word());
    }
    Matcher magic = MAGIC.matcher(plain);
    return magic.matches() && Command.named(":" + magic.group(1)).isPresent() ? Optional.of(":" + plain.substring(1)) : Optional.empty();
  }

  private static String help(Matcher matcher) {
    String topic = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return topic == null ? Command.HELP.word() : Command.HELP.word() + " " + topic;
  }
}
