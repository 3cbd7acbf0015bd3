package dev.lanewise.repl.bench;

import dev.lanewise.dsl.exhibit.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The part of a page in Markdown that holds the comparisons, a section each; the rest of the page stays as it is. */
public final class Page {
  private static final String HEADING = "## Kernel by kernel, by JMH";
  private static final String SECTION = "### ";

  private Page() {}

  /**
   * The page with these comparisons in place of those of the same topics.
   *
   * @param when and where they were measured, a line below each
   */
  public static String with(String page, List<Comparison> comparisons, String when) {
    int at = start(page);
    String before = page.substring(0, at).stripTrailing();
    int end = end(page, at);
    Map<String, String> sections = sections(page.substring(at, end));
    comparisons.forEach(c -> sections.put(c.topic(), section(c, when)));
    String after = page.substring(end).strip();
    return (before.isEmpty() ? "" : before + "\n\n") + HEADING + "\n\n"
        + "Written by `lanewise bench`. Times of one call on one thread; less is better. `vs`: how many times as fast `simd` is.\n\n"
        + String.join("\n\n", sections.values()) + "\n" + (after.isEmpty() ? "" : "\n" + after + "\n");
  }

  private static int start(String page) {
    int at = ("\n" + page).indexOf("\n" + HEADING + "\n");
    return at < 0 ? page.length() : at;
  }

  /** The next part of the page. */
  private static int end(String page, int start) {
    int next = start == page.length() ? -1 : page.indexOf("\n## ", start + HEADING.length());
    return next < 0 ? page.length() : next + 1;
  }

  private static Map<String, String> sections(String part) {
    Map<String, String> sections = new TreeMap<>();
    String[] pieces = ("\n" + part).split("\n" + SECTION);
    for (int i = 1; i < pieces.length; i++) {
      sections.put(pieces[i].lines().findFirst().orElse("").replaceFirst(",.*", ""), SECTION + pieces[i].strip());
    }
    return sections;
  }

  private static String section(Comparison comparison, String when) {
    Table table = comparison.table();
    List<String> lines = new ArrayList<>(List.of(SECTION + table.title(), "", when, "", row(table.header())));
    int words = table.header().size() - table.header().stream().filter(Page::isNumber).toList().size();
    lines.add(row(IntStream.range(0, table.header().size()).mapToObj(i -> i < words ? "---" : "---:").toList()));
    table.rows().forEach(r -> lines.add(row(r)));
    return String.join("\n", lines);
  }

  /** Who answers, and what is made of that; before them stand words. */
  private static boolean isNumber(String header) {
    return header.startsWith("vs ") || Arrays.stream(Who.values()).anyMatch(w -> w.label().equals(header));
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
