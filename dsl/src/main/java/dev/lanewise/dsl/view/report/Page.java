package dev.lanewise.dsl.view.report;

import dev.lanewise.dsl.chart.Chart;
import dev.lanewise.dsl.chart.ChartFile;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.language.Printable;
import java.util.Base64;
import java.util.List;

/** What is looked at, as pieces of HTML in a language. */
record Page(Phrases phrases) {
  /** Pixels that a picture of a gallery is wide; one that has more is made smaller smoothly. */
  static final int TILE = 84;

  /** In the language of the page, and safe there. */
  String say(String english) {
    return escaped(phrases.say(english));
  }

  static String escaped(String text) {
    return Printable.text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }

  String section(String title, String content) {
    return "<h2>" + say(title) + "</h2>\n" + content + "\n";
  }

  /** What stands in backticks is code. */
  String paragraph(String english) {
    return "<p>" + say(english).replaceAll("`([^`]+)`", "<code>$1</code>") + "</p>\n";
  }

  /** With its title. */
  String exhibit(Exhibit exhibit) {
    return switch (exhibit) {
      case Table t -> titled(t) + (t.rows().isEmpty() ? "" : table(t));
      case Gallery g -> gallery(g);
      case Walked w -> titled(w) + new WalkPage(this, w).html();
      default -> Chart.of(exhibit).map(this::wide).orElse("");
    };
  }

  private String titled(Exhibit exhibit) {
    return exhibit.title().isEmpty() ? "" : paragraph(exhibit.title());
  }

  String chart(Chart chart) {
    return ChartFile.svg(chart, phrases);
  }

  /** By itself. */
  String wide(Chart chart) {
    return "<div class=\"wide\">" + chart(chart) + "</div>";
  }

  private String gallery(Gallery gallery) {
    StringBuilder html = new StringBuilder(titled(gallery));
    gallery.pictures().forEach(p -> html.append("<figure>").append(image(p, TILE, "")).append(say(p.caption())).append("</figure>\n"));
    return html.toString();
  }

  /** @param width in pixels of the page @param words for who does not see it, as they stand there */
  String image(Picture picture, int width, String words) {
    String grain = picture.width() <= 2 * width ? "grain" : "";
    return "<img class=\"" + grain + "\" width=\"" + width + "\" alt=\"" + words + "\" src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(picture.png()) + "\">";
  }

  String table(Table table) {
    return table(table, List.of());
  }

  /** @param shades of cells, as colours; what is missing has none */
  String table(Table table, List<List<String>> shades) {
    StringBuilder html = new StringBuilder(table.header().isEmpty() ? "<div class=\"wide\"><table class=\"words\">\n" : "<div class=\"wide\"><table>\n");
    html.append(table.header().isEmpty() ? "" : header(table.header()));
    for (int r = 0; r < table.rows().size(); r++) {
      html.append("<tr>");
      for (int c = 0; c < table.rows().get(r).size(); c++) {
        String shade = r < shades.size() && c < shades.get(r).size() ? shades.get(r).get(c) : "";
        html.append(shade.isEmpty() ? cell(table.tone(r, c)) : "<td style=\"background:" + shade + "\">").append(say(table.rows().get(r).get(c))).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</table></div>\n").toString();
  }

  String header(List<String> names) {
    StringBuilder html = new StringBuilder("<tr>");
    names.forEach(h -> html.append("<th>").append(say(h)).append("</th>"));
    return html.append("</tr>\n").toString();
  }

  static String cell(Table.Tone tone) {
    return switch (tone) {
      case PLAIN -> "<td>";
      case GOOD -> "<td class=\"good\">";
      case SLIGHT -> "<td class=\"slight\">";
      case BAD -> "<td class=\"bad\">";
    };
  }
}
