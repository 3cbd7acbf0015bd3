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
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phrase book. Sentences are written where they are needed, in English; the book says the same in another language.
 * What varies in a sentence is {@code {}} in the book, and is itself said in the other language if the book has it and it is no code
 * in backticks:
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

  private static final Map<Language, Phrases> BOOKS = new ConcurrentHashMap<>();
  private static final Pattern PLACE = Pattern.compile("\\{(\\d?)}");
  private static final int DEEPEST = 4;

  /** A sentence in both languages. */
  public static final class Entry {
    private final String english;
    private final String other;
    private final String[] literals;
    private Pattern pattern;

    private Entry(String english, String other) {
      this.english = english;
      this.other = other;
      this.literals = PLACE.split(english, -1);
    }

    public String english() {
      return english;
    }

    public String other() {
      return other;
    }

    private boolean hasPlaces() {
      return literals.length > 1;
    }

    /** The characters that must be found; of several entries that fit, the one with most of them is meant. */
    private int fixed() {
      return String.join("", literals).length();
    }

    /** What stands in the places, or empty. Few sentences begin and end alike, so few patterns are ever needed. */
    private Optional<Matcher> match(String sentence) {
      if (!sentence.startsWith(literals[0]) || !sentence.endsWith(literals[literals.length - 1])) {
        return Optional.empty();
      }
      return Optional.of(pattern().matcher(sentence)).filter(Matcher::matches);
    }

    private synchronized Pattern pattern() {
      if (pattern == null) {
        StringBuilder text = new StringBuilder(Pattern.quote(literals[0]));
        for (int i = 1; i < literals.length; i++) {
          // What stands in backticks ends with them.
          text.append(isCode(i) ? "([^`]*)" : "(.*?)").append(Pattern.quote(literals[i]));
        }
        pattern = Pattern.compile(text.toString(), Pattern.DOTALL);
      }
      return pattern;
    }

    /** What stands in backticks is code, and the same in every language. @param place from 1 */
    private boolean isCode(int place) {
      return literals[place - 1].endsWith("`");
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
    entries.stream().filter(e -> !e.hasPlaces()).forEach(e -> whole.put(e.english, e));
    this.templates = entries.stream()
        .filter(Entry::hasPlaces)
        .sorted(Comparator.comparingInt(Entry::fixed).reversed())
        .toList();
  }

  /** What the language's own messages are in another language. */
  public static Phrases of(Language language) {
    if (language == Language.ENGLISH) {
      return ENGLISH;
    }
    return BOOKS.computeIfAbsent(language, l -> new Phrases(l, read(Phrases.class.getResourceAsStream("phrases." + l.code()))));
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
        : templates.stream().filter(e -> e.match(english).isPresent()).findFirst();
  }

  private String say(String english, int depth) {
    Optional<Entry> found = depth > DEEPEST ? Optional.empty() : find(english);
    if (found.isEmpty()) {
      return english;
    }
    Entry entry = found.get();
    Matcher parts = entry.match(english).orElseThrow();
    int[] next = {0};
    return PLACE.matcher(entry.other).replaceAll(place -> {
      int number = place.group(1).isEmpty() ? ++next[0] : Integer.parseInt(place.group(1));
      String part = parts.group(number);
      return Matcher.quoteReplacement(entry.isCode(number) ? part : say(part, depth + 1));
    });
  }

  /** Pairs of lines, the second indented; lines that begin with # are remarks. */
  private static List<Entry> read(InputStream in) {
    try (in) {
      List<Entry> entries = new ArrayList<>();
      String english = null;
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("  ")) {
          entries.add(new Entry(english, line.strip()));
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
