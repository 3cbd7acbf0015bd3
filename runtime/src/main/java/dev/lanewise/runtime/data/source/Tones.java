package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.sound.Cut;
import dev.lanewise.runtime.data.sound.Ear;
import dev.lanewise.runtime.data.sound.Features;
import dev.lanewise.runtime.data.format.sound.Sound;
import dev.lanewise.runtime.data.sound.SoundForm;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sounds as of a voice, made by a generator: five vowels, and glides from one to another, so that the same pitches in another order are another class. A train of
 * pulses goes through three resonances, those of the vowel (Klatt 1980; their frequencies by Peterson and Barney 1952). Voices are high and low, of small heads and
 * large ones, fast and slow, early and late, and there is noise. The same seed, the same sounds.
 *
 * <pre>{@code new Tones(1_000, 0.05, new Features.Wave()).make(1).className(6)   // ia }</pre>
 *
 * @param count to train on; a fifth as many again are there to test on
 * @param noise its deviation, where the loudest sample of a voice is 1
 */
public record Tones(int count, double noise, Features features) {
  public static final List<String> CLASSES = List.of("a", "e", "i", "o", "u", "ai", "ia", "au", "ua", "iu");
  public static final int RATE = 8_000;

  private static final String VOWELS = "aeiou";
  private static final double[][] FORMANTS = {{730, 1_090, 2_440}, {530, 1_840, 2_480}, {270, 2_290, 3_010}, {570, 840, 2_410}, {300, 870, 2_240}};
  private static final double[] WIDTHS = {60, 90, 150};
  /** Resonances move in steps of so many samples. */
  private static final int STEP = 40;
  private static final double FADE = 0.03;
  private static final long TEST = 0x74657374L;
  // Draws keep apart by their salt.
  private static final int VOICE = 1;
  private static final int HISS = 2;

  /** @throws IllegalArgumentException if there are too few, or they cannot be heard so */
  public Tones {
    if (count < CLASSES.size() || !(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("count must be at least " + CLASSES.size() + ", one of each class, and noise at least 0");
    }
    new SoundForm(RATE, RATE, Cut.BEGIN, features).unfit().ifPresent(why -> {
      throw new IllegalArgumentException("features: " + why);
    });
  }

  public SoundForm form() {
    return new SoundForm(RATE, RATE, Cut.BEGIN, features);
  }

  public Shape shape() {
    return form().shape();
  }

  public Target target() {
    return Target.classes(CLASSES.size());
  }

  public DataSplit make(long seed) {
    Ear ear = new Ear(form());
    return new DataSplit("tones", made(ear, count, Draws.mix(seed, 0)), null, made(ear, Math.max(CLASSES.size(), count / 5), Draws.mix(seed, TEST)))
        .classesNamed(CLASSES).sounds(form());
  }

  private Dataset made(Ear ear, int many, long key) {
    float[][] examples = IntStream.range(0, many).parallel()
        .mapToObj(i -> ear.example(new Sound(sound(i % CLASSES.size(), Draws.mix(key, i)), RATE))).toArray(float[][]::new);
    return new Points(shape(), examples, IntStream.range(0, many).map(i -> i % CLASSES.size()).toArray(), CLASSES.size());
  }

  /** One second. */
  float[] sound(int label, long key) {
    long own = Draws.mix(key, VOICE);
    String name = CLASSES.get(label);
    double head = between(0.85, 1.2, own, 0);
    double pitch = between(90, 220, own, 1);
    double glide = between(0.8, 1.2, own, 2);
    int length = (int) (RATE * between(0.3, 0.6, own, 3));
    int first = (int) (Draws.uniform(own, 4) * (RATE - length));
    double[] voice = new double[length];
    double phase = 0;
    for (int i = 0; i < length; i++) {
      double at = (double) i / length;
      phase += pitch * (1 + (glide - 1) * at) / RATE;
      // A pulse each period, which the glottis makes softer above: two poles come with the resonances.
      voice[i] = phase >= 1 ? 1 : 0;
      phase -= phase >= 1 ? 1 : 0;
    }
    for (int f = 0; f < WIDTHS.length; f++) {
      resonate(voice, FORMANTS[VOWELS.indexOf(name.charAt(0))][f] * head, FORMANTS[VOWELS.indexOf(name.charAt(name.length() - 1))][f] * head, WIDTHS[f]);
    }
    return mixed(voice, first, Draws.mix(key, HISS));
  }

  /** In place: y[t] = a x[t] + b y[t-1] + c y[t-2], the frequency going from one to another in the middle third. */
  private static void resonate(double[] voice, double from, double to, double width) {
    double decay = StrictMath.exp(-Math.PI * width / RATE);
    double c = -decay * decay;
    double b = 0;
    double before = 0;
    double last = 0;
    for (int i = 0; i < voice.length; i++) {
      if (i % STEP == 0) {
        double share = Math.clamp(3.0 * i / voice.length - 1, 0, 1);
        double frequency = Math.min(from + (to - from) * share, 0.48 * RATE);
        b = 2 * decay * StrictMath.cos(2 * Math.PI * frequency / RATE);
      }
      double next = (1 - b - c) * voice[i] + b * last + c * before;
      before = last;
      last = next;
      voice[i] = next;
    }
  }

  private float[] mixed(double[] voice, int first, long hiss) {
    double most = 1e-9;
    for (double v : voice) {
      most = Math.max(most, Math.abs(v));
    }
    float[] sound = new float[RATE];
    for (int i = 0; i < RATE; i++) {
      sound[i] = noise == 0 ? 0 : (float) (noise * Draws.normal(Draws.uniform(hiss, 2 * i), Draws.uniform(hiss, 2 * i + 1)));
    }
    for (int i = 0; i < voice.length; i++) {
      double edge = Math.min(i, voice.length - 1 - i) / (FADE * RATE);
      sound[first + i] += (float) (voice[i] / most * Math.min(1, edge));
    }
    return sound;
  }

  private static double between(double least, double most, long key, int index) {
    return least + Draws.uniform(key, index) * (most - least);
  }
}
