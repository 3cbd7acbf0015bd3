package dev.lanewise.dsl.view.report;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import java.util.List;
import java.util.Optional;

/**
 * An example, and what a network looks at in it.
 *
 * @param title which example it is
 * @param caption what is right and what the network says
 * @param looks of each the example, the map, the map over the example, and its scale
 */
public record LookedAt(String title, String caption, List<Called> looks) {
  private static final int WIDTH = 112;
  private static final int MAP = 1;
  private static final int OVER = 2;
  private static final int SCALE = 3;

  public LookedAt {
    looks = List.copyOf(looks);
  }

  /** All of them: what each way tells, then example by example. */
  static String html(Page page, List<LookedAt> all) {
    StringBuilder html = new StringBuilder("<dl>\n");
    all.getFirst().looks().forEach(l -> html.append(l.head(page)));
    html.append("</dl>\n");
    all.forEach(l -> html.append(l.html(page)));
    return html.toString();
  }

  private static Optional<Gallery> maps(Called look) {
    return look.exhibit().filter(Gallery.class::isInstance).map(Gallery.class::cast);
  }

  private String html(Page page) {
    StringBuilder html = new StringBuilder("<h3>").append(page.say(title)).append(": ").append(page.say(caption)).append("</h3>\n<div class=\"looks\">\n");
    looks.stream().flatMap(l -> maps(l).stream()).findFirst().map(g -> g.pictures().getFirst())
        .ifPresent(p -> html.append("<figure>").append(page.image(p, WIDTH, "")).append(page.say("example")).append("</figure>\n"));
    looks.forEach(l -> html.append("<figure>").append(maps(l).map(g -> maps(page, g)).orElseGet(() -> page.paragraph(l.missing())))
        .append("<code>").append(l.verb()).append("</code></figure>\n"));
    return html.append("</div>\n").toString();
  }

  private static String maps(Page page, Gallery gallery) {
    List<Picture> pictures = gallery.pictures();
    String words = page.say(gallery.title());
    return "<div class=\"pair\">" + page.image(pictures.get(MAP), WIDTH, words) + page.image(pictures.get(OVER), WIDTH, words) + "</div><div class=\"scale\">"
        + page.image(pictures.get(SCALE), 2 * WIDTH + 2, "") + "</div>" + page.say(pictures.get(SCALE).caption()) + "<br>";
  }
}
