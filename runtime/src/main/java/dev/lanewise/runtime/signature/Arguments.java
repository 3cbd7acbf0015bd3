package dev.lanewise.runtime.signature;

import dev.lanewise.runtime.tensor.Sides;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values given for a {@link Signature}'s arguments, defaults filled in. */
public record Arguments(Map<String, Object> values) {
  public Arguments {
    values = Map.copyOf(values);
  }

  /** The arguments given by name, completed by the signature's defaults; an optional argument whose default is "" may be absent. */
  public static Arguments of(Signature signature, Map<String, Object> given) {
    Map<String, Object> all = new HashMap<>();
    for (Argument a : signature.arguments()) {
      Object value = given.getOrDefault(a.name(), a.fallback());
      if (value == null) {
        throw new IllegalArgumentException(signature.name() + " needs " + a.name());
      }
      all.put(a.name(), value);
    }
    if (!all.keySet().containsAll(given.keySet())) {
      throw new IllegalArgumentException(signature + " has no such argument: " + given.keySet());
    }
    return new Arguments(all);
  }

  /** As it was bound. */
  public Object value(String name) {
    return values.get(name);
  }

  public int integer(String name) {
    return ((Number) values.get(name)).intValue();
  }

  public double number(String name) {
    return ((Number) values.get(name)).doubleValue();
  }

  public List<Double> numbers(String name) {
    return ((List<?>) values.get(name)).stream().map(Double.class::cast).toList();
  }

  public boolean flag(String name) {
    return (Boolean) values.get(name);
  }

  public String text(String name) {
    return String.valueOf(values.get(name));
  }

  /** The columns of a COLUMNS argument. */
  public List<String> texts(String name) {
    return ((List<?>) values.get(name)).stream().map(String.class::cast).toList();
  }

  /** The dimensions of a SHAPE argument. */
  public List<Integer> dims(String name) {
    return ((List<?>) values.get(name)).stream().map(d -> (Integer) d).toList();
  }

  /** The two numbers of a SIDES argument, and of one that is no word: 3 is 3x3. */
  public Sides sides(String name) {
    return values.get(name) instanceof List<?> ? new Sides(dims(name).getFirst(), dims(name).getLast()) : Sides.of(integer(name));
  }

  /** True if a WINDOW argument is the word {@code global}. */
  public boolean isGlobal(String name) {
    return "global".equals(values.get(name));
  }

  /** True if a PADDING argument is the word {@code same}. */
  public boolean isSame(String name) {
    return "same".equals(values.get(name));
  }
}
