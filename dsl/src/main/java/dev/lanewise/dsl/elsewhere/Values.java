package dev.lanewise.dsl.elsewhere;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Arguments as other languages write them, and as they are written here. */
final class Values {
  /** There is no value: an argument that is left out, a step that does nothing. */
  static final String NOTHING = "";

  private static final Pattern QUOTED = Pattern.compile("(?s)(?:\"([^\"]*)\"|'([^']*)')");
  private static final Pattern NUMBER = Pattern.compile("[-+]?(?:\\d[\\d_]*(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?");
  private static final Pattern MEASURE = Pattern.compile("(val|valid|validation|test|train)_(.*)");
  private static final Pattern SIDES = Pattern.compile("(\\d+)x(\\1)");

  /** What a place of the table asks for, by its word; those that look up other names are {@link Table}'s. */
  static final Map<String, Function<String, Optional<String>>> WAYS = Map.ofEntries(
      Map.entry("", Values::plain),
      Map.entry("pad", Values::padding),
      Map.entry("word", v -> Optional.of(unquoted(v).toLowerCase(Locale.ROOT))),
      Map.entry("text", v -> Optional.of(plain(v).orElse(v)).filter(t -> t.startsWith("\""))),
      Map.entry("count", v -> number(v).filter(n -> n >= 1 && n == Math.rint(n)).map(_ -> v)),
      Map.entry("rest", v -> computed(v, n -> BigDecimal.ONE.subtract(n), "1 - ")),
      Map.entry("more", v -> computed(v, n -> BigDecimal.ONE.add(n), "1 + ")),
      Map.entry("degrees", v -> items(v).size() == 2 ? plain(items(v).get(1)) : plain(v)),
      Map.entry("turns", v -> decimal(v).map(n -> show(n.multiply(BigDecimal.valueOf(360))))),
      Map.entry("first", v -> items(v).isEmpty() ? Optional.empty() : plain(items(v).getFirst())),
      Map.entry("second", v -> items(v).size() < 2 ? Optional.empty() : plain(items(v).get(1))),
      Map.entry("list", v -> items(v).isEmpty() ? plain(v) : Optional.of(items(v).stream().collect(Collectors.joining(", ", "[", "]")))),
      Map.entry("label", v -> Optional.of("@" + unquoted(v)).filter(l -> l.matches("@[\\p{L}_]\\w*"))),
      Map.entry("measure", v -> Optional.of(measure(unquoted(v)))),
      Map.entry("net", v -> Optional.of(v.replaceAll("\\.(?:state_dict|parameters)\\(\\)", "")).filter(n -> n.matches("[\\p{L}_]\\w*"))),
      Map.entry("weights", v -> Optional.of(v.replaceAll("^torch\\.load\\((.*)\\)$", "$1")).flatMap(Values::plain).filter(t -> t.startsWith("\""))),
      Map.entry("chw", v -> shape(v, false)),
      Map.entry("hwc", v -> shape(v, true)));

  private Values() {}

  static String unquoted(String value) {
    Matcher quoted = QUOTED.matcher(value);
    return quoted.matches() ? quoted.group(1) == null ? quoted.group(2) : quoted.group(1) : value;
  }

  static boolean isQuoted(String value) {
    return QUOTED.matcher(value).matches();
  }

  /** Whether it can only be a value: neither a name nor a call, which may stand for what is handed on. */
  static boolean isLiteral(String value) {
    return !value.isEmpty() && !Character.isLetter(value.charAt(0)) && value.charAt(0) != '_' || value.matches("[Tt]rue|[Ff]alse|None");
  }

  /** What two texts mean is the same number, or the same word. */
  static boolean same(String one, String other) {
    Optional<BigDecimal> number = decimal(one);
    return number.isPresent() && decimal(other).isPresent() ? number.get().compareTo(decimal(other).get()) == 0 : one.equals(other);
  }

  /** {@code (3, 3)} is 3, {@code (3, 5)} is 3x5, {@code True} is true, {@code 'a'} is "a", {@code None} is nothing. */
  static Optional<String> plain(String value) {
    if (value.equals("None") || value.equals("null")) {
      return Optional.of(NOTHING);
    }
    if (value.equals("True") || value.equals("False")) {
      return Optional.of(value.toLowerCase(Locale.ROOT));
    }
    if (isQuoted(value)) {
      return Optional.of('"' + unquoted(value) + '"');
    }
    List<String> items = items(value);
    if (value.startsWith("(") && !items.isEmpty()) {
      return items.stream().distinct().count() == 1 ? Optional.of(items.getFirst())
          : items.stream().allMatch(i -> i.matches("\\d+")) ? Optional.of(String.join("x", items)) : Optional.empty();
    }
    Matcher sides = SIDES.matcher(value);
    return Optional.of(sides.matches() ? sides.group(1) : NUMBER.matcher(value).matches() && value.endsWith(".") ? value.substring(0, value.length() - 1) : value);
  }

  private static Optional<String> padding(String value) {
    return switch (unquoted(value).toLowerCase(Locale.ROOT)) {
      case "same" -> Optional.of("same");
      case "valid" -> Optional.of("0");
      default -> isQuoted(value) ? Optional.empty() : plain(value);
    };
  }

  /** What stands in a tuple or a list; empty if it is neither. */
  static List<String> items(String value) {
    boolean several = value.startsWith("(") || value.startsWith("[");
    return several && Nesting.closing(value, 0) == value.length() - 1 ? Nesting.parts(value.substring(1, value.length() - 1)) : List.of();
  }

  /** {@code (28, 28, 1)} as channels, height and width. */
  private static Optional<String> shape(String value, boolean channelsLast) {
    List<String> dims = new ArrayList<>(value.matches("\\d+(?:x\\d+)*") ? List.of(value.split("x")) : items(value));
    dims.remove("None");
    if (dims.isEmpty() || dims.size() > 3 || !dims.stream().allMatch(d -> d.matches("\\d+"))) {
      return Optional.empty();
    }
    if (channelsLast && dims.size() == 3) {
      Collections.rotate(dims, 1);
    } else if (channelsLast && dims.size() == 2) {
      dims.addFirst("1");
    }
    return Optional.of(String.join("x", dims));
  }

  private static String measure(String name) {
    Matcher parted = MEASURE.matcher(name);
    String kind = (parted.matches() ? parted.group(2) : name).replaceAll("^acc$", "accuracy");
    return parted.matches() && parted.group(1).startsWith("val") ? "val." + kind : kind;
  }

  private static Optional<String> computed(String value, Function<BigDecimal, BigDecimal> what, String before) {
    Optional<BigDecimal> number = decimal(value);
    return Optional.of(number.isPresent() ? show(what.apply(number.get())) : before + value);
  }

  private static String show(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static Optional<Double> number(String value) {
    return decimal(value).map(BigDecimal::doubleValue);
  }

  static Optional<BigDecimal> decimal(String value) {
    return NUMBER.matcher(value).matches() ? Optional.of(new BigDecimal(value.replace("_", ""))) : Optional.empty();
  }
}
