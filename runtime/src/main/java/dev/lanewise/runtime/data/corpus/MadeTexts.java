package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.random.Draws;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Texts that the program makes, for lessons without a file: little stories, names, and what guests say. They are the same every time. */
public final class MadeTexts {
  private static final long STORIES = 0x73746f72L;
  private static final long NAMES = 0x6e616d65L;
  private static final long GUESTS = 0x67756573L;

  private static final List<String> WHO = List.of("the cat", "a dog", "Anna", "Ben", "the old man", "a bird", "my sister", "the king", "a small fox", "the teacher");
  private static final List<String> DOES = List.of("sees", "likes", "finds", "follows", "draws", "calls", "waits for", "thinks of");
  private static final List<String> WHAT = List.of("the moon", "a red ball", "the river", "a friend", "an apple", "the house", "a little boat", "the snow", "a song", "the garden");
  private static final List<String> WHERE = List.of("in the morning", "by the sea", "under a tree", "at night", "on the hill", "near the bridge", "in spring");
  private static final List<String> JOINS = List.of("Then", "Later", "After that", "At last");

  private static final List<String> BEGIN = List.of("ma", "el", "jo", "ka", "li", "sa", "an", "ro", "ti", "be", "no", "vi", "da", "ha", "me");
  private static final List<String> MIDDLE = List.of("ri", "na", "le", "mo", "sha", "ni", "ra", "li", "ta", "be", "vi", "lo");
  private static final List<String> LAST = List.of("a", "n", "el", "ne", "s", "ah", "on", "ia", "ine", "o", "y", "us");

  private static final List<String> THINGS = List.of("soup", "room", "bread", "staff", "music", "coffee", "view", "fish", "bed", "garden", "waiter", "wine");
  private static final List<String> GOOD = List.of("good", "great", "lovely", "excellent", "fresh", "wonderful", "perfect");
  private static final List<String> BAD = List.of("bad", "terrible", "cold", "awful", "dirty", "boring", "stale");
  private static final List<String> OPENINGS = List.of("The %s was", "I found the %s", "We thought that the %s was", "Their %s is", "In the end the %s was");

  private MadeTexts() {}

  private static String drawn(List<String> words, long key, int at) {
    return words.get(Draws.below(words.size(), key, at));
  }

  /** Short sentences, three or four to a line. */
  public static String stories() {
    int lines = 1_000;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      long key = Draws.mix(STORIES, i);
      String who = drawn(WHO, key, 0);
      int sentences = 3 + Draws.below(2, key, 1);
      for (int s = 0; s < sentences; s++) {
        int at = 8 * (s + 1);
        String begin = s == 0 ? upper(who) : drawn(JOINS, key, at) + " " + (who.matches("[A-Z].*") ? who : who.replaceFirst("^(a|my) ", "the "));
        String place = Draws.below(2, key, at + 1) == 0 ? " " + drawn(WHERE, key, at + 2) : "";
        text.append(begin).append(' ').append(drawn(DOES, key, at + 3)).append(' ').append(drawn(WHAT, key, at + 4)).append(place).append(s + 1 < sentences ? ". " : ".\n");
      }
    }
    return text.toString();
  }

  private static String upper(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Names that nobody need have, each once. */
  public static List<String> names() {
    int count = 2_000;
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; names.size() < count; i++) {
      long key = Draws.mix(NAMES, i);
      StringBuilder name = new StringBuilder(drawn(BEGIN, key, 0));
      for (int m = Draws.below(3, key, 1); m > 0; m--) {
        name.append(drawn(MIDDLE, key, 1 + m));
      }
      names.add(name.append(drawn(LAST, key, 4)).toString());
    }
    return List.copyOf(names);
  }

  /** What guests say of a house, each sentence once, and whether they were pleased; a word may be turned into its opposite by "not". */
  public static List<LabelledTexts.Labelled> guests() {
    int count = 1_500;
    Set<String> known = new LinkedHashSet<>();
    List<LabelledTexts.Labelled> all = new ArrayList<>();
    for (int i = 0; all.size() < count; i++) {
      long key = Draws.mix(GUESTS, i);
      boolean good = Draws.below(2, key, 0) == 0;
      int degree = Draws.below(4, key, 1);
      boolean turned = degree == 0;
      String word = drawn(good == turned ? BAD : GOOD, key, 2);
      String how = turned ? "not " : degree == 1 ? "very " : degree == 2 ? "really " : "";
      String text = drawn(OPENINGS, key, 3).formatted(drawn(THINGS, key, 4)) + " " + how + word + (Draws.below(2, key, 5) == 0 ? "." : "!");
      if (known.add(text)) {
        all.add(new LabelledTexts.Labelled(text, good ? "pleased" : "annoyed"));
      }
    }
    return all;
  }
}
