package dev.lanewise.dsl.exchange;

import dev.lanewise.runtime.file.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which tensor of a file is which parameter of a network: by names, also without what all names of the file begin with; if no name is in both, one after the other.
 *
 * @param tensors by the network's names
 * @param missing parameters for which the file has nothing
 * @param left tensors that no parameter takes
 * @param unfit what has another shape in the file, in words
 */
public record Matching(List<Tensor> tensors, List<String> missing, List<String> left, List<String> unfit) {
  /** Steps that have been counted, which no network here needs. */
  private static final String COUNTED = "num_batches_tracked";

  public Matching {
    tensors = List.copyOf(tensors);
    missing = List.copyOf(missing);
    left = List.copyOf(left);
    unfit = List.copyOf(unfit);
  }

  /** Whether each parameter has its tensor. */
  public boolean isWhole() {
    return missing.isEmpty() && unfit.isEmpty();
  }

  /** @param parameters shapes by names, in the network's order */
  public static Matching of(Map<String, List<Integer>> parameters, List<Tensor> file) {
    List<Tensor> all = file.stream().filter(t -> !t.name().endsWith(COUNTED)).toList();
    Map<String, Tensor> named = names(parameters.keySet(), all);
    List<Tensor> tensors = new ArrayList<>();
    List<String> missing = new ArrayList<>(), unfit = new ArrayList<>();
    Set<Tensor> taken = new LinkedHashSet<>();
    parameters.forEach((name, shape) -> {
      Tensor tensor = named.get(name);
      if (tensor == null) {
        missing.add(name);
        return;
      }
      taken.add(tensor);
      if (tensor.shape().equals(shape)) {
        tensors.add(new Tensor(name, shape, tensor.values()));
      } else {
        unfit.add("`" + name + "` is " + shape + " in the script, and " + tensor.shape() + " in the file, as `" + tensor.name() + "`");
      }
    });
    return new Matching(tensors, missing, all.stream().filter(t -> !taken.contains(t)).map(Tensor::name).toList(), unfit);
  }

  private static Map<String, Tensor> names(Set<String> parameters, List<Tensor> all) {
    Set<String> prefixes = new LinkedHashSet<>(List.of(""));
    all.forEach(t -> IntStream.range(0, t.name().length()).filter(i -> t.name().charAt(i) == '.').forEach(i -> prefixes.add(t.name().substring(0, i + 1))));
    Map<String, Tensor> best = prefixes.stream().map(p -> named(p, parameters, all)).max(Comparator.comparingInt(Map::size)).orElseThrow();
    return best.isEmpty() ? ordered(new ArrayList<>(parameters), all) : best;
  }

  private static Map<String, Tensor> named(String prefix, Set<String> parameters, List<Tensor> all) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    all.stream().filter(t -> t.name().startsWith(prefix) && parameters.contains(t.name().substring(prefix.length()))).forEach(t -> found.put(t.name().substring(prefix.length()), t));
    return found;
  }

  /** One after the other, if what stands last in each name is the same: {@code 0.weight} and {@code dense1.weight}. */
  private static Map<String, Tensor> ordered(List<String> parameters, List<Tensor> all) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    boolean alike = parameters.size() == all.size() && IntStream.range(0, all.size()).allMatch(i -> last(parameters.get(i)).equals(last(all.get(i).name())));
    if (alike) {
      IntStream.range(0, all.size()).forEach(i -> found.put(parameters.get(i), all.get(i)));
    }
    return found;
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
