package dev.lanewise.dsl.exchange;

import dev.lanewise.runtime.file.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Parameters of a file as those of a network: by their names, by names without what wrappers write before them, with dots and underscores alike, and what is left layer by
 * layer, if all layers have parameters of the same names and shapes.
 *
 * @param taken with the names that the network has for them
 * @param missing what of the network has no numbers in the file
 * @param left what of the file the network does not have
 */
public record Matching(List<Tensor> taken, List<String> missing, List<String> left) {
  private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.", "model.");

  public Matching {
    taken = List.copyOf(taken);
    missing = List.copyOf(missing);
    left = List.copyOf(left);
  }

  /** @param wanted the shapes of the network's parameters by their names, in its order */
  public static Matching of(Map<String, List<Integer>> wanted, List<Tensor> file) {
    List<Tensor> left = new ArrayList<>(file.stream().filter(t -> !t.name().endsWith("num_batches_tracked")).toList());
    Map<String, List<Integer>> open = new LinkedHashMap<>(wanted);
    List<Tensor> taken = new ArrayList<>();
    for (UnaryOperator<String> form : List.<UnaryOperator<String>>of(UnaryOperator.identity(), Matching::plain)) {
      Map<String, Tensor> named = new LinkedHashMap<>();
      left.forEach(t -> named.put(form.apply(t.name()), t));
      for (String name : List.copyOf(open.keySet())) {
        Tensor found = named.get(form.apply(name));
        if (found != null && found.shape().equals(open.get(name)) && left.remove(found)) {
          taken.add(new Tensor(name, found.shape(), found.values()));
          open.remove(name);
        }
      }
    }
    List<Map<String, String>> layers = layers(open.keySet().stream().toList());
    List<Map<String, String>> others = layers(left.stream().map(Tensor::name).toList());
    Map<String, Tensor> byName = new LinkedHashMap<>();
    left.forEach(t -> byName.put(t.name(), t));
    if (layers.size() == others.size() && Stream.iterate(0, i -> i < layers.size(), i -> i + 1).allMatch(i -> isAlike(layers.get(i), others.get(i), open, byName))) {
      for (int i = 0; i < layers.size(); i++) {
        Map<String, String> theirs = others.get(i);
        layers.get(i).forEach((own, name) -> {
          Tensor found = byName.get(theirs.get(own));
          taken.add(new Tensor(name, found.shape(), found.values()));
        });
      }
      return new Matching(taken, List.of(), List.of());
    }
    return new Matching(taken, open.keySet().stream().map(n -> n + " " + open.get(n)).toList(), left.stream().map(t -> t.name() + " " + t.shape()).toList());
  }

  /** Names by layers, in their order: of each what its parameters are called in it, with the whole names. */
  private static List<Map<String, String>> layers(List<String> names) {
    Map<String, Map<String, String>> layers = new LinkedHashMap<>();
    for (String name : names) {
      int dot = name.lastIndexOf('.');
      layers.computeIfAbsent(name.substring(0, Math.max(0, dot)), _ -> new LinkedHashMap<>()).put(name.substring(dot + 1), name);
    }
    return List.copyOf(layers.values());
  }

  /** Whether two layers have parameters of the same names and shapes. */
  private static boolean isAlike(Map<String, String> own, Map<String, String> other, Map<String, List<Integer>> wanted, Map<String, Tensor> file) {
    return own.keySet().equals(other.keySet()) && own.keySet().stream().allMatch(n -> file.get(other.get(n)).shape().equals(wanted.get(own.get(n))));
  }

  private static String plain(String name) {
    String plain = name;
    for (String wrapper : WRAPPERS) {
      plain = plain.startsWith(wrapper) ? plain.substring(wrapper.length()) : plain;
    }
    return plain.replace('.', '_');
  }
}
