package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of a network at the place at hand: of each an array of its own, as long as a few vectors. */
final class PlaceValues {
  private static final int BLOCK = 16;

  /** A parameter: where it lies. */
  record Shared(float[] all, int at, Shape shape) {}

  private final int places;
  private final int[] place;
  private final Map<Value, float[]> each = new HashMap<>();
  private final Map<Value, Integer> sizes = new HashMap<>();
  private final Map<Value, Shared> shared = new HashMap<>();
  /** Of values that are the same for all texts: those of all places, one after the other. */
  private final Map<Value, float[]> fixed = new HashMap<>();
  /** Of values that are made of another text, which is known as a whole: all of them, as they lie; another text brings others. */
  private final Map<Value, float[]> given = new LinkedHashMap<>();

  PlaceValues(int places, int[] place) {
    this.places = places;
    this.place = place;
  }

  int places() {
    return places;
  }

  /** The place at hand. */
  int place() {
    return place[0];
  }

  void parameter(Value value, float[] all, int at) {
    shared.put(value, new Shared(all, at, value.shape()));
  }

  void excerpt(Value value, Shared of, int begin) {
    shared.put(value, new Shared(of.all, of.at + begin, value.shape()));
  }

  /** Null if it is none. */
  Shared shared(Value value) {
    return shared.get(value);
  }

  /** A value of so many numbers at a place. */
  float[] each(Value value, int size) {
    float[] own = new float[(size + BLOCK - 1) / BLOCK * BLOCK];
    each.put(value, own);
    sizes.put(value, size);
    return own;
  }

  /** What a value is outside of a loop, it is within. @return false if it is nothing that is known at a place */
  boolean take(Value own, PlaceValues outside, Value theirs) {
    if (outside.shared.containsKey(theirs)) {
      shared.put(own, outside.shared.get(theirs));
    } else if (outside.fixed.containsKey(theirs)) {
      fixed.put(own, outside.fixed.get(theirs));
    } else {
      each.put(own, outside.find(theirs));
      sizes.put(own, outside.size(theirs));
    }
    return outside.shared.containsKey(theirs) || outside.fixed.containsKey(theirs) || outside.find(theirs) != null;
  }

  /** One that another has already. */
  void same(Value value, Value as) {
    if (fixed.containsKey(as)) {
      fixed.put(value, fixed.get(as));
    } else {
      each.put(value, each.get(as));
      sizes.put(value, sizes.get(as));
    }
  }

  void fixed(Value value, float[] all) {
    fixed.put(value, all);
  }

  /** The numbers of one that no text changes; null if it is none. */
  float[] fixed(Value value) {
    return fixed.get(value);
  }

  /** A value that another text makes. */
  void give(Value value) {
    given.put(value, new float[value.shape().size()]);
  }

  /** All of a value that another text makes; null if it is none. */
  float[] given(Value value) {
    return given.get(value);
  }

  /** Those that another text makes, in their order. */
  Map<Value, float[]> given() {
    return Collections.unmodifiableMap(given);
  }

  /** Null if it is not known at a place. */
  float[] find(Value value) {
    return each.get(value);
  }

  int size(Value value) {
    return sizes.getOrDefault(value, 0);
  }

  /** Those of a value of {@code places x n} at the place at hand, of one that no text changes too. */
  void row(float[] all, int size, float[] to) {
    System.arraycopy(all, place() * size, to, 0, size);
  }

  static double[] wide(float[] values, int size) {
    double[] wide = new double[size];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }
}
