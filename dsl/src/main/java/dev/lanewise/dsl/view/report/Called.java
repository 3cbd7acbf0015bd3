package dev.lanewise.dsl.view.report;

import dev.lanewise.dsl.exhibit.Exhibit;
import java.util.Optional;

/**
 * What a call shows.
 *
 * @param call that shows the same at the prompt
 * @param verb its name
 * @param summary what it does, in a sentence
 * @param exhibit empty if it cannot be done
 * @param missing why
 */
public record Called(String call, String verb, String summary, Optional<Exhibit> exhibit, String missing) {
  /** The call, and what it tells. */
  String head(Page page) {
    return "<dt><code>" + Page.escaped(call) + "</code></dt><dd>" + page.say(summary) + "</dd>\n";
  }

  String html(Page page) {
    return "<dl>\n" + head(page) + "</dl>\n" + exhibit.map(page::exhibit).orElseGet(() -> page.paragraph(missing));
  }
}
