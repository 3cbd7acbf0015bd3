package dev.lanewise.runtime.data.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a table begins: what stands before it, and what separates its columns.
 *
 * @param separator the one that was asked for, or that the file says in a line {@code sep=;}, or that its first line has
 * @param skipped lines before the table
 * @param comment the last of them that begins with {@code #}, without that sign; empty if none does
 * @param line the first of the table
 */
public record CsvStart(char separator, int skipped, String comment, String line) {
  /** Of the file, in letters: more than a line of names. */
  private static final int HEAD = 1 << 18;
  private static final Pattern SAID = Pattern.compile("\"?sep=(.)\"?", Pattern.CASE_INSENSITIVE);
  private static final String CANDIDATES = ",;\t|:";

  /** Looks at the beginning. */
  static CsvStart of(HeadReader reader, Optional<Character> asked, char point) throws IOException {
    List<String> lines = head(reader);
    int at = 0;
    Matcher first = SAID.matcher(lines.getFirst().strip());
    Optional<Character> said = first.matches() ? Optional.of(first.group(1).charAt(0)) : Optional.empty();
    at += said.isPresent() ? 1 : 0;
    String comment = "";
    while (at < lines.size() - 1 && (lines.get(at).startsWith("#") || !comment.isEmpty() && lines.get(at).isBlank())) {
      comment = lines.get(at).isBlank() ? comment : lines.get(at).replaceFirst("#+", "").strip();
      at++;
    }
    String line = at < lines.size() ? lines.get(at) : "";
    return new CsvStart(asked.or(() -> said).orElseGet(() -> guess(line, point)), at, comment, line);
  }

  private static List<String> head(HeadReader reader) throws IOException {
    return List.of(reader.head(HEAD).split("\r\n|\r|\n", -1));
  }

  /** A comma, unless the line has none, or a comma stands before decimals: then a semicolon or a tab, if it has them. */
  private static char guess(String line, char point) {
    String order = point == ',' ? ";\t," : ",;\t";
    for (char c : order.toCharArray()) {
      if (count(line, c) > 0) {
        return c;
      }
    }
    return ',';
  }

  /** Which character the line is more likely to be separated by; empty if none. */
  public Optional<Character> likely() {
    for (char c : CANDIDATES.toCharArray()) {
      if (c != separator && count(line, c) > 0) {
        return Optional.of(c);
      }
    }
    return separator != ' ' && line.strip().indexOf(' ') > 0 ? Optional.of(' ') : Optional.empty();
  }

  /** Outside of quotes. */
  private static int count(String line, char c) {
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == '"';
      count += !quoted && line.charAt(i) == c ? 1 : 0;
    }
    return count;
  }

  /** The comment, taken for a line of names. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (String name : comment.split(separator == ' ' ? "\\s+" : Pattern.quote(Character.toString(separator)), -1)) {
      names.add(name.strip().replaceAll("^\"|\"$", ""));
    }
    return names;
  }
}
