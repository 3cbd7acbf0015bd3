package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A text after some changes that makes known what each of its places was before them: so what is read from it stands where it was written.
 */
final class Mended {
  private final String before;
  private final List<Edit> edits;
  private final String text;
  private final int[] starts;
  private final int[] ends;

  private Mended(String before, List<Edit> edits) {
    this.before = before;
    this.edits = edits;
    this.text = Edit.applied(before, edits);
    this.starts = new int[text.length() + 1];
    this.ends = new int[text.length() + 1];
    places();
  }

  static Mended nothing(String text) {
    return new Mended(text, List.of());
  }

  /** With more changes, each of them of the text as it was written; remedies that disagree with earlier ones are left out. */
  Mended with(List<Remedy> more) {
    List<Edit> all = new ArrayList<>(edits);
    for (Remedy remedy : more) {
      if (remedy.edits().stream().allMatch(e -> all.stream().noneMatch(e::disagrees))) {
        all.addAll(remedy.edits());
      }
    }
    all.sort(Comparator.comparingInt(e -> e.span().start()));
    return all.size() == edits.size() ? this : new Mended(before, all);
  }

  String text() {
    return text;
  }

  /** What was there before. @param end is not covered */
  Span written(int start, int end) {
    return new Span(starts[start], Math.max(starts[start], ends[end]));
  }

  /** What was there before. */
  Span written(Span span) {
    return written(span.start(), span.end());
  }

  /** The same change of what was there before. */
  Edit written(Edit edit) {
    return new Edit(written(edit.span()), edit.text());
  }

  private void places() {
    int at = 0;
    int from = 0;
    for (Edit edit : edits) {
      at = kept(at, from, edit.span().start());
      for (int i = 0; i < edit.text().length(); i++, at++) {
        starts[at] = edit.span().start();
        ends[at + 1] = edit.span().end();
      }
      from = edit.span().end();
    }
    at = kept(at, from, before.length());
    starts[at] = before.length();
  }

  private int kept(int at, int from, int to) {
    for (int i = from; i < to; i++) {
      starts[at + i - from] = i;
      ends[at + i - from + 1] = i + 1;
    }
    return at + to - from;
  }
}
