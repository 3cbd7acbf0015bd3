package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a network says of many examples, a row for each: the name of the example, then the answer. As a file it has all of them, as a site that
 * takes answers wants them; on the screen the first, and how sure the network is.
 *
 * @param key what the names are called: {@code Id}, {@code file}, {@code item}
 * @param names of the examples
 * @param header what the answers are called
 */
public record AnswerTable(String title, String key, List<String> names, List<String> header, Said said) {
  private static final int SHOWN = 20;

  /** Of all examples, without probabilities. */
  public Table whole() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      List<String> row = new ArrayList<>(List.of(names.get(i)));
      row.addAll(said.answer(i));
      rows.add(row);
    }
    List<String> all = new ArrayList<>(List.of(key));
    all.addAll(header.size() == said.header().size() ? header : said.header());
    return new Table(title, all, rows);
  }

  /** Of the first ones. */
  public Table shown() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN, names.size()); i++) {
      rows.add(List.of(names.get(i), said.inWords(i)));
    }
    return new Table(first(title, names.size()), List.of(key, "says"), rows);
  }

  /** The first rows of a table of answers, which says so. */
  public static Table first(Table all) {
    return new Table(first(all.title(), all.rows().size()), all.header(), all.rows().stream().limit(SHOWN).toList());
  }

  private static String first(String title, int count) {
    return count <= SHOWN ? title : String.format(Locale.ROOT, "%s: the first %d of %,d; to = \"answers.csv\" writes all", title, SHOWN, count);
  }
}
