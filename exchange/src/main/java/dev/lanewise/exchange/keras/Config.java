package dev.lanewise.exchange.keras;

import dev.lanewise.exchange.draft.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a file says of a layer, by names. */
record Config(Map<?, ?> all) {
  /** Of what is no object: nothing. */
  static Config of(Object value) {
    return new Config(value instanceof Map<?, ?> map ? map : Map.of());
  }

  Object get(String name) {
    return all.get(name);
  }

  boolean has(String name) {
    return all.get(name) != null;
  }

  Config config(String name) {
    return of(all.get(name));
  }

  String text(String name, String fallback) {
    return all.get(name) instanceof String s ? s : fallback;
  }

  boolean flag(String name, boolean fallback) {
    return all.get(name) instanceof Boolean b ? b : fallback;
  }

  double number(String name, double fallback) {
    return all.get(name) instanceof Number n ? n.doubleValue() : fallback;
  }

  long whole(String name, long fallback) {
    return all.get(name) instanceof Number n ? n.longValue() : fallback;
  }

  List<?> list(String name) {
    return all.get(name) instanceof List<?> list ? list : List.of();
  }

  /** One whole number for each of so many axes, of which a file may write one for all. */
  long[] wholes(String name, int count, long fallback) {
    Object value = all.get(name);
    long[] made = new long[count];
    if (value instanceof List<?> list && list.size() != count) {
      throw new RefusedException("its " + name + " is not one number for each of " + count + " axes");
    }
    for (int i = 0; i < count; i++) {
      made[i] = value instanceof Number n ? n.longValue() : value instanceof List<?> list && list.get(i) instanceof Number n ? n.longValue() : fallback;
    }
    return made;
  }

  /** All whole numbers of a list that may be nested. */
  List<Long> flat(String name) {
    List<Long> made = new ArrayList<>();
    collect(all.get(name), made);
    return made;
  }

  private static void collect(Object value, List<Long> made) {
    if (value instanceof Number n) {
      made.add(n.longValue());
    } else if (value instanceof List<?> list) {
      list.forEach(v -> collect(v, made));
    }
  }

  void expect(boolean holds, String reason) {
    if (!holds) {
      throw new RefusedException(reason);
    }
  }
}
