package dev.lanewise.exchange.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The lines of a function that is being written. */
final class Lines {
  /** Words of Python, and what the program itself calls things. */
  private static final Set<String> TAKEN = Set.of(
      "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if",
      "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "torch", "nn", "F", "self", "range", "place");

  /** What every module has already. */
  private static final Set<String> OF_MODULES = Set.of(
      "add_module", "apply", "bfloat16", "buffers", "children", "compile", "cpu", "cuda", "double", "eval", "extra_repr", "float", "forward", "get_buffer", "get_extra_state", "get_parameter",
      "get_submodule", "half", "ipu", "load_state_dict", "modules", "mtia", "named_buffers", "named_children", "named_modules", "named_parameters", "parameters", "register_buffer", "register_module",
      "register_parameter", "requires_grad_", "set_extra_state", "set_submodule", "share_memory", "state_dict", "to", "to_empty", "train", "training", "type", "xpu", "zero_grad");

  private final List<String> lines = new ArrayList<>();
  private final Set<String> names = new HashSet<>(TAKEN);
  private final String batch;
  private String indent = "        ";

  /** @param input whose first dimension is that of the batch */
  Lines(List<String> inputs) {
    names.addAll(inputs);
    batch = inputs.getFirst() + ".shape[0]";
  }

  String batch() {
    return batch;
  }

  /** Gives a value a name like that. The name. */
  String let(String like, String expression) {
    String name = fresh(like);
    add(name + " = " + expression);
    return name;
  }

  /** A name like that which nothing has yet. */
  String fresh(String like) {
    String word = identifier(like);
    String name = word;
    for (int i = 1; !names.add(name); i++) {
      name = word + "_" + i;
    }
    return name;
  }

  static String identifier(String like) {
    String word = like.replaceAll("[^\\p{L}\\p{Nd}_]", "_");
    return word.isEmpty() || Character.isDigit(word.charAt(0)) ? "_" + word : word;
  }

  /** The name of a part as a module may have it, with all that it is in. */
  static String part(String name) {
    return Arrays.stream(name.split("\\.")).map(Lines::own).collect(Collectors.joining("."));
  }

  private static String own(String word) {
    String name = word.matches("[0-9].*") ? "_" + word : identifier(word);
    return TAKEN.contains(name) || OF_MODULES.contains(name) ? name + "_" : name;
  }

  void add(String line) {
    lines.add(indent + line);
  }

  /** What follows is inside of a loop, or not any more. */
  void nested(boolean more) {
    indent = more ? indent + "    " : indent.substring(4);
  }

  List<String> all() {
    return lines;
  }
}
