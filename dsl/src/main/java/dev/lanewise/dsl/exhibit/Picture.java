package dev.lanewise.dsl.exhibit;

import dev.lanewise.dsl.language.TextWidth;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Pixels, row by row from the upper left, each {@code 0xRRGGBB}.
 *
 * @param caption what is said of it; may be empty
 * @param axes what its rows and columns stand for, where they have names
 * @throws IllegalArgumentException if there are not as many pixels, or names, as width and height say
 */
public record Picture(int width, int height, int[] pixels, String caption, Axes axes) {
  private static final int BAND = 16;

  /** The names of its rows and columns; of either there may be none. */
  public record Axes(List<String> down, List<String> across) {
    public static final Axes NONE = new Axes(List.of(), List.of());

    public Axes {
      down = List.copyOf(down);
      across = List.copyOf(across);
    }

    public boolean areThere() {
      return !down.isEmpty() || !across.isEmpty();
    }

    /** Of the longest name of a row, in letters of one width. */
    public int leftWidth() {
      return down.stream().mapToInt(TextWidth::of).max().orElse(0);
    }

    /** Of the longest name of a column, whose letters stand one below the other. */
    public int letters() {
      return across.stream().mapToInt(n -> n.codePointCount(0, n.length())).max().orElse(0);
    }

    /** A letter of a column's name, counted from the lowest of the longest name upwards; a space above it. */
    public String letter(int column, int above) {
      int[] letters = across.get(column).codePoints().toArray();
      return above < letters.length ? Character.toString(letters[letters.length - 1 - above]) : " ";
    }
  }

  public Picture {
    if (width < 1 || height < 1 || pixels.length != width * height) {
      throw new IllegalArgumentException("a picture of " + width + "x" + height + " with " + pixels.length + " pixels");
    }
    if (!axes.down.isEmpty() && axes.down.size() != height || !axes.across.isEmpty() && axes.across.size() != width) {
      throw new IllegalArgumentException("a picture of " + width + "x" + height + " with names for " + axes.across.size() + " columns and " + axes.down.size() + " rows");
    }
  }

  /** Without names of rows and columns. */
  public Picture(int width, int height, int[] pixels, String caption) {
    this(width, height, pixels, caption, Axes.NONE);
  }

  /** What is hardly a line, as a row of numbers or a flat matrix is, as a band that can be seen: each row so often that it is a sixteenth as high as it is wide. */
  public Picture band() {
    int times = Math.ceilDiv(width, BAND * height);
    int[] repeated = new int[times * pixels.length];
    Arrays.setAll(repeated, i -> pixels[i / width / times * width + i % width]);
    return times == 1 ? this : new Picture(width, times * height, repeated, caption);
  }

  public int at(int x, int y) {
    return pixels[y * width + x];
  }

  /** Of its brightness, from 0 to 1: 0.299 red + 0.587 green + 0.114 blue (ITU-R 601). */
  public static double brightness(int rgb) {
    return (0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255)) / 255;
  }

  /** A colour from three shares. */
  public static int rgb(double red, double green, double blue) {
    return channel(red) << 16 | channel(green) << 8 | channel(blue);
  }

  private static int channel(double share) {
    return (int) Math.round(255 * Math.clamp(share, 0, 1));
  }

  /** A colour between two. @param share of the second */
  public static int between(int from, int to, double share) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int a = from >> shift & 255;
      int b = to >> shift & 255;
      mixed |= (int) Math.round(a + (b - a) * Math.clamp(share, 0, 1)) << shift;
    }
    return mixed;
  }

  public BufferedImage image() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, pixels, 0, width);
    return image;
  }

  /** The bytes of a PNG file. */
  public byte[] png() {
    return png(image());
  }

  public static byte[] png(BufferedImage image) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
