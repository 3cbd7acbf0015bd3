package dev.lanewise.dsl.draw;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.language.Printable;
import dev.lanewise.dsl.language.TextWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A network as SVG. Every box stands one row below the lowest that it reads, boxes of a row side by side; arrows that
 * pass over rows go round on the right.
 */
public final class Svg {
  private static final int ROW = 74;
  private static final int HEIGHT = 40;
  private static final int GAP = 30;
  private static final int MARGIN = 24;
  private static final int TITLE = 34;

  /** A letter of the fonts used, in pixels, at most. */
  private static final double LETTER = 7.2;

  private final Drawing drawing;
  private final int[] row;
  private final int[] x;
  private final int[] width;
  private final List<List<Integer>> rows = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private Svg(Drawing drawing) {
    this.drawing = drawing;
    int boxes = drawing.boxes().size();
    this.row = new int[boxes];
    this.x = new int[boxes];
    this.width = new int[boxes];
  }

  /** The picture, as the text of a file. @param phrases in which its words are said */
  public static String of(CheckedNet net, Phrases phrases) {
    return new Svg(Drawing.of(net, phrases)).draw();
  }

  private String draw() {
    int inner = arrange();
    List<Drawing.Arrow> round = drawing.arrows().stream().filter(a -> row[a.to()] - row[a.from()] > 1).toList();
    int lanes = round.stream().mapToInt(a -> a.shape().length()).max().orElse(0);
    int w = Math.max(inner + 2 * MARGIN + round.size() * 14 + (int) (lanes * LETTER), (int) (TextWidth.of(drawing.title()) * 8.5) + 2 * MARGIN);
    int h = TITLE + rows.size() * ROW + MARGIN;
    line("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\">", w, h, w, h);
    line("<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
        + "<path d=\"M0,0 L8,4 L0,8 z\" fill=\"#555\"/></marker></defs>");
    line("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", w, h);
    line("<text x=\"%d\" y=\"22\" font-size=\"15\" font-weight=\"bold\">%s</text>", MARGIN, escaped(drawing.title()));
    int lane = 0;
    for (Drawing.Arrow a : drawing.arrows()) {
      arrow(a, round.contains(a) ? inner + MARGIN + 14 * ++lane : 0);
    }
    for (int i = 0; i < drawing.boxes().size(); i++) {
      box(i);
    }
    return text.append("</svg>\n").toString();
  }

  /** Gives every box its row and place; answers how wide the widest row is. */
  private int arrange() {
    drawing.arrows().forEach(a -> row[a.to()] = Math.max(row[a.to()], row[a.from()] + 1));
    for (int i = 0; i < row.length; i++) {
      while (rows.size() <= row[i]) {
        rows.add(new ArrayList<>());
      }
      rows.get(row[i]).add(i);
      Drawing.Box box = drawing.boxes().get(i);
      width[i] = (int) (Math.max(TextWidth.of(box.name()) * 8.2, TextWidth.of(box.detail()) * 6.2)) + 24;
    }
    int widest = rows.stream().mapToInt(this::width).max().orElse(0);
    for (List<Integer> boxes : rows) {
      int at = MARGIN + (widest - width(boxes)) / 2;
      for (int i : boxes) {
        x[i] = at;
        at += width[i] + GAP;
      }
    }
    return widest;
  }

  private int width(List<Integer> boxes) {
    return boxes.stream().mapToInt(i -> width[i] + GAP).sum() - GAP;
  }

  private int top(int box) {
    return TITLE + row[box] * ROW;
  }

  private int middle(int box) {
    return x[box] + width[box] / 2;
  }

  /** @param lane where an arrow that goes round passes; 0 for one to the next row */
  private void arrow(Drawing.Arrow a, int lane) {
    int fromY = top(a.from()) + HEIGHT;
    int toY = top(a.to());
    if (lane == 0) {
      line("<path d=\"M%d,%d L%d,%d\" stroke=\"#555\" fill=\"none\" marker-end=\"url(#tip)\"/>", middle(a.from()), fromY, middle(a.to()), toY);
      label(a.shape(), (middle(a.from()) + middle(a.to())) / 2 + 6, (fromY + toY) / 2 + 4);
      return;
    }
    int side = x[a.from()] + width[a.from()];
    int startY = fromY - HEIGHT / 2;
    int endX = x[a.to()] + width[a.to()];
    int endY = toY + HEIGHT / 2;
    line("<path d=\"M%d,%d C%d,%d %d,%d %d,%d L%d,%d C%d,%d %d,%d %d,%d\" stroke=\"#555\" fill=\"none\" marker-end=\"url(#tip)\"/>",
        side, startY, lane, startY, lane, startY, lane, startY + 20, lane, endY - 20, lane, endY, lane, endY, endX, endY);
    label(a.shape(), lane + 5, (startY + endY) / 2 + 4);
  }

  private void label(String shape, int x, int y) {
    line("<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#555\">%s</text>", x, y, shape);
  }

  private void box(int i) {
    Drawing.Box box = drawing.boxes().get(i);
    boolean end = i == 0 || i == drawing.boxes().size() - 1;
    line("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"7\" fill=\"%s\" stroke=\"#334\"/>",
        x[i], top(i), width[i], HEIGHT, end ? "#eee" : box.hasParameters() ? "#dbe9ff" : "#f7f7f0");
    boolean two = !box.detail().isEmpty();
    line("<text x=\"%d\" y=\"%d\" font-size=\"13\" text-anchor=\"middle\">%s</text>", middle(i), top(i) + (two ? 17 : 25), escaped(box.name()));
    if (two) {
      line("<text x=\"%d\" y=\"%d\" font-size=\"11\" text-anchor=\"middle\" fill=\"#555\">%s</text>", middle(i), top(i) + 32, escaped(box.detail()));
    }
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return Printable.text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
