package dev.lanewise.dsl.law;

import java.util.List;
import java.util.Map;

/**
 * One layer of a random network as another library may build it: what the script says, without the language. Values are numbered, 0 is
 * the input.
 *
 * @param kind a layer, {@code add}, {@code mul}, {@code concat}, {@code dot}, a function of the prelude, a layer of the script, or {@code formula}
 * @param in the values that it reads
 * @param out the value that it makes
 * @param arguments as they are called
 * @param weighted whether it has parameters, of its own or another's
 * @param of the value of the layer whose parameters it uses; -1 for its own
 */
record Op(String kind, List<Integer> in, int out, Map<String, Object> arguments, boolean weighted, int of) {
  /** The same once more, elsewhere: value numbers from {@code from} on are moved, the one before is {@code start} now. */
  Op moved(int before, int start, int from, int by) {
    List<Integer> moved = in.stream().map(v -> v == before ? start : v >= from ? v + by : v).toList();
    return new Op(kind, moved, out + by, arguments, weighted, of >= from ? of + by : of);
  }
}
