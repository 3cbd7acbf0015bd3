package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.random.Draws;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** A scene while it is drawn: clutter or none, digits over it, and noise over all, or none. */
final class Canvas {
  /** A digit's pixel is part of its mask from here on. */
  static final float MARKED = 0.5f;

  /** Of a piece of another digit, in pixels. */
  private static final int PIECE = 10;
  private static final int LEAST_PIECES = 6;
  private static final int MORE_PIECES = 5;
  private static final int LEAST_LINES = 2;
  private static final int MORE_LINES = 3;
  /** From the middle of a line to where it ends, in pixels. */
  private static final double HALF_WIDTH = 1.5;
  private static final double NOISE = 0.1;
  // Draws keep apart by their salt.
  private static final int PIECES = 1_000;
  private static final int LINES = 2_000;
  private static final int NOISES = 3_000;

  private final Dataset digits;
  private final int size;
  private final float[] digit;
  private final float[] canvas;

  /** @param digits images of one channel, with original values from 0 to 1 */
  Canvas(Dataset digits, int size) {
    this.digits = digits;
    this.size = size;
    this.digit = new float[digits.shape().size()];
    this.canvas = new float[size * size];
  }

  /** Begins a scene on black ground. */
  void clear() {
    Arrays.fill(canvas, 0);
  }

  /** Begins a scene: pieces of digits, and lines. */
  void clutter(long key) {
    clear();
    int pieces = LEAST_PIECES + Draws.below(MORE_PIECES, key, 0);
    for (int i = 0; i < pieces; i++) {
      piece(Draws.mix(key, PIECES + i));
    }
    int lines = LEAST_LINES + Draws.below(MORE_LINES, key, 1);
    for (int i = 0; i < lines; i++) {
      line(Draws.mix(key, LINES + i));
    }
  }

  /** A digit that is to be drawn: its pixels, row by row. */
  float[] digit(int index) {
    digits.read(index, digit, 0, 1);
    return digit;
  }

  /** Draws that digit: it lies over the clutter where it is brighter. */
  void draw(int top, int left) {
    int height = digits.shape().height();
    int width = digits.shape().width();
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        int place = (top + r) * size + left + c;
        canvas[place] = Math.max(canvas[place], digit[r * width + c]);
      }
    }
  }

  /** Ends a scene: with noise, as bytes. */
  void noisy(long key, byte[] pixels, int at) {
    long noise = Draws.mix(key, NOISES);
    write(i -> NOISE * Draws.normal(Draws.uniform(noise, 2 * i), Draws.uniform(noise, 2 * i + 1)), pixels, at);
  }

  /** Ends a scene as it is, as bytes. */
  void plain(byte[] pixels, int at) {
    write(_ -> 0, pixels, at);
  }

  private void write(IntToDoubleFunction noise, byte[] pixels, int at) {
    for (int i = 0; i < canvas.length; i++) {
      pixels[at + i] = (byte) Math.round(255 * Math.clamp(canvas[i] + noise.applyAsDouble(i), 0, 1));
    }
  }

  /** A square cut out of the middle of some digit. */
  private void piece(long key) {
    digits.read(Draws.below(digits.size(), key, 0), digit, 0, 1);
    int height = digits.shape().height();
    int width = digits.shape().width();
    int side = Math.min(PIECE, Math.min(height, width));
    int fromRow = Draws.below(height - side + 1, key, 1);
    int fromColumn = Draws.below(width - side + 1, key, 2);
    int top = Draws.below(size - side + 1, key, 3);
    int left = Draws.below(size - side + 1, key, 4);
    for (int r = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        int place = (top + r) * size + left + c;
        canvas[place] = Math.max(canvas[place], digit[(fromRow + r) * width + fromColumn + c]);
      }
    }
  }

  /** A stretch between two points, bright in its middle, as a stroke is. */
  private void line(long key) {
    double x = size * Draws.uniform(key, 0);
    double y = size * Draws.uniform(key, 1);
    double dx = size * (Draws.uniform(key, 2) - 0.5);
    double dy = size * (Draws.uniform(key, 3) - 0.5);
    double length = Math.max(1e-6, dx * dx + dy * dy);
    float brightness = 0.5f + 0.5f * Draws.uniform(key, 4);
    for (int r = 0; r < size; r++) {
      for (int c = 0; c < size; c++) {
        double along = Math.clamp(((c - x) * dx + (r - y) * dy) / length, 0, 1);
        double across = Math.sqrt(square(c - x - along * dx) + square(r - y - along * dy));
        if (across < HALF_WIDTH) {
          int place = r * size + c;
          canvas[place] = Math.max(canvas[place], brightness * (float) Math.min(1, 2 - 2 * across / HALF_WIDTH));
        }
      }
    }
  }

  private static double square(double x) {
    return x * x;
  }
}
