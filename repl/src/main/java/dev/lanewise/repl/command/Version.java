package dev.lanewise.repl.command;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.repl.conversation.Info;
import dev.lanewise.repl.text.Columns;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.runtime.kernel.lane.Lanes;
import java.util.List;

/** What {@code --version} says: everything that a report of a fault or of a time must mention. */
final class Version {
  private Version() {}

  static String[] lines(Voice voice) {
    Table table = new Table("", List.of(), List.of(
        List.of("Lanewise", Info.version()),
        List.of("JDK", System.getProperty("java.vm.version") + " (" + System.getProperty("java.vendor") + ")"),
        List.of("vectors", Lanes.bits() + " bits"),
        List.of("threads", Integer.toString(Runtime.getRuntime().availableProcessors()))));
    return Columns.lines(voice.say(table), voice.window(), voice.style()).stream().map(String::strip).toArray(String[]::new);
  }
}
