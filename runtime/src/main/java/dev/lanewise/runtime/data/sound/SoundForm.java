package dev.lanewise.runtime.data.sound;

import dev.lanewise.runtime.tensor.Shape;
import java.util.Locale;
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

  /** Whether the numbers of another form mean the same; which part of a sound they are of makes no difference. */
  public boolean hears(SoundForm other) {
    return rate == other.rate && features.equals(other.features);
  }

  /** {@code mel(40, window = 32, hop = 10) at 8,000 samples a second}. */
  public String told() {
    return features + String.format(Locale.ROOT, " at %,d samples a second", rate);
  }

  public double seconds() {
    return (double) samples / rate;
  }

  /** Why there are no such examples, and what to do; empty if there are. */
  public Optional<String> unfit() {
    return features.unfit(rate, samples);
  }
}
