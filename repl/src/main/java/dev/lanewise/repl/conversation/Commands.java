package dev.lanewise.repl.conversation;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.repl.text.Voice;
import java.util.Arrays;
import java.util.List;

/** All commands, a line each. */
final class Commands {
  private Commands() {}

  static Table table(Voice voice) {
    return new Table(
        "", List.of(), Arrays.stream(Command.values()).map(c -> List.of(c.usage(), voice.say(c.summary()))).toList());
  }
}
