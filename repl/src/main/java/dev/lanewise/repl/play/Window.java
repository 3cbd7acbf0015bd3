package dev.lanewise.repl.play;

import dev.lanewise.dsl.view.walk.Story;
import dev.lanewise.runtime.file.JsonWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which part of a layer a number was made of: its receptive field there.
 *
 * @param layer empty if the terms are of several layers
 * @param patch the terms of the channel that counts most, row by row; none where they are no such rectangle
 */
record Window(String layer, int channel, int top, int left, int height, int width, List<Story.Term> patch) {
  private static final Window NONE = new Window("", 0, 0, 0, 0, 0, List.of());

  static Window of(Story story) {
    List<Story.Term> terms = story.terms();
    if (terms.isEmpty() || terms.stream().map(t -> t.number().name()).distinct().count() != 1) {
      return NONE;
    }
    String layer = terms.getFirst().number().name();
    if (terms.stream().anyMatch(t -> t.number().at().size() != 3)) {
      return new Window(layer, 0, 0, 0, 0, 0, List.of());
    }
    int top = least(terms, 1), left = least(terms, 2), height = most(terms, 1) - top + 1, width = most(terms, 2) - left + 1;
    Map<Integer, List<Story.Term>> channels = terms.stream().collect(Collectors.groupingBy(t -> t.number().at().get(0), TreeMap::new, Collectors.toList()));
    Map.Entry<Integer, List<Story.Term>> strongest = channels.entrySet().stream()
        .max(Comparator.comparingDouble(e -> Math.abs(e.getValue().stream().mapToDouble(Story.Term::product).sum()))).orElseThrow();
    List<Story.Term> patch = strongest.getValue().stream().sorted(Comparator.comparing((Story.Term t) -> t.number().at().get(1)).thenComparing(t -> t.number().at().get(2))).toList();
    return new Window(layer, strongest.getKey(), top, left, height, width, patch.size() == height * width ? patch : List.of());
  }

  private static int least(List<Story.Term> terms, int axis) {
    return terms.stream().mapToInt(t -> t.number().at().get(axis)).min().orElse(0);
  }

  private static int most(List<Story.Term> terms, int axis) {
    return terms.stream().mapToInt(t -> t.number().at().get(axis)).max().orElse(0);
  }

  void put(JsonWriter json) {
    json.name("window");
    if (height == 0) {
      json.value(Double.NaN);
    } else {
      json.beginObject().name("layer").value(layer).name("channel").value(channel).name("top").value(top).name("left").value(left).name("height").value(height).name("width").value(width).endObject();
    }
    json.name("patch");
    if (patch.isEmpty() || patch.stream().anyMatch(t -> Double.isNaN(t.weight()))) {
      json.value(Double.NaN);
      return;
    }
    json.beginObject().name("height").value(height).name("width").value(width).name("channel").value(channel);
    json.name("values").beginArray();
    patch.forEach(t -> json.value(t.number().value()));
    json.endArray().name("weights").beginArray();
    patch.forEach(t -> json.value(t.weight()));
    json.endArray().name("products").beginArray();
    patch.forEach(t -> json.value(t.product()));
    json.endArray().endObject();
  }
}
