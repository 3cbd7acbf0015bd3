package dev.lanewise.runtime.train;

import dev.lanewise.runtime.file.Tensor;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tensors without what a program that wraps networks writes before all their names: {@code module.} (DataParallel), {@code _orig_mod.}
 * (torch.compile), {@code model.} (Lightning).
 *
 * @param prefix what was taken away; empty if they are as they were
 */
record Unwrapped(List<Tensor> tensors, String prefix) {
  private static final Pattern WRAPPERS = Pattern.compile("((module|_orig_mod|_forward_module|_fsdp_wrapped_module|model|state_dict)\\.)+");

  /** Counts that PyTorch keeps, and that nothing depends on. */
  static boolean isCount(String name) {
    return name.endsWith("num_batches_tracked") || name.equals("n_averaged");
  }

  /** @param fit whether these names are those that are wanted; if they are never, the tensors stay as they are */
  static Unwrapped of(List<Tensor> tensors, Predicate<Set<String>> fit) {
    String prefix = "";
    while (!fit.test(names(tensors, prefix))) {
      String more = shared(names(tensors, prefix));
      if (more.isEmpty()) {
        return new Unwrapped(tensors, "");
      }
      prefix += more;
    }
    String taken = prefix;
    return prefix.isEmpty()
        ? new Unwrapped(tensors, "")
        : new Unwrapped(tensors.stream().map(t -> new Tensor(without(t.name(), taken), t.shape(), t.values())).toList(), taken);
  }

  /** What a known program has written before all names; empty if none has. */
  static String wrapper(Collection<Tensor> tensors) {
    String first = tensors.isEmpty() ? "" : tensors.iterator().next().name();
    Matcher known = WRAPPERS.matcher(first);
    String prefix = known.lookingAt() ? known.group() : "";
    return tensors.stream().allMatch(t -> t.name().startsWith(prefix)) ? prefix : "";
  }

  private static Set<String> names(Collection<Tensor> tensors, String prefix) {
    return tensors.stream().map(t -> without(t.name(), prefix)).collect(Collectors.toCollection(HashSet::new));
  }

  private static String without(String name, String prefix) {
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  /** {@code module.}, if all names begin so. */
  private static String shared(Set<String> names) {
    List<String> own = names.stream().filter(n -> !n.equals("n_averaged")).toList();
    String first = own.isEmpty() ? "" : own.getFirst();
    String prefix = first.substring(0, first.indexOf('.') + 1);
    return own.stream().allMatch(n -> n.startsWith(prefix)) ? prefix : "";
  }
}
