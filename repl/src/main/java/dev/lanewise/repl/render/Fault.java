package dev.lanewise.repl.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Something that Lanewise did wrong, in a sentence. Where in the program it was is for developers, who ask for it: LANEWISE_DEBUG=1.
 *
 * @param place where the script was, or what was done then; may be empty
 */
public record Fault(String place, Throwable cause) {
  private static final String ASKED = System.getenv().getOrDefault("LANEWISE_DEBUG", "0");
  private static final int MOST_CAUSES = 10;

  /** Without its place. */
  String text() {
    return "this is a fault of Lanewise, not of the script: " + cause.getClass().getSimpleName() + ". Please report it; LANEWISE_DEBUG=1 shows where";
  }

  /** As it is told. @param say it in somebody's language */
  public List<String> lines(UnaryOperator<String> say) {
    List<String> lines = new ArrayList<>(List.of("lanewise: " + (place.isEmpty() ? "" : place + ": ") + say.apply(text())));
    if (!ASKED.isEmpty() && !ASKED.equals("0")) {
      lines.addAll(trace());
    }
    return lines;
  }

  private List<String> trace() {
    List<String> lines = new ArrayList<>();
    int causes = 0;
    for (Throwable t = cause; t != null && causes < MOST_CAUSES; t = t.getCause(), causes++) {
      lines.add("  " + t);
      Arrays.stream(t.getStackTrace()).map(e -> "    at " + e).forEach(lines::add);
    }
    return lines;
  }
}
