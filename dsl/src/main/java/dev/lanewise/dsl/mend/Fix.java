package dev.lanewise.dsl.mend;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A script whose certain remedies were done, and what was wrong then, until nothing more is certain.
 *
 * <pre>{@code Fix.of(source, session::check).text() }</pre>
 *
 * @param text of the script as it is then
 * @param done what was mended, in the order in which that happened
 * @param left what is still wrong with it, in the text as it is then
 */
public record Fix(String text, List<Diagnostic> done, List<Diagnostic> left) {
  /** One remedy may bring the next mistake to light, but not without end. */
  private static final int MOST_ROUNDS = 20;

  public Fix {
    done = List.copyOf(done);
    left = List.copyOf(left);
  }

  /** @param check what is wrong with a script */
  public static Fix of(Source source, Function<Source, List<Diagnostic>> check) {
    Source now = source;
    List<Diagnostic> done = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(source.text()));
    for (int round = 0; ; round++) {
      List<Diagnostic> found = check.apply(now);
      List<Diagnostic> mended = together(now, found);
      List<Edit> edits = mended.stream().flatMap(d -> d.remedy().edits().stream()).map(e -> ended(e, source.text())).toList();
      String next = edits.isEmpty() ? now.text() : Edit.applied(now.text(), edits);
      if (round == MOST_ROUNDS || !seen.add(next)) {
        return new Fix(now.text(), done, found);
      }
      done.addAll(mended);
      now = source.with(next);
    }
  }

  /** Lines that are added end as those of the script do. */
  private static Edit ended(Edit edit, String script) {
    return script.contains("\r\n") ? new Edit(edit.span(), edit.text().replaceAll("\r?\n", "\r\n")) : edit;
  }

  /** Those that can be mended at the same time, in the script itself. */
  private static List<Diagnostic> together(Source source, List<Diagnostic> found) {
    List<Diagnostic> chosen = new ArrayList<>();
    List<Edit> edits = new ArrayList<>();
    for (Diagnostic d : found) {
      List<Edit> own = d.remedy().edits();
      boolean free = own.stream().allMatch(e -> edits.stream().noneMatch(e::disagrees) && own.stream().noneMatch(o -> o != e && e.overlaps(o)));
      if (d.source() == source && d.remedy().certain() && !own.isEmpty() && free) {
        chosen.add(d);
        edits.addAll(own);
      }
    }
    return chosen;
  }
}
