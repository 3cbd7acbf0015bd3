package dev.lanewise.repl.render;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.WalkedText;
import dev.lanewise.repl.text.Columns;
import dev.lanewise.repl.text.Voice;
import java.util.ArrayList;
import java.util.List;

/** A walk through a network: a table of its values, their formulas, and what is to be said of them. */
final class Walking {
  /** Longer formulas are hard to read. */
  private static final int WIDEST = 110;
  private static final int NARROWEST = 40;

  private Walking() {}

  static List<String> lines(Walked walked, Voice voice) {
    WalkedText text = new WalkedText(walked, voice.phrases(), Math.clamp(voice.window().columns() - 1, NARROWEST, WIDEST));
    List<String> lines = new ArrayList<>();
    List<Table> tables = text.table();
    if (tables.isEmpty()) {
      lines.add(voice.style().strong(voice.say(walked.title())));
    }
    tables.forEach(t -> lines.addAll(Columns.lines(voice.say(t), voice.window(), voice.style())));
    List<String> formulas = text.formulas();
    if (!tables.isEmpty() && !formulas.isEmpty()) {
      lines.add("");
    }
    lines.addAll(formulas);
    for (String note : walked.notes()) {
      voice.wrapped(voice.say(note)).forEach(l -> lines.add(voice.style().faint(l)));
    }
    return lines;
  }
}
