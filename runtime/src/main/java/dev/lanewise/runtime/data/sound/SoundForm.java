package dev.lanewise.runtime.data.sound;

import dev.lanewise.runtime.tensor.Shape;
import java.util.Optional;

/**
 * How a sound becomes an example: its rate, its length, what of it a network is given.
 *
 * <pre>{@code new SoundForm(8_000, 8_000, Cut.BEGIN, new Features.Wave()).shape()   // 1x8000 }</pre>
 *
 * @param rate samples of a second; other sounds are resampled
 * @param samples of an example
 */
public record SoundForm(int rate, int samples, Cut cut, Features features) {
  public Shape shape() {
    return features.shape(rate, samples);
  }

  public double seconds() {
    return (double) samples / rate;
  }

  /** Why there are no such examples, and what to do; empty if there are. */
  public Optional<String> unfit() {
    return features.unfit(rate, samples);
  }
}
