package dev.lanewise.dsl.exhibit;

import java.util.List;

/**
 * A sound as a picture, with its scales: time from left to right, pitch upwards.
 *
 * @param seconds from the middle of the first column to that of the last
 * @param up what is written beside the picture, from the bottom up
 * @param unit of that
 */
public record Spectrum(String title, Picture picture, double seconds, List<Tick> up, String unit) implements Exhibit {
  /** @param row of the picture, whose middle this belongs to; a share of it between two @param text what is written there */
  public record Tick(double row, String text) {}

  public Spectrum {
    up = List.copyOf(up);
  }

  /** Where a time lies: a share of the width, from the left. */
  public double across(double time) {
    return (0.5 + time / seconds * (picture.width() - 1)) / picture.width();
  }

  /** Where a row has its middle: a share of the height, from above. */
  public double down(double row) {
    return (0.5 + row) / picture.height();
  }
}
