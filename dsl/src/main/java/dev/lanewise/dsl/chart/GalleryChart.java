package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.language.TextWidth;

/** Pictures as a sheet: enlarged, in rows, each over its caption. */
public final class GalleryChart implements Chart {
  private static final int MARGIN = 16;
  private static final int TITLE = 34;
  private static final int GAP = 12;
  private static final int CAPTION = 20;
  private static final int WIDTH = 820;
  private static final int TILE = 84;
  /** Of a letter of a caption. */
  private static final int LETTER = 7;

  private final Gallery gallery;
  private final double scale;
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
    double wanted = Math.max(caption, gallery.pictures().size() <= gallery.together() ? 4.0 * TILE : TILE);
    this.scale = Math.max(Math.max(1, Math.floor(wanted / widest)), Math.min(1, (WIDTH - 2.0 * MARGIN) / widest));
    this.tileWidth = (int) (widest * scale);
    this.tileHeight = (int) (highest * scale);
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
    return TITLE + rows * (tileHeight + CAPTION + GAP) + MARGIN;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.text(MARGIN, 23, gallery.title(), 15, Canvas.Anchor.START, Palette.INK);
    for (int i = 0; i < gallery.pictures().size(); i++) {
      Picture picture = gallery.pictures().get(i);
      int x = MARGIN + i % columns * (columnWidth + GAP) + (columnWidth - tileWidth) / 2;
      int y = TITLE + i / columns * (tileHeight + CAPTION + GAP);
      canvas.picture(x, y, scale, picture);
      canvas.text(x + tileWidth / 2.0, y + tileHeight + 15, picture.caption(), 12, Canvas.Anchor.MIDDLE, Palette.INK);
    }
  }
}
