package dev.lanewise.dsl.elsewhere;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A call as a text, in whatever language: {@code nn.Conv2d(1, 8, kernel_size=3)}. A name alone is a call without arguments, and so is a name in quotes.
 *
 * @param name with the words before it
 */
public record Written(String name, List<Piece> pieces) {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*(?:\\s*\\.\\s*[\\p{L}_][\\p{L}\\p{N}_]*)*");
  private static final Pattern NAMED = Pattern.compile("(?s)([\\p{L}_][\\p{L}\\p{N}_.]*!?)\\s*=(?!=)\\s*(.*)");

  /** An argument. @param name empty where it is given by its place */
  public record Piece(String name, String value) {
    @Override
    public String toString() {
      return name.isEmpty() ? value : name + " = " + value;
    }
  }

  public Written {
    pieces = List.copyOf(pieces);
  }

  /** Empty if the text is no call. */
  public static Optional<Written> of(String text) {
    String plain = Values.unquoted(text.strip());
    Matcher name = NAME.matcher(plain);
    if (!name.lookingAt()) {
      return Optional.empty();
    }
    String rest = plain.substring(name.end()).strip();
    String called = name.group().replaceAll("\\s+", "");
    if (rest.isEmpty()) {
      return Optional.of(new Written(called, List.of()));
    }
    boolean whole = rest.startsWith("(") && Nesting.closing(rest, 0) == rest.length() - 1;
    return whole ? Optional.of(new Written(called, pieces(rest.substring(1, rest.length() - 1)))) : Optional.empty();
  }

  /** What stands in the parentheses of a call. */
  static List<Piece> pieces(String inside) {
    List<Piece> pieces = new ArrayList<>();
    for (String part : Nesting.parts(inside)) {
      Matcher named = NAMED.matcher(part);
      pieces.add(named.matches() ? new Piece(named.group(1), named.group(2)) : new Piece("", part));
    }
    return pieces;
  }

  /** The name without the words before it. */
  public String last() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The words before the name. */
  List<String> before() {
    List<String> words = List.of(name.split("\\."));
    return words.subList(0, words.size() - 1);
  }

  /** What stands before the name as the first argument: {@code fit(N, digits)} of {@code N.fit(digits)}. */
  public Written method() {
    List<Piece> all = new ArrayList<>(pieces);
    all.addFirst(new Piece("", name.substring(0, name.lastIndexOf('.'))));
    return new Written(last(), all);
  }

  @Override
  public String toString() {
    return pieces.isEmpty() ? name : name + pieces.stream().map(Piece::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}
