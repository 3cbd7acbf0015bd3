package dev.lanewise.runtime.data.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Byte pair encoding (Sennrich et al. 2016) of bytes, as GPT-2 has it: a text is cut into words, each with the space before it, their bytes are the first pieces, and neighbours are put together pair by pair,
 * in the order in which these were learnt.
 */
public final class BytePairs implements Tokenizer {
  /** As GPT-2 cuts: an English ending, letters, digits, signs, spaces. */
  static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  /** Words whose pieces are remembered. */
  private static final int MOST = 1 << 16;

  /** Two pieces that become one. */
  public record Merge(String left, String right) {
    String both() {
      return left + right;
    }
  }

  private final List<Merge> merges;
  private final String words;
  private final List<String> marks;
  private final Pattern pattern;
  private final Pattern marked;
  private final Map<Merge, Integer> ranks = new HashMap<>();
  private final Map<String, List<String>> known = new ConcurrentHashMap<>();

  /**
   * @param merges the earlier ones first
   * @param words the expression that finds words; they are not put together across their borders
   * @param marks texts that are tokens by themselves wherever they stand, such as {@code <|endoftext|>}
   */
  public BytePairs(List<Merge> merges, String words, List<String> marks) {
    this.merges = List.copyOf(merges);
    this.words = words;
    this.marks = List.copyOf(marks);
    this.pattern = Pattern.compile(words, Pattern.UNICODE_CHARACTER_CLASS);
    this.marked = Pattern.compile(String.join("|", marks.stream().map(Pattern::quote).toList()));
    for (int i = 0; i < merges.size(); i++) {
      ranks.putIfAbsent(merges.get(i), i);
    }
  }

  public List<Merge> merges() {
    return merges;
  }

  public String words() {
    return words;
  }

  public List<String> marks() {
    return marks;
  }

  @Override
  public String name() {
    return "bpe";
  }

  @Override
  public String piece() {
    return "piece";
  }

  @Override
  public List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    if (!marks.isEmpty()) {
      for (Matcher m = marked.matcher(text); m.find(); from = m.end()) {
        cut(text.substring(from, m.start()), pieces);
        pieces.add(m.group());
      }
    }
    cut(text.substring(from), pieces);
    return pieces;
  }

  private void cut(String text, List<String> into) {
    int from = 0;
    for (Matcher m = pattern.matcher(text); m.find(); from = m.end()) {
      // What an expression passes over is a word, too: nothing gets lost.
      if (m.start() > from) {
        into.addAll(of(text.substring(from, m.start())));
      }
      into.addAll(of(m.group()));
    }
    if (from < text.length()) {
      into.addAll(of(text.substring(from)));
    }
  }

  private List<String> of(String word) {
    if (word.isEmpty()) {
      return List.of();
    }
    List<String> pieces = known.get(word);
    if (pieces == null) {
      pieces = merged(Bytes.signs(word));
      if (known.size() < MOST) {
        known.put(word, pieces);
      }
    }
    return pieces;
  }

  private List<String> merged(String signs) {
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < signs.length(); i++) {
      pieces.add(String.valueOf(signs.charAt(i)));
    }
    while (pieces.size() > 1) {
      int best = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < pieces.size(); i++) {
        best = Math.min(best, ranks.getOrDefault(new Merge(pieces.get(i), pieces.get(i + 1)), Integer.MAX_VALUE));
      }
      if (best == Integer.MAX_VALUE) {
        break;
      }
      Merge merge = merges.get(best);
      List<String> next = new ArrayList<>(pieces.size());
      for (int i = 0; i < pieces.size(); i++) {
        boolean both = i + 1 < pieces.size() && pieces.get(i).equals(merge.left) && pieces.get(i + 1).equals(merge.right);
        next.add(both ? merge.both() : pieces.get(i));
        i += both ? 1 : 0;
      }
      pieces = next;
    }
    return List.copyOf(pieces);
  }

  @Override
  public String text(List<String> pieces) {
    StringBuilder text = new StringBuilder();
    StringBuilder signs = new StringBuilder();
    for (String piece : pieces) {
      if (marks.contains(piece)) {
        text.append(Bytes.read(signs.toString())).append(piece);
        signs.setLength(0);
      } else {
        signs.append(piece);
      }
    }
    return text.append(Bytes.read(signs.toString())).toString();
  }

  @Override
  public String shown(String piece) {
    return marks.contains(piece) ? piece : Bytes.read(piece).replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r").replace(' ', '␣');
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BytePairs o && merges.equals(o.merges) && words.equals(o.words) && marks.equals(o.marks);
  }

  @Override
  public int hashCode() {
    return merges.hashCode();
  }

  @Override
  public String toString() {
    return "bpe of " + merges.size() + " merges";
  }
}
