package dev.lanewise.dsl.view.report;

import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.WalkedText;
import java.util.List;

/** A walk as a table of its values, each with its picture, and below them formulas and notes. */
record WalkPage(Page page, Walked walked) {
  /** Letters of a formula. */
  private static final int WIDE = 110;
  private static final int WIDEST = 220;
  private static final int HIGHEST = 48;
  /** Pixels of the page for one of a picture, at most. */
  private static final int LARGEST = 14;

  String html() {
    WalkedText text = new WalkedText(walked, page.phrases(), WIDE);
    StringBuilder html = new StringBuilder();
    text.table().forEach(t -> html.append(rows(t)));
    if (!text.formulas().isEmpty()) {
      html.append("<pre>").append(Page.escaped(String.join("\n", text.formulas()))).append("</pre>\n");
    }
    walked.notes().forEach(n -> html.append(page.paragraph(n)));
    return html.toString();
  }

  private String rows(Table table) {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table class=\"walk\">\n").append(page.header(table.header()));
    for (int r = 0; r < table.rows().size(); r++) {
      html.append("<tr>");
      List<String> cells = table.rows().get(r);
      for (int c = 0; c < cells.size() - 1; c++) {
        html.append(Page.cell(table.tone(r, c))).append(page.say(cells.get(c))).append("</td>");
      }
      html.append("<td>").append(values(walked.rows().get(r), cells.getLast())).append("</td></tr>\n");
    }
    return html.append("</table></div>\n").toString();
  }

  /** The numbers, where they are few, and the picture, which says more than bars. */
  private String values(Walked.Row row, String words) {
    String picture = row.picture().map(p -> page.image(p, width(p), "")).orElse("");
    return (row.values().isEmpty() && !picture.isEmpty() ? "" : page.say(words) + " ") + picture;
  }

  private static int width(Picture picture) {
    double fitting = Math.min((double) WIDEST / picture.width(), (double) HIGHEST / picture.height());
    return (int) Math.max(1, Math.round(picture.width() * (fitting < 1 ? fitting : Math.min(LARGEST, Math.floor(fitting)))));
  }
}
