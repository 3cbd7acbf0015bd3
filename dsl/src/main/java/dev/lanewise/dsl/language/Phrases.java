package dev.lanewise.dsl.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phrase book. Sentences are written where they are needed, in English; the book says the same in another language.
 * What varies in a sentence is {@code {}} in the book, and is itself said in the other language if the book has it:
 *
 * <pre>
 * unknown {} `{}`
 *   未知的{}：`{}`
 * layer
 *   层
 * </pre>
 *
 * Where the order changes, the numbers of the places say so: {@code {2} … {1}}. What the book does not have is said in
 * English.
 */
public final class Phrases {
  /** English needs no book. */
  public static final Phrases ENGLISH = new Phrases(Language.ENGLISH, List.of());

  private static final Pattern PLACE = Pattern.compile("\\{(\\d?)}");
  private static final int DEEPEST = 4;

  /** @param fixed the characters that must be found; of several entries that fit, the one with most of them is meant */
  public record Entry(String english, String other, Pattern pattern, int fixed) {
    static Entry of(String english, String other) {
      String[] literals = PLACE.split(english, -1);
      StringBuilder pattern = new StringBuilder(Pattern.quote(literals[0]));
      for (int i = 1; i < literals.length; i++) {
        // What stands in backticks ends with them.
        pattern.append(literals[i - 1].endsWith("`") ? "([^`]*)" : "(.*?)").append(Pattern.quote(literals[i]));
      }
      int fixed = String.join("", literals).length();
      return new Entry(english, other, Pattern.compile(pattern.toString(), Pattern.DOTALL), fixed);
    }

    /** The places of both sides, which must agree: how many there are, and what numbers the other side gives them. */
    public boolean isConsistent() {
      long places = PLACE.matcher(english).results().count();
      List<Integer> numbers = numbers();
      return numbers.stream().allMatch(n -> n >= 1 && n <= places) && numbers.stream().distinct().count() == places;
    }

    private List<Integer> numbers() {
      List<Integer> numbers = new ArrayList<>();
      PLACE.matcher(other).results()
          .map(r -> r.group(1))
          .forEach(n -> numbers.add(n.isEmpty() ? numbers.size() + 1 : Integer.parseInt(n)));
      return numbers;
    }
  }

  private final Language language;
  private final Map<String, Entry> whole = new HashMap<>();
  private final List<Entry> templates;

  private Phrases(Language language, List<Entry> entries) {
    this.language = language;
    entries.stream().filter(e -> !PLACE.matcher(e.english).find()).forEach(e -> whole.put(e.english, e));
    this.templates = entries.stream()
        .filter(e -> PLACE.matcher(e.english).find())
        .sorted(Comparator.comparingInt(Entry::fixed).reversed())
        .toList();
  }

  /** What the language's own messages are in another language. */
  public static Phrases of(Language language) {
    if (language == Language.ENGLISH) {
      return ENGLISH;
    }
    return new Phrases(language, read(Phrases.class.getResourceAsStream("phrases." + language.code())));
  }

  /** With the phrases of another module. */
  public Phrases and(InputStream more) {
    List<Entry> all = new ArrayList<>(entries());
    all.addAll(read(more));
    return new Phrases(language, all);
  }

  public Language language() {
    return language;
  }

  /** Everything in the book. */
  public List<Entry> entries() {
    List<Entry> all = new ArrayList<>(whole.values());
    all.addAll(templates);
    return all;
  }

  /** A sentence in this language, or as it is if the book does not have it. */
  public String say(String english) {
    return say(english, 0);
  }

  /** The entry that a sentence is said with; empty if it stays English. */
  public Optional<Entry> find(String english) {
    return whole.containsKey(english)
        ? Optional.of(whole.get(english))
        : templates.stream().filter(e -> e.pattern.matcher(english).matches()).findFirst();
  }

  private String say(String english, int depth) {
    Optional<Entry> found = depth > DEEPEST ? Optional.empty() : find(english);
    if (found.isEmpty()) {
      return english;
    }
    Matcher parts = found.get().pattern.matcher(english);
    if (!parts.matches()) {
      throw new IllegalStateException("found, but does not match: " + english);
    }
    int[] next = {0};
    return PLACE.matcher(found.get().other).replaceAll(place -> {
      int number = place.group(1).isEmpty() ? ++next[0] : Integer.parseInt(place.group(1));
      return Matcher.quoteReplacement(say(parts.group(number), depth + 1));
    });
  }

  /** Pairs of lines, the second indented; lines that begin with # are remarks. */
  private static List<Entry> read(InputStream in) {
    try (in) {
      List<Entry> entries = new ArrayList<>();
      String english = null;
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("  ")) {
          entries.add(Entry.of(english, line.strip()));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          english = line;
        }
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
