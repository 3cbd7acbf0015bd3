package dev.lanewise.dsl.law;

import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Trains networks and tells what bits come of each: what a JVM of its own is asked, with vectors of another width. */
final class Bits {
  private Bits() {}

  /** @param args the first seed, and how many follow */
  public static void main(String[] args) {
    System.out.print(of(Long.parseLong(args[0]), Integer.parseInt(args[1])));
  }

  /** A line for each network. */
  static String of(long first, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Seeds.each(
          RandomScript.draw(first + i, Wish.ALL), script -> lines.append(script.seed() + " " + of(Trial.of(script).trained(1)) + "\n"));
    }
    return lines.append(ofParted(first, count)).toString();
  }

  /** The same of examples in parts. */
  private static String ofParted(long first, int count) {
    StringBuilder lines = new StringBuilder();
    try {
      Path folder = Files.createDirectories(Trial.FOLDER.resolve("parted"));
      for (int i = 0; i < count; i++) {
        Map<String, float[]> trained = Parted.trained(PartedScript.draw(first + i), folder, 1, KernelSet.VECTOR);
        lines.append("parted ").append(first + i).append(' ').append(of(trained)).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines.toString();
  }

  private static int of(Map<String, float[]> parameters) {
    int bits = 0;
    for (Map.Entry<String, float[]> p : parameters.entrySet()) {
      bits = 31 * bits + p.getKey().hashCode() + 17 * Arrays.hashCode(p.getValue());
    }
    return bits;
  }
}
