package dev.lanewise.dsl.elsewhere.file;

import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.elsewhere.Table;
import dev.lanewise.dsl.elsewhere.Translation;
import dev.lanewise.dsl.elsewhere.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network that is read line by line. */
final class Sketch {
  /** Images that everybody begins with, by how many numbers they have. */
  private static final Map<Integer, String> KNOWN = Map.of(784, "1x28x28", 3072, "3x32x32");
  private static final Map<Integer, String> BY_CHANNELS = Map.of(1, "1x28x28", 3, "3x32x32");
  private static final Set<String> OUTSIDE = Set.of("data", "input", "accuracy", "softmaxwithloss", "euclideanloss", "sigmoidcrossentropyloss", "cost", "net", "network", "yolo", "region");
  private static final Set<String> SAYS_WHAT_COMES_IN = Set.of("PyTorch", "Equinox", "PaddlePaddle");
  private static final Pattern WHOLE = Pattern.compile("\\d+");

  private final List<String> steps = new ArrayList<>();
  private String input = "";

  void input(String shape) {
    input = shape;
  }

  /** A layer that is called as there; what cannot be read is left out. */
  void layer(Written call) {
    if (OUTSIDE.contains(call.last().toLowerCase(Locale.ROOT))) {
      return;
    }
    Optional<Translation> translation = Table.translate(Room.LAYER, call);
    translation.filter(t -> !t.text().isEmpty()).ifPresent(t -> add(call, t));
  }

  private void add(Written call, Translation translation) {
    String text = translation.text();
    if (text.startsWith("input ")) {
      input = text.substring("input ".length());
      return;
    }
    call.pieces().stream().filter(p -> p.name().equals("input_shape")).findFirst()
        .flatMap(p -> Table.translate(Room.LAYER, new Written("InputLayer", List.of(p)))).ifPresent(t -> input = t.text().substring("input ".length()));
    if (input.isEmpty() && SAYS_WHAT_COMES_IN.contains(translation.library()) && steps.stream().allMatch("flatten"::equals)) {
      input = guessed(call, text);
    }
    steps.add(text);
  }

  /** What comes in, by the first numbers of the first layer that has any. */
  private String guessed(Written call, String text) {
    Optional<Integer> first = call.pieces().stream().map(Written.Piece::value).filter(v -> WHOLE.matcher(v).matches()).findFirst().map(Integer::valueOf);
    if (first.isEmpty()) {
      return "";
    }
    return text.startsWith("conv(") ? BY_CHANNELS.getOrDefault(first.get(), first.get() + "x32x32")
        : !text.startsWith("dense(") ? "" : steps.isEmpty() ? first.get().toString() : KNOWN.getOrDefault(first.get(), "");
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** The script; empty if nothing could be read. */
  Optional<String> script(String name) {
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(steps);
    flattened(all);
    return Optional.of("net " + name + " {\n  input " + (input.isEmpty() ? "1x28x28" : input) + "\n  " + String.join("\n  ", all) + "\n}\n");
  }

  /** Other libraries make one vector of an image before a dense layer by themselves. */
  private void flattened(List<String> all) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).equals("flatten")) {
        return;
      }
      if (all.get(i).startsWith("dense(")) {
        Matcher flat = WHOLE.matcher(input);
        if (!flat.matches()) {
          all.add(i, "flatten");
        }
        return;
      }
    }
  }
}
