package dev.lanewise.dsl.view.report;

import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.WalkedText;
import java.util.ArrayList;
import java.util.List;

/** A walk as a table of its values, each with its picture, and below them formulas and notes. */
record WalkPage(Page page, Walked walked) {
  /** Letters of a formula. */
  private static final int WIDE = 110;
  /** Where the values stand in a row. */
  private static final int VALUES = 2;
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

  /** Values beside the names: they are seen on a narrow page. */
  private String rows(Table table) {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table class=\"walk\">\n").append(page.header(moved(table.header())));
    for (int r = 0; r < table.rows().size(); r++) {
      List<String> cells = moved(table.rows().get(r));
      html.append("<tr>");
      for (int c = 0; c < cells.size(); c++) {
        html.append(Page.cell(table.tone(r, c))).append(c == VALUES ? values(walked.rows().get(r), cells.get(c)) : page.say(cells.get(c))).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</table></div>\n").toString();
  }

  private static List<String> moved(List<String> cells) {
    List<String> moved = new ArrayList<>(cells.subList(0, cells.size() - 1));
    moved.add(VALUES, cells.getLast());
    return moved;
  }

  /** The numbers, where they are few, and the picture, which says more than bars. */
  private String values(Walked.Row row, String words) {
    String picture = row.picture().map(Picture::band).map(p -> page.image(p, width(p), "")).orElse("");
    return (row.values().isEmpty() && !picture.isEmpty() ? "" : page.say(words) + " ") + picture;
  }

  private static int width(Picture picture) {
    double fitting = Math.min((double) WIDEST / picture.width(), (double) HIGHEST / picture.height());
    return (int) Math.max(1, Math.round(picture.width() * (fitting < 1 ? fitting : Math.min(LARGEST, Math.floor(fitting)))));
  }
}
