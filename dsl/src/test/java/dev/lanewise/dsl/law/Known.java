package dev.lanewise.dsl.law;

import java.util.List;
import java.util.Locale;

/**
 * Faults that are known and not mended yet: the generator keeps away from them, so that others are seen. {@code -Dlanewise.include=SINGLE_POSITION}
 * does not. One that is mended is removed here, in the same change.
 */
enum Known {
  /** Channels of one position with values of one for each channel, or a bias: a gradient has the shape of the one, not of the other. */
  SINGLE_POSITION;

  private static final List<String> INCLUDED = List.of(System.getProperty("lanewise.include", "").toUpperCase(Locale.ROOT).split(","));

  /** Whether the generator keeps away from it. */
  boolean avoided() {
    return !INCLUDED.contains(name()) && !INCLUDED.contains("ALL");
  }
}
