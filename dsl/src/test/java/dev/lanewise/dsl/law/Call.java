package dev.lanewise.dsl.law;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Sides;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A call with arguments that were drawn, as a script writes it and as another library may read it. */
record Call(String name, Map<String, Object> arguments) {
  /** Required arguments go by position, others by name. */
  String text(Signature signature) {
    String inside = arguments.entrySet().stream()
        .map(e -> (required(signature, e.getKey()) ? "" : e.getKey() + " = ") + text(e.getValue()))
        .collect(Collectors.joining(", "));
    return inside.isEmpty() ? name : name + "(" + inside + ")";
  }

  /** All by name. */
  String text() {
    String inside = arguments.entrySet().stream().map(e -> e.getKey() + " = " + text(e.getValue())).collect(Collectors.joining(", "));
    return inside.isEmpty() ? name : name + "(" + inside + ")";
  }

  private static boolean required(Signature signature, String argument) {
    return signature.arguments().stream().anyMatch(a -> a.name().equals(argument) && a.isRequired());
  }

  private static String text(Object value) {
    return value instanceof Shape shape ? shape.toString() : Pick.text(value);
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Shape shape -> shape.dims();
      case Sides sides -> List.of(sides.height(), sides.width());
      default -> value;
    };
  }

  /** Without how weights begin, as the runtime binds it. */
  Arguments bound(Signature signature) {
    Map<String, Object> given = new LinkedHashMap<>(arguments);
    given.remove("init");
    given.replaceAll((_, v) -> plain(v));
    return Arguments.of(signature, given);
  }

  /** Arguments with their defaults, for another library. */
  Map<String, Object> complete(Signature signature) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Argument a : signature.arguments()) {
      if (!a.name().equals("init")) {
        Object value = arguments.getOrDefault(a.name(), a.fallback());
        all.put(a.name(), plain(value));
      }
    }
    return all;
  }

  static Call of(String name, Object... namesAndValues) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Call(name, arguments);
  }

  /** Leaves out what is as it would be anyway, so that defaults are met too. */
  Call without(List<String> names) {
    Map<String, Object> fewer = new LinkedHashMap<>(arguments);
    fewer.keySet().removeAll(names);
    return new Call(name, fewer);
  }
}
