package dev.lanewise.runtime.data.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the numbers of a part of tokens stand for: each token has its place here for a number. Some are marks, which stand for no text: padding, which is always number 0 where there is one, the beginning and the end of
 * a text, and what is not known.
 *
 * <pre>{@code
 * Vocabulary v = Vocabulary.of(new Characters(), List.of("cab"), List.of(Vocabulary.PADDING), 0, false);
 * v.tokens("ba")        // 2, 1
 * v.padded("ba", 4)     // 2, 1, 0, 0
 * }</pre>
 */
public final class Vocabulary {
  /** What stands behind a text that is shorter than the place it has. */
  public static final String PADDING = "";
  public static final String BEGIN = "<begin>";
  public static final String END = "<end>";
  /** Whatever is not in the vocabulary. */
  public static final String UNKNOWN = "<unknown>";
  private static final Set<String> MARKS = Set.of(PADDING, BEGIN, END, UNKNOWN);

  private final Tokenizer by;
  private final List<String> tokens;
  private final boolean small;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * @param tokens in the order of their numbers
   * @param small whether texts are turned into small letters
   * @throws IllegalArgumentException if a token is there twice, or padding is not number 0
   */
  public Vocabulary(Tokenizer by, List<String> tokens, boolean small) {
    this.by = by;
    this.tokens = List.copyOf(tokens);
    this.small = small;
    for (int i = 0; i < tokens.size(); i++) {
      if (numbers.put(tokens.get(i), i) != null) {
        throw new IllegalArgumentException("the token \"" + tokens.get(i) + "\" is there twice");
      }
    }
    if (numbers.getOrDefault(PADDING, 0) != 0) {
      throw new IllegalArgumentException("padding is number 0");
    }
  }

  /**
   * All pieces that occur in some texts, in the order of their code points, behind the marks. Of bytes all 256.
   *
   * @param most tokens at most, marks among them; the more frequent ones are kept, of equally frequent ones the first. 0 keeps all
   */
  public static Vocabulary of(Tokenizer by, Collection<String> texts, List<String> marks, int most, boolean small) {
    return of(by, counted(by, texts, small), marks, most, small);
  }

  /** The same of pieces that have been counted. */
  public static Vocabulary of(Tokenizer by, Map<String, Long> counts, List<String> marks, int most, boolean small) {
    Stream<String> pieces = switch (by) {
      case Bytes _ -> Bytes.all().stream();
      case BytePairs pairs -> Stream.concat(Bytes.all().stream(), pairs.merges().stream().map(BytePairs.Merge::both).distinct());
      case Characters _, Words _ -> {
        List<String> kept = new ArrayList<>(counts.keySet());
        kept.sort(Comparator.comparing((String p) -> -counts.get(p)).thenComparing(Vocabulary::compare));
        yield (most == 0 || marks.size() + kept.size() <= most ? kept : kept.subList(0, Math.max(0, most - marks.size()))).stream().sorted(Vocabulary::compare);
      }
    };
    return new Vocabulary(by, Stream.concat(marks.stream(), pieces).toList(), small);
  }

  /** How often each piece occurs. */
  public static Map<String, Long> counted(Tokenizer by, Collection<String> texts, boolean small) {
    Map<String, Long> counts = new TreeMap<>();
    for (String text : texts) {
      by.pieces(small ? small(text) : text).forEach(p -> counts.merge(p, 1L, Long::sum));
    }
    return counts;
  }

  /** The same tokens behind marks that it does not have. */
  Vocabulary with(List<String> marks, boolean inSmall) {
    List<String> further = marks.stream().filter(m -> !tokens.contains(m)).toList();
    return new Vocabulary(by, Stream.concat(further.stream(), tokens.stream()).toList(), inSmall);
  }

  /** By code points, not by the halves of pairs as Java compares. */
  private static int compare(String a, String b) {
    int[] one = a.codePoints().toArray();
    int[] other = b.codePoints().toArray();
    return java.util.Arrays.compare(one, other);
  }

  public Tokenizer by() {
    return by;
  }

  /** What each number stands for. */
  public List<String> tokens() {
    return tokens;
  }

  /** Whether texts are turned into small letters. */
  public boolean small() {
    return small;
  }

  public int size() {
    return tokens.size();
  }

  /** What each number stands for, as people can read it. */
  public List<String> shown() {
    return IntStream.range(0, size()).mapToObj(this::shown).toList();
  }

