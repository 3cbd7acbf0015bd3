package dev.lanewise.dsl.session;

import dev.lanewise.dsl.parse.Highlights;
import dev.lanewise.dsl.parse.Layout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was typed, as a script that runs. At the prompt a name may be bound again, in a script only once: so earlier
 * bindings of a name are left out if nothing used them, and otherwise get a number.
 */
final class Transcript {
  private final List<Entry> entries;

  private Transcript(List<Entry> entries) {
    this.entries = new ArrayList<>(entries);
  }

  static String of(List<Entry> entries) {
    Transcript transcript = new Transcript(entries);
    transcript.nameOnce();
    return Layout.of(String.join("\n", transcript.texts()) + "\n");
  }

  private void nameOnce() {
    Set<String> later = new HashSet<>();
    for (int i = entries.size() - 1; i >= 0; i--) {
      Optional<String> name = entries.get(i).binds();
      if (name.isPresent() && !later.add(name.get())) {
        int next = next(i + 1, name.get());
        if (isMentioned(name.get(), i + 1, next + 1)) {
          rename(name.get(), i, next);
        } else {
          entries.remove(i);
        }
      }
    }
  }

  /** Where a name is bound next. */
  private int next(int from, String name) {
    int i = from;
    while (!entries.get(i).binds().equals(Optional.of(name))) {
      i++;
    }
    return i;
  }

  /** Whether entries from one to before another use a name that was bound before them. */
  private boolean isMentioned(String name, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean binding = entries.get(i).binds().equals(Optional.of(name));
      if (mentions(name, entries.get(i).text()) > (binding && !entries.get(i).unnamed() ? 1 : 0)) {
        return true;
      }
    }
    return false;
  }

  /** From a binding up to the next, which may itself still read the old value. */
  private void rename(String name, int from, int next) {
    String other = free(name);
    for (int i = from; i <= next; i++) {
      Entry e = entries.get(i);
      // The next binding keeps the first mention, which is its own name.
      String text = renamed(e.text(), name, other, i == next ? 1 : 0);
      entries.set(i, new Entry(text, i == from ? Optional.of(other) : e.binds(), e.unnamed()));
    }
  }

  private String free(String name) {
    int number = 1;
    String candidate = name + "_" + number;
    while (isMentioned(candidate, 0, entries.size())) {
      candidate = name + "_" + ++number;
    }
    return candidate;
  }

  /** A result that nobody uses needs no name. */
  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry e = entries.get(i);
      boolean used = e.unnamed() && isMentioned(e.binds().orElseThrow(), i + 1, entries.size());
      texts.add(used ? e.binds().get() + " = " + e.text() : e.text());
    }
    return texts;
  }

  private static int mentions(String name, String text) {
    int count = 0;
    for (Matcher m = pattern(name).matcher(text); m.find(); ) {
      count += isCode(text, m.start()) ? 1 : 0;
    }
    return count;
  }

  private static String renamed(String text, String name, String other, int skipped) {
    int[] seen = {0};
    return pattern(name).matcher(text).replaceAll(m -> isCode(text, m.start()) && seen[0]++ >= skipped ? other : name);
  }

  /** The name as a word of its own, neither a part behind a dot nor a label. */
  private static Pattern pattern(String name) {
    return Pattern.compile(
        "(?<![\\p{L}\\p{M}\\p{Nd}_.@])" + Pattern.quote(name) + "(?![\\p{L}\\p{M}\\p{Nd}_])(?!\\s*:)");
  }

  private static boolean isCode(String text, int at) {
    return Highlights.of(text).stream()
        .filter(p -> p.kind() == Highlights.Kind.TEXT || p.kind() == Highlights.Kind.COMMENT)
        .noneMatch(p -> p.span().start() <= at && at < p.span().end());
  }
}
