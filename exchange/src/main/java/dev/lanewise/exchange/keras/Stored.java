package dev.lanewise.exchange.keras;

import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.RefusedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The numbers of layers, by their places: Keras 3 numbers them, Keras 2 gives them names. */
record Stored(Map<String, Hdf.Numbers> all, boolean isNumbered) {
  /** What stands before the layers of a model. */
  private static final List<String> CONTAINERS = List.of("layers", "_layer_checkpoint_dependencies");

  /**
   * @param parts of the layer that hold them: each in Keras 3 and in Keras 2, empty if it is not named there
   * @param number which of them it is in Keras 3
   * @param names what it is called in Keras 2, or was once
   */
  Fixed read(Place place, List<String[]> parts, int number, String... names) throws IOException {
    Optional<Hdf.Numbers> found = isNumbered ? numbered(place, parts, number) : named(place, parts, List.of(names));
    if (found.isEmpty()) {
      throw new RefusedException("the file has no numbers for its " + names[0]);
    }
    return found.get().read();
  }

  private Optional<Hdf.Numbers> numbered(Place place, List<String[]> parts, int number) {
    StringBuilder inner = new StringBuilder();
    parts.stream().filter(p -> !p[0].isEmpty()).forEach(p -> inner.append('/').append(p[0]));
    for (String container : CONTAINERS) {
      String path = place.path().replace("layers/", container + "/");
      String own = path.substring(0, path.lastIndexOf('/') + 1) + place.name();
      for (String base : List.of(path, own)) {
        Hdf.Numbers found = all.get(base + inner + "/vars/" + number);
        if (found != null) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Hdf.Numbers> named(Place place, List<String[]> parts, List<String> names) {
    String outer = place.names().getFirst() + "/";
    List<String> around = place.names().size() == 1 ? List.of() : List.of(place.name());
    return all.entrySet().stream().filter(e -> e.getKey().startsWith(outer)).filter(e -> {
      List<String> path = Arrays.asList(e.getKey().substring(outer.length()).split("/"));
      return names.contains(path.getLast().replaceFirst(":[0-9]+$", "")) && path.containsAll(around)
          && parts.stream().filter(p -> !p[1].isEmpty()).allMatch(p -> path.stream().anyMatch(c -> c.equals(p[1]) || c.startsWith(p[1] + "_")));
    }).map(Map.Entry::getValue).findFirst();
  }
}
