package dev.lanewise.repl.render;

import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Spectrum;
import dev.lanewise.repl.text.Colours;
import dev.lanewise.repl.text.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A sound as a picture of letters, with its pitches at the left and its seconds below. */
final class Pitches {
  private static final int LABEL = 6;

  private Pitches() {}

  static List<String> lines(Spectrum spectrum, Colours colours, Voice voice) {
    Picture picture = spectrum.picture();
    // Halved until it fits beside its labels; a letter is two pixels high.
    int halves = 1;
    while (picture.width() / halves > Math.max(1, voice.window().columns() - LABEL - 2)) {
      halves *= 2;
    }
    int width = Math.max(1, picture.width() / halves);
    int height = Math.max(2, picture.height() / halves);
    List<String> field = Mosaic.lines(Mosaic.scaled(picture, width, height), colours);
    List<String> lines = new ArrayList<>(List.of(voice.style().strong(voice.say(spectrum.title()))));
    for (int line = 0; line < field.size(); line++) {
      lines.add((label(spectrum, line, field.size()) + " " + field.get(line)).stripTrailing());
    }
    String end = String.format(Locale.ROOT, "%.2f", spectrum.seconds()) + " " + voice.say("seconds");
    lines.add(" ".repeat(LABEL + 1) + "0" + " ".repeat(Math.max(1, width - 1 - end.length())) + end);
    return lines;
  }

  /** What is written beside the line that its middle is in. */
  private static String label(Spectrum spectrum, int line, int lines) {
    String text = spectrum.up().stream().filter(t -> (int) (spectrum.down(t.row()) * lines) == line).map(Spectrum.Tick::text).reduce("", (_, b) -> b);
    return " ".repeat(Math.max(0, LABEL - text.length())) + text;
  }
}
