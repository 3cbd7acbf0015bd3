package dev.lanewise.runtime.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The characters of some texts, in the order of their code points, small letters in place of large ones. Each has a number from 1 on; 0 is the padding behind a text.
 *
 * <pre>{@code Characters.of(List.of("cab")).tokens("ba", 4)   // 2, 1, 0, 0 }</pre>
 *
 * @param known of number 0 the empty text, then each character
 */
public record Characters(List<String> known) {
  public Characters {
    known = List.copyOf(known);
  }

  /** All that occur. */
  public static Characters of(Collection<String> texts) {
    TreeSet<Integer> points = texts.stream().flatMapToInt(t -> small(t).codePoints()).boxed().collect(Collectors.toCollection(TreeSet::new));
    return new Characters(IntStream.concat(IntStream.of(0), points.stream().mapToInt(p -> p)).mapToObj(p -> p == 0 ? "" : Character.toString(p)).toList());
  }

  private static String small(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The numbers of a text's first characters, as many as the length; characters that are not known are left out. */
  public float[] tokens(String text, int length) {
    Map<String, Integer> numbers = numbers();
    float[] tokens = new float[length];
    int at = 0;
    for (int point : small(text).codePoints().toArray()) {
      Integer number = numbers.get(Character.toString(point));
      if (number != null && at < length) {
        tokens[at++] = number;
      }
    }
    return tokens;
  }

  /** Those of a text that are not known, each once. */
  public String unknown(String text) {
    Map<String, Integer> numbers = numbers();
    return small(text).codePoints().distinct().mapToObj(Character::toString).filter(c -> !numbers.containsKey(c)).collect(Collectors.joining());
  }

  private Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 1; i < known.size(); i++) {
      numbers.put(known.get(i), i);
    }
    return numbers;
  }

  /** What numbers stand for. */
  public String text(float[] tokens) {
    StringBuilder text = new StringBuilder();
    for (float token : tokens) {
      text.append(known.get((int) token));
    }
    return text.toString();
  }
}
