package dev.lanewise.dsl.verb;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A small set in the form of emoji: bars and squares in six colours, with names in two languages. */
public final class Signs {
  private static final int CELL = 34;
  private static final String[] ENGLISH = {"red", "green", "blue", "yellow", "pink", "black"};
  private static final String[] CHINESE = {"红", "绿", "蓝", "黄", "粉", "黑"};
  private static final Color[] COLOURS = {Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW, Color.PINK, Color.BLACK};

  private Signs() {}

  public static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder table = new StringBuilder("hex\tsheet_x\tsheet_y\ten\ten_tags\tzh\tzh_tags\n");
    BufferedImage sheet = new BufferedImage(COLOURS.length * CELL, 2 * CELL, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = sheet.createGraphics();
    for (int i = 0; i < COLOURS.length; i++) {
      pen.setColor(COLOURS[i]);
      pen.fillRect(i * CELL + 3, 3, 28, 28);
      pen.fillRect(i * CELL + 12, CELL + 3, 8, 28);
      table.append("1F%d00\t%d\t0\t%s square\t%s|square\t%s方\t%s|方\n".formatted(i, i, ENGLISH[i], ENGLISH[i], CHINESE[i], CHINESE[i]));
      table.append("1F%d01\t%d\t1\t%s bar\t%s|bar\t%s条\t%s|条\n".formatted(i, i, ENGLISH[i], ENGLISH[i], CHINESE[i], CHINESE[i]));
    }
    pen.dispose();
    ImageIO.write(sheet, "png", folder.resolve("sheet.png").toFile());
    Files.writeString(folder.resolve("emoji.tsv"), table);
  }
}
