package dev.lanewise.runtime.data.sound;

import dev.lanewise.runtime.data.format.sound.Sound;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes examples of sounds, all in one form. Many threads may use it at once.
 *
 * <pre>{@code float[] example = new Ear(form).example(SoundFile.read(file)); }</pre>
 */
public final class Ear {
  private final SoundForm form;
  private final Map<Integer, Resampling> resamplings = new ConcurrentHashMap<>();
  /** Null where the wave is taken as it is. */
  private final Spectrogram spectrogram;
  private final MelBands bands;

  /** @throws IllegalArgumentException if there are no such examples */
  public Ear(SoundForm form) {
    form.unfit().ifPresent(why -> {
      throw new IllegalArgumentException(why);
    });
    this.form = form;
    Features.Bands own = form.features().analysed().orElse(null);
    this.spectrogram = own == null ? null : new Spectrogram(own.windowed(form.rate()), own.hopped(form.rate()));
    this.bands = own == null ? null : new MelBands(own.count(), form.rate(), own.windowed(form.rate()), own.low(), own.highest(form.rate()), own.htk());
  }

  public SoundForm form() {
    return form;
  }

  /** In the rate of the form, as long as it is. */
  public float[] resampled(Sound sound) {
    return resamplings.computeIfAbsent(sound.rate(), from -> new Resampling(from, form.rate())).of(sound.samples());
  }

  public float[] example(Sound sound) {
    float[] cut = form.cut().of(resampled(sound), form.samples());
    return switch (form.features()) {
      case Features.Wave() -> cut;
      case Features.Mel(var own, boolean sequence) -> {
        double[][] powers = bands.of(spectrogram.of(cut));
        Decibels.shares(powers, own.range());
        yield flat(sequence ? powers : Arrays.asList(powers).reversed().toArray(double[][]::new));
      }
      case Features.Mfcc(int count, var own) -> {
        double[][] powers = bands.of(spectrogram.of(cut));
        Decibels.of(powers, own.range());
        yield flat(Decibels.cosines(powers, count));
      }
    };
  }

  private static float[] flat(double[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < rows[r].length; i++) {
        values[r * rows[r].length + i] = (float) rows[r][i];
      }
    }
    return values;
  }
}
