package dev.lanewise.dsl.exchange;

import dev.lanewise.runtime.file.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Parameters of a file as those of a network: by their names, by names without what wrappers write before them, with dots and underscores alike, and what is left in its order, if
 * all of it has the same shapes.
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
    List<String> names = List.copyOf(open.keySet());
    if (names.size() == left.size() && Stream.iterate(0, i -> i < names.size(), i -> i + 1).allMatch(i -> left.get(i).shape().equals(open.get(names.get(i))))) {
      for (int i = 0; i < names.size(); i++) {
        taken.add(new Tensor(names.get(i), left.get(i).shape(), left.get(i).values()));
      }
      return new Matching(taken, List.of(), List.of());
    }
    return new Matching(taken, names.stream().map(n -> n + " " + open.get(n)).toList(), left.stream().map(t -> t.name() + " " + t.shape()).toList());
  }

  private static String plain(String name) {
    String plain = name;
    for (String wrapper : WRAPPERS) {
      plain = plain.startsWith(wrapper) ? plain.substring(wrapper.length()) : plain;
    }
    return plain.replace('.', '_');
  }
}
