package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.WalkedText;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.language.TextWidth;
import java.util.ArrayList;
import java.util.List;

/** A walk through a network: a row for each value with its picture, and below them formulas. */
public final class WalkedChart implements Chart {
  private static final int MARGIN = 16;
  private static final int TITLE = 40;
  private static final int LINE = 20;
  private static final int LETTER = 7;
  private static final int GAP = 18;
  private static final int PICTURE = 240;
  private static final int TALLEST = 56;
  /** Of a bar of a row whose numbers are too many to be written. */
  private static final int BAR = 8;
  private static final int HIGHEST = 14;
  /** Letters of a formula. */
  private static final int WIDE = 120;

  private final Walked walked;
  private final List<List<String>> cells = new ArrayList<>();
  private final List<String> below = new ArrayList<>();
  private final int[] widths;

  public WalkedChart(Walked walked) {
    this.walked = walked;
    WalkedText text = new WalkedText(walked, Phrases.ENGLISH, WIDE);
    for (Table table : text.table()) {
      cells.add(table.header());
      cells.addAll(table.rows());
    }
    below.addAll(text.formulas());
    below.addAll(walked.notes());
    this.widths = new int[cells.isEmpty() ? 0 : cells.getFirst().size()];
    for (int r = 0; r < cells.size(); r++) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cellWidth(r, i) + GAP);
      }
    }
  }

  private int cellWidth(int row, int column) {
    return isBars(row, column) ? BAR * walked.rows().get(row - 1).profile().size() : LETTER * TextWidth.of(cells.get(row).get(column));
  }

  /** Whether bars stand there, which are drawn: as letters they are of another width in each font. */
  private boolean isBars(int row, int column) {
    return row > 0 && column == widths.length - 1 && walked.rows().get(row - 1).values().isEmpty() && !walked.rows().get(row - 1).profile().isEmpty();
  }

  private int tableWidth() {
    int sum = cells.isEmpty() ? 0 : PICTURE;
    for (int w : widths) {
      sum += w;
    }
    return sum;
  }

  private static double scale(Picture picture) {
    double fitting = Math.min((double) PICTURE / picture.width(), (double) TALLEST / picture.height());
    return fitting >= 1 ? Math.min(LINE - 6, Math.floor(fitting)) : fitting;
  }

  /** Of a row with its picture; the first row is the header. */
  private int rowHeight(int row) {
    return row == 0 ? LINE : walked.rows().get(row - 1).picture().map(p -> Math.max(LINE, (int) Math.ceil(scale(p) * p.height()) + 6)).orElse(LINE);
  }

  @Override
  public int width() {
    int widest = below.stream().mapToInt(l -> LETTER * TextWidth.of(l)).max().orElse(0);
    return 2 * MARGIN + Math.max(Math.max(tableWidth(), widest), 9 * TextWidth.of(walked.title()));
  }

  @Override
  public int height() {
    int height = TITLE + 2 * MARGIN + LINE * below.size();
    for (int r = 0; r < cells.size(); r++) {
      height += rowHeight(r);
    }
    return height;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.text(MARGIN, 26, walked.title(), 15, Canvas.Anchor.START, Palette.INK);
    int y = TITLE;
    for (int r = 0; r < cells.size(); r++) {
      int x = MARGIN;
      for (int i = 0; i < widths.length; i++) {
        if (isBars(r, i)) {
          bars(canvas, x, y + 15, walked.rows().get(r - 1).profile());
        } else {
          canvas.text(x, y + 14, cells.get(r).get(i), 12, Canvas.Anchor.START, Palette.INK);
        }
        x += widths[i];
      }
      if (r > 0 && walked.rows().get(r - 1).picture().isPresent()) {
        Picture picture = walked.rows().get(r - 1).picture().get();
        canvas.picture(x, y + 2, scale(picture), picture);
      }
      y += rowHeight(r);
    }
    y += MARGIN;
    for (String line : below) {
      canvas.text(MARGIN, y + 14, line, 12, Canvas.Anchor.START, Palette.INK);
      y += LINE;
    }
  }

  /** From the least, which is a line, to the largest. @param y of their feet */
  private static void bars(Canvas canvas, int x, int y, List<Double> profile) {
    double least = profile.stream().mapToDouble(v -> v).min().orElse(0), most = profile.stream().mapToDouble(v -> v).max().orElse(0);
    for (int i = 0; i < profile.size(); i++) {
      double share = most > least ? (profile.get(i) - least) / (most - least) : 0;
      double height = Double.isFinite(share) ? 1 + (HIGHEST - 1) * share : 1;
      canvas.rectangle(x + i * BAR, y - height, BAR - 1, height, Palette.INK);
    }
  }
}
