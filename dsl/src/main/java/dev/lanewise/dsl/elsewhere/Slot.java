package dev.lanewise.dsl.elsewhere;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An argument of a call here, in a line of the table: a text with places, {@code {padding:pad}}.
 *
 * @param name of the argument here; empty where it has none
 * @param named whether it always has its name, {@code to! = {size}}: others stand before it here
 */
record Slot(String name, boolean named, String text, List<Place> places) {
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)(?::(\\w+))?(?:([|!])([^}]+))?}");

  /**
   * What of the other call goes there.
   *
   * @param way how it is rewritten, one of {@link Values#WAYS} or of the table's own; empty as it is
   * @param fallback what it is here where it is not given; empty if it is the same as there
   * @param written whether a fallback that differs is written, not told
   */
  record Place(String parameter, String way, String fallback, boolean written) {}

  static Slot of(Written.Piece piece) {
    List<Place> places = new ArrayList<>();
    Matcher place = PLACE.matcher(piece.value());
    while (place.find()) {
      places.add(new Place(place.group(1), or(place.group(2)), or(place.group(4)), "!".equals(place.group(3))));
    }
    boolean named = piece.name().endsWith("!");
    return new Slot(named ? piece.name().substring(0, piece.name().length() - 1) : piece.name(), named, PLACE.matcher(piece.value()).replaceAll("{}"), places);
  }

  private static String or(String group) {
    return group == null ? "" : group;
  }

  /** The text with something in its places. */
  String filled(List<String> values) {
    StringBuilder filled = new StringBuilder(text);
    for (String value : values) {
      int at = filled.indexOf("{}");
      filled.replace(at, at + 2, value);
    }
    return filled.toString();
  }
}
