package dev.lanewise.exchange.row;

import dev.lanewise.exchange.draft.Elements;
import dev.lanewise.exchange.draft.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where along an axis each value of another size is taken from, as ONNX's operator Resize has it.
 *
 * @param mode {@code nearest}, {@code linear} or {@code cubic} @param places how places are counted @param rounding of the nearest @param sides values there are
 * @param count values there will be @param factor by which it is said to grow @param from begin of what is taken, of 1 @param to its end @param a of the cubic formula
 * @param outside whether what would be taken from over the edge counts for nothing @param beyond what stands for what lies out of reach
 */
public record Samples(String mode, String places, String rounding, int sides, int count, double factor, double from, double to, double a, boolean outside, double beyond) {
  /** For each value of the result its formula. */
  public List<String> rows() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double at = at(i);
      made.add(places.equals("tf_crop_and_resize") && (at < 0 || at > sides - 1) ? Rows.number(beyond) : sum(taken(at)));
    }
    return made;
  }

  private double at(int i) {
    return switch (places) {
      case "half_pixel" -> (i + 0.5) / factor - 0.5;
      case "pytorch_half_pixel" -> count > 1 ? (i + 0.5) / factor - 0.5 : 0;
      case "half_pixel_symmetric" -> sides / 2.0 * (1 - count / (factor * sides)) + (i + 0.5) / factor - 0.5;
      case "align_corners" -> count == 1 ? 0 : (double) i * (sides - 1) / (count - 1);
      case "asymmetric" -> i / factor;
      case "tf_half_pixel_for_nn" -> (i + 0.5) / factor;
      case "tf_crop_and_resize" -> count > 1 ? from * (sides - 1) + i * (to - from) * (sides - 1) / (count - 1) : 0.5 * (from + to) * (sides - 1);
      default -> throw new RefusedException("it resizes by `" + mode + "` with `" + places + "`");
    };
  }

  private Map<Integer, Double> taken(double at) {
    Map<Integer, Double> taken = new TreeMap<>();
    int low = (int) Math.floor(at);
    switch (mode) {
      case "nearest" -> taken.put(inside(nearest(at)), 1.0);
      case "linear" -> {
        taken.merge(inside(low), 1 - (at - low), Double::sum);
        taken.merge(inside(low + 1), at - low, Double::sum);
      }
      case "cubic" -> {
        double all = 0;
        for (int place = low - 1; place <= low + 2; place++) {
          if (!outside || place == inside(place)) {
            double weight = cubic(Math.abs(at - place));
            taken.merge(inside(place), weight, Double::sum);
            all += weight;
          }
        }
        double sum = all;
        taken.replaceAll((_, weight) -> weight / sum);
      }
      default -> throw new RefusedException("it resizes by `" + mode + "`");
    }
    return taken;
  }

  private int inside(int place) {
    return Math.max(0, Math.min(sides - 1, place));
  }

  private int nearest(double at) {
    return (int) switch (rounding) {
      case "floor" -> Math.floor(at);
      case "ceil" -> Math.ceil(at);
      case "round_prefer_ceil" -> Math.floor(at + 0.5);
      default -> Math.ceil(at - 0.5);
    };
  }

  private double cubic(double distance) {
    double d = distance;
    return d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : d < 2 ? ((d - 5) * d + 8) * d * a - 4 * a : 0;
  }

  private static String sum(Map<Integer, Double> taken) {
    StringBuilder text = new StringBuilder();
    taken.forEach((place, weight) -> {
      if (Math.abs(weight) > 1e-9) {
        text.append(text.isEmpty() ? weight < 0 ? "-" : "" : weight < 0 ? " - " : " + ").append(Math.abs(weight - 1) < 1e-9 ? "" : number(Math.abs(weight)) + " * ").append(Rows.row(place));
      }
    });
    return text.toString();
  }

  private static String number(double value) {
    return Elements.written(value);
  }
}
