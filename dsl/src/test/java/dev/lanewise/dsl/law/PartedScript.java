package dev.lanewise.dsl.law;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A random script whose examples have parts: networks with several inputs, tables, heads with losses of their own, teachers, and two
 * that are trained against each other.
 *
 * <pre>{@code PartedScript.draw(7).text() }</pre>
 *
 * @param parts what the examples have, by name
 * @param taken the parts that are learned from
 * @param told the parts that are learned
 * @param networks with their definitions
 * @param before what is trained before it
 * @param settings of the training of N; the losses of its heads are in {@code losses}, or none are
 */
record PartedScript(
    long seed, Map<String, NumPy> parts, List<String> taken, List<String> told, String networks, String before, Map<String, String> settings,
    List<String> losses) {
  /** Examples of a network that compares them with each other must be all there in a batch. */
  private static final int LEAST = 12;
  private static final int MOST = 50;

  /** A part. @param of the bound of whole numbers; 0 for numbers */
  private record Part(String name, List<Integer> dims, int of) {
    boolean isFlat() {
      return dims.size() == 1 && of == 0;
    }
  }

  /** What is drawn. */
  private static final class Drawing {
    private final Pick pick;
    private final int count;
    private final int height;
    private final int width;
    private final int features;
    private final Map<String, NumPy> parts = new LinkedHashMap<>();
    private final List<Part> taken = new ArrayList<>();
    private final List<Part> told = new ArrayList<>();
    /** Labels of values that have a place for each pixel, or for each token. */
    private final List<String> planes = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private int names;

    private Drawing(long seed) {
      pick = new Pick(seed);
      count = pick.whole(LEAST, MOST);
      height = pick.whole(2, 5);
      width = pick.whole(2, 6);
      features = pick.whole(2, 6);
    }

    private Part part(String name, List<Integer> dims, int of) {
      parts.put(name, NumPy.drawn(pick, count, dims, of));
      return new Part(name, dims, of);
    }

    private Part input(String name) {
      return switch (pick.whole(0, 5)) {
        case 0, 1 -> part(name, List.of(), pick.whole(2, 9));
        case 2 -> part(name, List.of(width), pick.whole(2, 9));
        case 3 -> part(name, List.of(pick.whole(1, 7)), 0);
        default -> part(name, List.of(pick.whole(2, 3), height, width), 0);
      };
    }

    private void target(String name) {
      boolean pixels = taken.stream().anyMatch(p -> p.dims().size() == 3);
      boolean tokens = taken.stream().anyMatch(p -> p.of > 0 && !p.dims.isEmpty());
      told.add(switch (pick.whole(0, 4)) {
        case 0, 1 -> part(name, List.of(), pick.whole(2, 5));
        case 2 -> pixels ? part(name, List.of(height, width), pick.whole(2, 4))
            : tokens ? part(name, List.of(width), pick.whole(2, 4)) : part(name, List.of(2), 0);
        default -> part(name, List.of(pick.whole(1, 4)), 0);
      });
    }

    /** From a part to a row of features, whose label is returned. */
    private String branch(Part p) {
      String label = "v" + ++names;
      String smooth = pick.one("tanh", "sigmoid", "softplus", "gelu");
      String noisy = pick.chance(0.15) ? " -> dropout(0.3)" : "";
      StringBuilder text = new StringBuilder("  @" + p.name);
      if (p.of > 0 && p.dims.isEmpty()) {
        text.append(pick.chance(0.7) ? " -> embed(" + features + ")" : " -> onehot -> dense(" + features + ")");
        return text + noisy + " -> " + label + ": " + smooth + "\n";
      }
      if (p.of > 0) {
        String plane = "r" + names;
        rows.add(plane);
        text.append(pick.chance(0.7) ? " -> embed(" + pick.whole(1, 4) + ")" : " -> onehot");
        text.append(" -> conv(").append(pick.whole(1, 4)).append(", 3, pad = same)").append(noisy).append(" -> ").append(plane).append(": ").append(smooth);
      } else if (p.dims.size() == 3) {
        String plane = "p" + names;
        planes.add(plane);
        String kernel = pick.one("1", "3", "1x3", "3x1");
        text.append(" -> conv(").append(pick.whole(1, 4)).append(", ").append(kernel).append(", pad = same)").append(noisy).append(" -> ").append(plane)
            .append(": ").append(smooth);
      } else {
        return text + " -> dense(" + features + ")" + noisy + " -> " + label + ": " + smooth + "\n";
      }
      String end = pick.chance(0.5) ? "avgpool(global) -> flatten" : "flatten";
      return text + "\n  " + end + " -> " + label + ": dense(" + features + ")\n";
    }

    private String head(Part p) {
      String text = "  head " + p.name + " { ";
      if (p.of > 0 && !p.dims.isEmpty()) {
        return text + "@" + pick.of(p.dims.size() == 2 ? planes : rows) + " -> conv(" + p.of + ", 1) }\n";
      }
      return text + (pick.chance(0.3) ? "@mid -> tanh -> " : "@mid -> ") + "dense(" + (p.of > 0 ? p.of : p.dims.getFirst()) + ") }\n";
    }

    private String net(String name) {
      planes.clear();
      rows.clear();
      StringBuilder text = new StringBuilder("net " + name + " {\n");
      taken.forEach(p -> text.append("  ").append(p.name).append(": input d.").append(p.name).append('\n'));
      int from = names + 1;
      taken.forEach(p -> text.append(branch(p)));
      List<String> others = new ArrayList<>();
      for (int i = from; i < names; i++) {
        others.add("@v" + i);
      }
      if (!others.isEmpty()) {
        String word = others.size() == 1 ? pick.one("add", "mul", "concat", "dot") : pick.one("add", "mul", "concat");
        text.append("  ").append(word).append(others.stream().collect(Collectors.joining(", ", "(", ")\n")));
      }
      text.append("  dense(").append(features).append(") -> mid: tanh\n");
      told.forEach(p -> text.append(head(p)));
      return text.append("  @mid -> dense(2)\n}\n").toString();
    }

    private String loss(Part p) {
      String factor = pick.chance(0.5) ? Pick.text(pick.number(0.2, 3)) + " * " : "";
      String unequal = p.of == 0 ? "" : pick.one("ignore = " + pick.whole(0, p.of - 1), "weights = " + Stream.generate(() -> Pick.text(pick.number(0.1, 3))).limit(p.of).toList());
      return p.name + " = " + factor
          + (p.of == 0 ? pick.one("mse", "mae", "huber") : pick.one("cross_entropy", "cross_entropy(smooth = 0.1)", "cross_entropy(" + unequal + ")"));
    }

    private Map<String, String> settings(int batch, String net) {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("epochs", "" + pick.whole(1, 3));
      settings.put("batch", "" + batch);
      boolean table = net.contains("embed(") && pick.chance(0.4);
      settings.put("optimizer", table ? "adam(0.01, lazy = true)" : TrainRules.drawn(pick, TrainRules.OPTIMIZERS).text());
      return settings;
    }

    private PartedScript parted(long seed) {
      int inputs = pick.whole(1, 3);
      for (int i = 1; i <= inputs; i++) {
        taken.add(input("a" + i));
      }
      // One of each has no names.
      int targets = pick.whole(inputs == 1 ? 2 : 1, 3);
      for (int i = 1; i <= targets; i++) {
        target("y" + i);
      }
      StringBuilder networks = new StringBuilder();
      String before = "";
      List<String> losses = List.of();
      String net = net("N");
      Map<String, String> settings = settings(pick.whole(5, count), net);
      if (pick.chance(0.2)) {
        // What another network's own output is, is learned by this one's.
        networks.append("net T {\n").append(net.substring(net.indexOf('\n') + 1));
        networks.append("def taught(output, label, T) = mean((output - T) ^ 2) + ").append(Pick.text(pick.number(0.1, 1))).append(" * mean(abs(output))\n");
        before = train("T", settings(pick.whole(5, count), net), losses());
        settings.put("loss", "taught");
      } else if (pick.chance(0.2)) {
        net = net.replace("  @mid -> dense(2)\n", "  head other { @mid -> dense(3) }\n  @mid -> dense(3)\n");
        settings.put("loss", "contrastive(output, other, temperature = " + Pick.text(pick.number(0.1, 1)) + ")");
      } else if (told.getFirst().isFlat() && pick.chance(0.4)) {
        networks.append("def own(output, label, y1) = mean((output - 0.5) ^ 2) + mean(abs(y1 - label))\n");
        settings.put("loss", "own");
      } else {
        losses = losses();
      }
      networks.append(net);
      return new PartedScript(seed, parts, names(taken), names(told), networks.toString(), before, settings, losses);
    }

    private static List<String> names(List<Part> parts) {
      return parts.stream().map(Part::name).toList();
    }

    private List<String> losses() {
      return told.stream().map(this::loss).toList();
    }
  }

  static PartedScript draw(long seed) {
    return new Drawing(seed).parted(seed);
  }

  int count() {
    return parts.values().iterator().next().count();
  }

  /** Whether an example's random numbers depend on its place, or on how often others were drawn. */
  boolean isRandom() {
    return networks.contains("dropout");
  }

  /** Whether its loss compares examples with each other. */
  boolean isAcross() {
    return settings.getOrDefault("loss", "").startsWith("contrastive");
  }

  /** With other settings of the training. */
  PartedScript with(Map<String, String> other) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(other);
    return new PartedScript(seed, parts, taken, told, networks, before, all, losses);
  }

  /** The same examples in another order. */
  PartedScript ordered(int[] order) {
    Map<String, NumPy> other = new LinkedHashMap<>();
    parts.forEach((name, part) -> other.put(name, part.ordered(order)));
    return new PartedScript(seed, other, taken, told, networks, before, settings, losses);
  }

  /** With examples that differ in the last bits of their numbers. */
  PartedScript perturbed(long by) {
    Pick pick = new Pick(seed ^ by);
    Map<String, NumPy> other = new LinkedHashMap<>();
    parts.forEach((name, part) -> other.put(name, part.perturbed(pick)));
    return new PartedScript(seed, other, taken, told, networks, before, settings, losses);
  }

  /** With parts and losses written the other way round. What is learned if nothing else is said stays the first where that is read. */
  PartedScript turned() {
    return new PartedScript(
        seed, parts, taken.reversed(), losses.isEmpty() ? told : told.reversed(), networks, before, settings, losses.reversed());
  }

  void save(Path folder) throws IOException {
    NumPy.npz(folder.resolve("d.npz"), parts);
    Files.writeString(folder.resolve("n.net"), text());
  }

  private static String train(String what, Map<String, String> settings, List<String> losses) {
    StringBuilder text = new StringBuilder("train " + what + " on d {\n");
    settings.forEach((k, v) -> text.append("  ").append(k).append(" = ").append(v).append('\n'));
    if (!losses.isEmpty()) {
      text.append("  loss {\n    ").append(String.join("\n    ", losses)).append("\n  }\n");
    }
    return text.append("}\n").toString();
  }

  String text() {
    return "# seed " + seed + "\ndata d = npz(\"d.npz\", x = " + taken + ", y = " + told + ", test_x = " + taken + ", test_y = " + told
        + (parts.values().stream().anyMatch(p -> p.dims().size() == 3) ? ", channels = first" : "") + ")\n" + networks + before
        + train("N", settings, losses);
  }
}
