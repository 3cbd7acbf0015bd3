package dev.lanewise.repl.play;

import dev.lanewise.repl.render.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a page asks for: an object of JSON, of which each part has the kind that is expected, or is refused. */
record Wish(Map<?, ?> parts) {
  static Wish of(String json) {
    try {
      return JsonTree.read(json) instanceof Map<?, ?> parts ? new Wish(parts) : none();
    } catch (tools.jackson.core.JacksonException broken) {
      return none();
    }
  }

  private static Wish none() {
    throw Refusal.of("this is no JSON object", "");
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name, "a text"));
  }

  Optional<String> optionalText(String name) {
    return Optional.ofNullable(parts.get(name)).filter(String.class::isInstance).map(String.class::cast);
  }

  double number(String name) {
    return parts.get(name) instanceof Double number && Double.isFinite(number) ? number : refuse(name, "a number");
  }

  int whole(String name) {
    double number = number(name);
    return number == Math.rint(number) && Math.abs(number) < 1e9 ? (int) number : refuse(name, "a whole number");
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(parts.get(name));
  }

  List<Integer> wholes(String name) {
    if (!(parts.get(name) instanceof List<?> list)) {
      return refuse(name, "a list of whole numbers");
    }
    List<Integer> all = new ArrayList<>();
    for (Object each : list) {
      if (!(each instanceof Double number) || number != Math.rint(number) || Math.abs(number) > 1e9) {
        return refuse(name, "a list of whole numbers");
      }
      all.add(number.intValue());
    }
    return all;
  }

  Wish inside(String name) {
    return optionalInside(name).orElseThrow(() -> missing(name, "an object"));
  }

  Optional<Wish> optionalInside(String name) {
    return parts.get(name) instanceof Map<?, ?> map ? Optional.of(new Wish(map)) : Optional.empty();
  }

  boolean has(String name) {
    return parts.get(name) != null;
  }

  private static <T> T refuse(String name, String kind) {
    throw missing(name, kind);
  }

  private static Refusal missing(String name, String kind) {
    return Refusal.of("`" + name + "` must be " + kind, "");
  }
}
