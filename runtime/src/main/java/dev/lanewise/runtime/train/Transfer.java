package dev.lanewise.runtime.train;

import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.tensor.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies parameters of one model to another that has them, too, elsewhere. Where they lie is found once. */
final class Transfer {
  /** Where a parameter lies in both. */
  private record Place(int from, int to, int size) {}

  private final List<Place> places = new ArrayList<>();

  /** @param prefix of the names that they have in the second; what it lacks is passed over */
  Transfer(Model from, Model to, String prefix) {
    Map<String, Integer> known = new HashMap<>();
    int at = Memory.BASE;
    for (Parameter p : to.graph().parameters()) {
      known.put(p.name(), at);
      at += p.shape().size();
    }
    at = Memory.BASE;
    for (Parameter p : from.graph().parameters()) {
      if (known.containsKey(prefix + p.name())) {
        places.add(new Place(at, known.get(prefix + p.name()), p.shape().size()));
      }
      at += p.shape().size();
    }
  }

  void copy(float[] from, float[] to) {
    for (int i = 0; i < places.size(); i++) {
      Place p = places.get(i);
      System.arraycopy(from, p.from, to, p.to, p.size);
    }
  }
}
