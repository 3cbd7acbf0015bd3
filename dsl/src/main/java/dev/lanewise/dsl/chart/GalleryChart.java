package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.language.TextWidth;

/** Pictures as a sheet: enlarged, in rows, each over its caption. Names of a picture's rows stand before them, those of its columns over them, their letters one below the other. */
public final class GalleryChart implements Chart {
  private static final int MARGIN = 16;
  private static final int TITLE = 34;
  private static final int GAP = 12;
  private static final int CAPTION = 20;
  private static final int WIDTH = 820;
  private static final int TILE = 84;
  /** Of a letter of a caption. */
  private static final int LETTER = 7;
  /** Of a row or column that has a name, and of a letter of it. */
  private static final int NAMED = 14;
  /** Wider ones have no names. */
  private static final int MOST_NAMED = 2 * WIDTH;

  private final Gallery gallery;
  private final double scale;
  /** Room for names: before a picture, and over it. */
  private final int left;
  private final int over;
  private final int tileWidth;
  private final int tileHeight;
  /** Of a column: captions do not run into each other. */
  private final int columnWidth;
  private final int columns;

  public GalleryChart(Gallery gallery) {
    this.gallery = gallery;
    int widest = gallery.pictures().stream().mapToInt(Picture::width).max().orElse(1);
    int highest = gallery.pictures().stream().mapToInt(Picture::height).max().orElse(1);
    int caption = LETTER * gallery.pictures().stream().mapToInt(p -> TextWidth.of(p.caption())).max().orElse(0);
    double wanted = Math.max(caption, gallery.pictures().size() <= gallery.together() ? 4.0 * TILE : gallery.together() > 1 ? 2.0 * TILE : TILE);
    double fitting = Math.max(Math.max(1, Math.floor(wanted / widest)), Math.min(1, (WIDTH - 2.0 * MARGIN) / widest));
    boolean named = NAMED * Math.max(widest, highest) <= MOST_NAMED && gallery.pictures().stream().anyMatch(p -> p.axes().areThere());
    this.scale = named ? Math.max(NAMED, fitting) : fitting;
    this.left = named ? LETTER * gallery.pictures().stream().mapToInt(p -> p.axes().leftWidth()).max().orElse(0) + LETTER : 0;
    this.over = named ? NAMED * gallery.pictures().stream().mapToInt(p -> p.axes().letters()).max().orElse(0) : 0;
    this.tileWidth = left + (int) (widest * scale);
    this.tileHeight = over + (int) (highest * scale);
    this.columnWidth = Math.max(tileWidth, caption);
    this.columns = Math.clamp(
        gallery.inRow((WIDTH - 2 * MARGIN + GAP) / (columnWidth + GAP)), 1, Math.max(1, gallery.pictures().size()));
  }

  @Override
  public int width() {
    int tiles = columns * (columnWidth + GAP) - GAP;
    return Math.max(tiles, 8 * gallery.title().length()) + 2 * MARGIN;
  }

  @Override
  public int height() {
    int rows = (gallery.pictures().size() + columns - 1) / columns;
    // A scale in a row of its own is low.
    int last = over + (int) (scale * gallery.pictures().stream().skip((long) Math.max(0, rows - 1) * columns).mapToInt(Picture::height).max().orElse(0));
    return TITLE + Math.max(0, rows - 1) * (tileHeight + CAPTION + GAP) + last + CAPTION + GAP + MARGIN;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.text(MARGIN, 23, gallery.title(), 15, Canvas.Anchor.START, Palette.INK);
    for (int i = 0; i < gallery.pictures().size(); i++) {
      Picture picture = gallery.pictures().get(i);
      int x = MARGIN + i % columns * (columnWidth + GAP) + (columnWidth - tileWidth) / 2;
      int y = TITLE + i / columns * (tileHeight + CAPTION + GAP);
      canvas.picture(x + left, y + over, scale, picture);
      if (left > 0) {
        names(canvas, picture.axes(), x + left, y + over);
      }
      canvas.text(x + left + (tileWidth - left) / 2.0, y + over + picture.height() * scale + 15, picture.caption(), 12, Canvas.Anchor.MIDDLE, Palette.INK);
    }
  }

  /** @param x of the picture's upper left */
  private void names(Canvas canvas, Picture.Axes axes, int x, int y) {
    int size = 12;
    for (int row = 0; row < axes.down().size(); row++) {
      canvas.text(x - LETTER / 2.0, y + (row + 0.5) * scale + size / 3.0, axes.down().get(row), size, Canvas.Anchor.END, Palette.INK);
    }
    for (int column = 0; column < axes.across().size(); column++) {
      for (int above = 0; above < axes.letters(); above++) {
        canvas.text(x + (column + 0.5) * scale, y - above * NAMED - 4, axes.letter(column, above), size, Canvas.Anchor.MIDDLE, Palette.INK);
      }
    }
  }
}