  public String shown(int number) {
    String token = tokens.get(number);
    return isMark(number) ? token : by.shown(token);
  }

  /** Whether a number stands for no text. */
  public boolean isMark(int number) {
    return MARKS.contains(tokens.get(number));
  }

  /** Whether number 0 is padding. */
  public boolean isPadded() {
    return tokens.getFirst().equals(PADDING);
  }

  /** The number of a token, such as {@link #END}. */
  public OptionalInt number(String token) {
    Integer number = numbers.get(token);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** The numbers of a text. What is not known has the number of {@link #UNKNOWN}, or is left out where there is none: see {@link #unknown}. */
  public int[] tokens(String text) {
    Integer strange = numbers.get(UNKNOWN);
    return pieces(text).stream().map(p -> numbers.getOrDefault(p, strange)).filter(n -> n != null).mapToInt(n -> n).toArray();
  }

  /** The numbers of a text between {@link #BEGIN} and {@link #END}, or behind or before one of them alone; a mark that the vocabulary does not have is left out. */
  public int[] marked(String text, boolean begins, boolean ends) {
    OptionalInt begin = begins ? number(BEGIN) : OptionalInt.empty();
    OptionalInt end = ends ? number(END) : OptionalInt.empty();
    return Stream.of(begin.stream(), IntStream.of(tokens(text)), end.stream()).flatMapToInt(s -> s).toArray();
  }

  /** The pieces of a text that are not known, each once, as people can read them. */
  public List<String> unknown(String text) {
    return pieces(text).stream().filter(p -> !numbers.containsKey(p)).distinct().map(by::shown).toList();
  }

  private List<String> pieces(String text) {
    return by.pieces(small ? small(text) : text);
  }

  static String small(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The first tokens of a text, as many as the length; 0 behind them. */
  public float[] padded(String text, int length) {
    return padded(tokens(text), length);
  }

  public static float[] padded(int[] tokens, int length) {
    float[] padded = new float[length];
    for (int i = 0; i < Math.min(length, tokens.length); i++) {
      padded[i] = tokens[i];
    }
    return padded;
  }

  /** What numbers stand for; padding, beginning and end for nothing. */
  public String text(int... numbers) {
    return by.text(IntStream.of(numbers).filter(n -> !isMark(n) || tokens.get(n).equals(UNKNOWN)).mapToObj(tokens::get).toList());
  }

  public String text(float[] numbers) {
    int[] whole = new int[numbers.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (int) numbers[i];
    }
    return text(whole);
  }

  /** What numbers stand for, in a line: with beginning and end, ends of lines as {@code \\n}. */
  public String told(float[] numbers) {
    List<String> pieces = new ArrayList<>();
    for (float number : numbers) {
      if (!tokens.get((int) number).equals(PADDING)) {
        pieces.add(tokens.get((int) number));
      }
    }
    return by.text(pieces).replace("\n", "\\n").replace("\t", "\\t");
  }

  /**
   * Of every number the one that another vocabulary has for the same token.
   *
   * @throws IllegalArgumentException naming what that does not know, if it has no mark for that
   */
  public int[] in(Vocabulary other) {
    if (!by.equals(other.by)) {
      throw new IllegalArgumentException("texts are cut " + said() + " there, and " + other.said() + " here");
    }
    List<String> strange = new ArrayList<>();
    int[] numbersThere = new int[size()];
    for (int i = 0; i < size(); i++) {
      String token = tokens.get(i);
      Integer there = other.numbers.get(isMark(i) || !other.small ? token : small(token));
      there = there == null ? other.numbers.get(UNKNOWN) : there;
      if (there == null) {
        strange.add(shown(i));
      }
      numbersThere[i] = there == null ? 0 : there;
    }
    if (!strange.isEmpty()) {
      int most = 12;
      throw new IllegalArgumentException(
          "its vocabulary has no " + by.piece() + " " + String.join(" ", strange.subList(0, Math.min(most, strange.size()))) + (strange.size() > most ? " and " + (strange.size() - most) + " more" : ""));
    }
    return numbersThere;
  }

  private String said() {
    return "by " + by.name();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary v && by.equals(v.by) && tokens.equals(v.tokens) && small == v.small;
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  @Override
  public String toString() {
    return size() + " tokens " + said();
  }
}
