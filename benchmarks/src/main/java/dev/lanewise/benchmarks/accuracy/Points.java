package dev.lanewise.benchmarks.accuracy;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Where functions are tried: numbers of every size and both signs, many near zero, near one, and near the places where something ends or
 * bends, and exact ones. The same in every run; normal numbers and zeros alone.
 */
final class Points {
  private static final double PI = Math.PI;

  /** Ends of e^x, of what saturates, kinks, roots and multiples of a quarter turn; each with both signs. */
  private static final double[] PLACES = {
    87.0, 87.33654, 88.0, 88.72284, 103.9721, 9.010913, 8.664, 10.05, 13.2, 14.1, 16.63553, 17.32868, 18.02, 20, 3.832507, 3.919206,
    5.54, 0.625, 0.5, 0.34657359, 0.69314718, 1.0397208, 0.70710678, 1.41421356, 3, 6, 1, 1.27846454, 0.7517916, 1.1924312, 1.5, PI / 4,
    PI / 2, 3 * PI / 4, PI, 3 * PI / 2, 2 * PI, 10 * PI, 100 * PI, 1000 * PI, 2607.5 * PI, 8192, 1e5, 5.8e18, 2e19
  };

  /** How many steps of float32 around each place. */
  private static final int AROUND = 200;

  private Points() {}

  static float[] of(int count) {
    SplittableRandom random = new SplittableRandom(1);
    float[] exact = exact();
    float[] all = new float[Math.max(count, 2 * exact.length) / 16 * 16];
    for (int i = 0; i < all.length; i++) {
      all[i] = i < exact.length ? exact[i] : drawn(random, i % 16);
    }
    return all;
  }

  private static float drawn(SplittableRandom random, int kind) {
    double sign = random.nextBoolean() ? 1 : -1;
    double x = switch (kind) {
      case 0, 1, 2, 3 -> powerOfTwo(random, -126, 127.99);
      case 4, 5, 6, 7 -> powerOfTwo(random, -24, 7);
      case 8 -> random.nextDouble(110);
      case 9 -> random.nextDouble(20);
      case 10, 11 -> random.nextDouble(8);
      case 12 -> 1 + (random.nextBoolean() ? 1 : -1) * powerOfTwo(random, -24, -1);
      case 13 -> random.nextInt(400) * PI / 4;
      default -> {
        float place = (float) PLACES[random.nextInt(PLACES.length)];
        yield place + random.nextInt(-AROUND, AROUND + 1) * (double) Math.ulp(place);
      }
    };
    return (float) (sign * x);
  }

  private static double powerOfTwo(SplittableRandom random, double from, double to) {
    return Math.pow(2, random.nextDouble(from, to));
  }

  private static float[] exact() {
    float[] all = new float[2 * (1 + 254 + 221 + PLACES.length)];
    int n = 0;
    for (float sign : new float[] {1, -1}) {
      all[n++] = sign * 0f;
      for (int k = -126; k <= 127; k++) {
        all[n++] = sign * Math.scalb(1f, k);
      }
      for (int half = 1; half <= 221; half++) {
        all[n++] = sign * half / 2f;
      }
      for (double place : PLACES) {
        all[n++] = sign * (float) place;
      }
    }
    return Arrays.copyOf(all, n);
  }
}
