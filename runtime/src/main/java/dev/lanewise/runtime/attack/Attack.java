package dev.lanewise.runtime.attack;

import java.util.Locale;

/**
 * An attack on images: steps along the signs of the loss's gradient, within a distance of each image and within what pixels can be,
 *
 * <pre>{@code
 * x ← x + step sign(∂loss/∂x),   |x - image| ≤ eps,   0 ≤ x ≤ 1
 * }</pre>
 *
 * <p>With one step of eps from the image itself that is FGSM (Goodfellow et al. 2015); with several from a random place near it PGD (Madry et al. 2018).
 * The gradient is that of the network as it is tested.
 *
 * <pre>{@code
 * Attack.fgsm(0.1)
 * Attack.pgd(0.3, 40)
 * }</pre>
 *
 * @param name as a script calls it
 * @param eps how far each pixel may go; pixels go from 0 to 1
 * @param steps of the iteration
 * @param step how far each of them goes
 * @param restarts how often it is tried from another random place; what remains is what fools the network, or else has the largest loss
 * @param random whether it begins at a random place within eps of the image, not at the image
 */
public record Attack(String name, double eps, int steps, double step, int restarts, boolean random) {
  /** A single step from a random place is longer than eps, as Wong et al. (2020) found. */
  private static final double LONGER = 1.25;

  /** Several steps may go back and forth: all of them go so many times as far as eps, as those of Madry et al. (2018) may. */
  private static final double FARTHER = 2.5;

  public Attack {
    if (!(eps > 0 && eps <= 1)) {
      throw new IllegalArgumentException("eps must be above 0 and at most 1, for pixels go from 0 to 1, not " + eps);
    }
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, not " + steps);
    }
    if (!(step > 0 && step <= 2)) {
      throw new IllegalArgumentException("step must be above 0 and at most 2, not " + step);
    }
    if (restarts < 1) {
      throw new IllegalArgumentException("restarts must be at least 1, not " + restarts);
    }
    if (restarts > 1 && !random) {
      throw new IllegalArgumentException("without a random start all restarts are the same: write start = random");
    }
  }

  /** A single step of eps from the image itself. */
  public static Attack fgsm(double eps) {
    return fgsm(eps, false);
  }

  public static Attack fgsm(double eps, boolean random) {
    return new Attack("fgsm", eps, 1, random ? LONGER * eps : eps, 1, random);
  }

  /** So many steps from a random place, each of 2.5 eps / steps. */
  public static Attack pgd(double eps, int steps) {
    return new Attack("pgd", eps, steps, step(eps, steps), 1, true);
  }

  static double step(double eps, int steps) {
    return FARTHER * eps / steps;
  }

  /** The same from as many random places. */
  public Attack restarted(int times) {
    return new Attack(name, eps, steps, step, times, random);
  }

  /** A short one of the same eps, by which a training that was attacked otherwise is looked at. */
  public Attack probe() {
    return pgd(eps, 10);
  }

  /** As a script could write it. */
  @Override
  public String toString() {
    boolean single = name.equals("fgsm");
    return name + "(" + number(eps) + (single ? "" : ", steps = " + steps) + (step == (single ? fgsm(eps, random).step : step(eps, steps)) ? "" : ", step = " + number(step))
        + (restarts > 1 ? ", restarts = " + restarts : "") + (random == single ? ", start = " + (random ? "random" : "none") : "") + ")";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
  }
}
