package dev.lanewise.runtime.data.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names of files tell: {@code {class}_{speaker}_{take}} says that {@code 3_jackson_12.wav} is a 3. Each pair of braces stands for some letters,
 * as few as possible; what is around them stands for itself.
 *
 * <pre>{@code SoundNames.of("{class}_{speaker}_{take}").read("3_jackson_12").get().get("speaker")   // jackson }</pre>
 */
public final class SoundNames {
  /** What the class is called in it. */
  public static final String CLASS = "class";

  private static final Pattern FIELD = Pattern.compile("\\{(\\p{L}[\\p{L}\\p{Nd}_]*)\\}");

  private final String text;
  private final Pattern pattern;
  private final List<String> fields;

  private SoundNames(String text, Pattern pattern, List<String> fields) {
    this.text = text;
    this.pattern = pattern;
    this.fields = fields;
  }

  /** @throws IllegalArgumentException if it is none */
  public static SoundNames of(String text) {
    Matcher matcher = FIELD.matcher(text);
    List<String> fields = new ArrayList<>();
    StringBuilder pattern = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      String literal = text.substring(end, matcher.start());
      if (literal.isEmpty() && !fields.isEmpty()) {
        throw new IllegalArgumentException("names: nothing stands between {" + fields.getLast() + "} and {" + matcher.group(1) + "}, so that nobody can tell where one ends");
      }
      pattern.append(literal.isEmpty() ? "" : Pattern.quote(literal));
      fields.add(matcher.group(1));
      pattern.append("(.+?)");
      end = matcher.end();
    }
    String rest = text.substring(end);
    if (fields.isEmpty() || rest.contains("{") || rest.contains("}") || new HashSet<>(fields).size() < fields.size()) {
      throw new IllegalArgumentException("names is a pattern of the files' names, such as \"{class}_{speaker}_{take}\", each pair of braces with another word in it, not \"" + text + "\"");
    }
    return new SoundNames(text, Pattern.compile(pattern + Pattern.quote(rest), Pattern.UNICODE_CASE), List.copyOf(fields));
  }

  public List<String> fields() {
    return fields;
  }

  /** @param name of a file, without its ending */
  public Optional<Map<String, String>> read(String name) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> read = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      read.put(fields.get(i), matcher.group(i + 1));
    }
    return Optional.of(read);
  }

  @Override
  public String toString() {
    return text;
  }
}
