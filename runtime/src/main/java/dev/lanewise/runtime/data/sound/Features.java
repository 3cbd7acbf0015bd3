package dev.lanewise.runtime.data.sound;

import dev.lanewise.runtime.tensor.Shape;
import java.util.Locale;
import java.util.Optional;

/** What a network is given of a sound. */
public sealed interface Features {
  /** The samples themselves: a sequence of one channel. */
  record Wave() implements Features {
    @Override
    public Shape shape(int rate, int samples) {
      return Shape.of(1, samples);
    }

    @Override
    public String toString() {
      return "wave";
    }
  }

  /**
   * How loud each pitch is at each time, in decibels below the loudest point: 1 is that, 0 is {@code range} below it, or silence.
   *
   * @param sequence whether the bands are the channels of a sequence, the lowest first; otherwise it is a picture of one channel, with the highest at the top
   */
  record Mel(Bands bands, boolean sequence) implements Features {
    @Override
    public Shape shape(int rate, int samples) {
      int pieces = bands.pieces(rate, samples);
      return sequence ? Shape.of(bands.count, pieces) : Shape.of(1, bands.count, pieces);
    }

    @Override
    public Optional<Bands> analysed() {
      return Optional.of(bands);
    }

    @Override
    public String toString() {
      return "mel(" + bands + (sequence ? ", sequence = true" : "") + ")";
    }
  }

  /** Mel-frequency cepstral coefficients (Davis and Mermelstein 1980): how the loudness goes up and down over the pitches. A sequence of so many channels. */
  record Mfcc(int count, Bands bands) implements Features {
    @Override
    public Shape shape(int rate, int samples) {
      return Shape.of(count, bands.pieces(rate, samples));
    }

    @Override
    public Optional<Bands> analysed() {
      return Optional.of(bands);
    }

    @Override
    public Optional<String> unfit(int rate, int samples) {
      return count > bands.count ? Optional.of(count + " coefficients cannot be had from " + bands.count + " bands: take more bands, or fewer coefficients")
          : Features.super.unfit(rate, samples);
    }

    @Override
    public String toString() {
      return "mfcc(" + count + ", bands = " + bands + ")";
    }
  }

  /**
   * Pitches at times.
   *
   * @param window milliseconds of a piece of the sound
   * @param hop milliseconds from one piece to the next
   * @param low where the lowest band begins, in Hz
   * @param high where the highest ends; 0 is half the rate
   * @param htk whether the mel scale is HTK's, not Slaney's
   * @param range decibels from the loudest down; what is below counts as if it were there
   */
  record Bands(int count, double window, double hop, double low, double high, boolean htk, double range) {
    int windowed(int rate) {
      return (int) Math.round(rate * window / 1_000);
    }

    int hopped(int rate) {
      return (int) Math.round(rate * hop / 1_000);
    }

    int pieces(int rate, int samples) {
      return Spectrogram.pieces(samples, windowed(rate), Math.max(1, hopped(rate)));
    }

    double highest(int rate) {
      return high == 0 ? rate / 2.0 : high;
    }

    /** The middle of each band, in Hz. */
    public double[] middles(int rate) {
      double[] edges = MelBands.edges(count, low, highest(rate), htk);
      return java.util.Arrays.copyOfRange(edges, 1, count + 1);
    }

    Optional<String> unfit(int rate, int samples) {
      if (windowed(rate) < 2 || hopped(rate) < 1) {
        return Optional.of("a window of " + number(window) + " ms, every " + number(hop) + " ms, has no samples at " + rate + " a second: take longer ones");
      }
      if (windowed(rate) > samples) {
        return Optional.of("a window of " + number(window) + " ms is longer than the sounds: take a shorter one");
      }
      if (highest(rate) > rate / 2.0 || low >= highest(rate)) {
        return Optional.of("bands from " + number(low) + " to " + number(highest(rate)) + " Hz: at " + rate + " samples a second there is nothing above " + number(rate / 2.0) + " Hz");
      }
      int empty = new MelBands(count, rate, windowed(rate), low, highest(rate), htk).empty();
      return empty < 0 ? Optional.empty()
          : Optional.of("band " + (empty + 1) + " of " + count + ", about " + Math.round(middles(rate)[empty]) + " Hz, is narrower than what a window of " + number(window)
              + " ms tells apart: take a longer window, or fewer bands");
    }

    @Override
    public String toString() {
      return count + ", window = " + number(window) + ", hop = " + number(hop) + (low == 0 ? "" : ", low = " + number(low)) + (high == 0 ? "" : ", high = " + number(high))
          + (htk ? ", htk = true" : "") + (range == 80 ? "" : ", range = " + number(range));
    }

    private static String number(double value) {
      return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
    }
  }

  /** Of an example of so many samples. */
  Shape shape(int rate, int samples);

  /** The bands that the sound is taken apart into; empty of a wave. */
  default Optional<Bands> analysed() {
    return Optional.empty();
  }

  /** Why they cannot be had of such sounds, and what to do; empty if they can. */
  default Optional<String> unfit(int rate, int samples) {
    return analysed().flatMap(b -> b.unfit(rate, samples));
  }
}
