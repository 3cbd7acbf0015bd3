package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Spectrum;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.sound.Features;
import dev.lanewise.runtime.data.sound.SoundForm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Sounds to look at, as a network is given them: a wave as a curve, what is taken apart by pitches as a picture. */
public final class Heard {
  private static final double[] PITCHES = {60, 125, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000};
  /** A wave is drawn by the least and the most of so many pieces. */
  private static final int PIECES = 400;
  private static final int MOST_COEFFICIENTS = 12;

  private Heard() {}

  /** Whether there is something to draw for so many of them: several waves are not. */
  public static boolean isDrawn(SoundForm form, int count) {
    return count == 1 || !(form.features() instanceof Features.Wave);
  }

  /** Of one or several. @param caption what is said of each */
  public static Exhibit of(String title, SoundForm form, Dataset data, List<Integer> which, IntFunction<String> caption) {
    Dataset original = data.normalized(Normalization.none(data.shape()));
    if (which.size() > 1) {
      return new Gallery(title, which.stream().map(i -> picture(form, Exhibits.values(original, i), caption.apply(i))).toList());
    }
    int one = which.getFirst();
    String name = caption.apply(one).isEmpty() ? title : title + ": " + caption.apply(one);
    float[] values = Exhibits.values(original, one);
    return form.features() instanceof Features.Wave ? wave(name, form, values) : spectrum(name, form, values);
  }

  private static Spectrum spectrum(String title, SoundForm form, float[] values) {
    Picture picture = picture(form, values, "");
    Features.Bands bands = form.features().analysed().orElseThrow();
    double seconds = (picture.width() - 1) * bands.hop() / 1_000;
    List<Spectrum.Tick> ticks = new ArrayList<>();
    if (form.features() instanceof Features.Mfcc(int count, var _)) {
      for (int k = 0; k < count; k += Math.ceilDiv(count, MOST_COEFFICIENTS)) {
        ticks.add(new Spectrum.Tick(count - 1 - k, Integer.toString(k)));
      }
      return new Spectrum(title, picture, seconds, ticks, "");
    }
    double[] middles = bands.middles(form.rate());
    for (double pitch : PITCHES) {
      for (int b = 0; b + 1 < middles.length; b++) {
        if (middles[b] <= pitch && pitch < middles[b + 1]) {
          double band = b + (pitch - middles[b]) / (middles[b + 1] - middles[b]);
          ticks.add(new Spectrum.Tick(middles.length - 1 - band, Integer.toString((int) pitch)));
        }
      }
    }
    return new Spectrum(title, picture, seconds, ticks, "Hz");
  }

  /** The lowest pitch at the bottom, whatever the order is in which a network is given them. Coefficients go from their least to their most, each by itself. */
  private static Picture picture(SoundForm form, float[] values, String caption) {
    int width = form.shape().width();
    int height = values.length / width;
    boolean upright = form.features() instanceof Features.Mel(var _, boolean sequence) && !sequence;
    int[] pixels = new int[values.length];
    for (int row = 0; row < height; row++) {
      float low = 0;
      float high = 1;
      if (form.features() instanceof Features.Mfcc) {
        low = Float.POSITIVE_INFINITY;
        high = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < width; i++) {
          low = Math.min(low, values[row * width + i]);
          high = Math.max(high, values[row * width + i]);
        }
      }
      for (int i = 0; i < width; i++) {
        double share = high > low ? (values[row * width + i] - low) / (high - low) : 0;
        pixels[(upright ? row : height - 1 - row) * width + i] = Palette.heat(share);
      }
    }
    return new Picture(width, height, pixels, caption);
  }

  private static Figure wave(String title, SoundForm form, float[] values) {
    List<Figure.Point> points = new ArrayList<>();
    int pieces = Math.min(PIECES, values.length);
    for (int p = 0; p < pieces; p++) {
      int begin = (int) ((long) p * values.length / pieces);
      int end = (int) ((p + 1L) * values.length / pieces);
      int least = begin;
      int most = begin;
      for (int i = begin; i < end; i++) {
        least = values[i] < values[least] ? i : least;
        most = values[i] > values[most] ? i : most;
      }
      points.add(point(form, values, Math.min(least, most)));
      if (least != most) {
        points.add(point(form, values, Math.max(least, most)));
      }
    }
    return new Figure(title, "seconds", false, List.of(new Figure.Curve("wave", points)));
  }

  private static Figure.Point point(SoundForm form, float[] values, int at) {
    return new Figure.Point((double) at / form.rate(), values[at]);
  }
}
