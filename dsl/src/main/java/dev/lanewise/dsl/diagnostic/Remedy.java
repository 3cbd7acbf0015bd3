package dev.lanewise.dsl.diagnostic;

import java.util.ArrayList;
import java.util.List;

/**
 * What to do about a mistake: in words, and as changes of the text where it is known which. An editor, the prompt and {@code lanewise fix} do what it says.
 *
 * <pre>{@code Remedy.write(span, "dense") }</pre>
 *
 * @param text what to do; empty if there is nothing to propose
 * @param edits all of them together are the remedy; none where somebody has to choose
 * @param certain whether it is what the author meant, as far as anybody can tell; else it is one of several things that one could do, and {@code fix} leaves it
 */
public record Remedy(String text, List<Edit> edits, boolean certain) {
  /** There is nothing to propose. */
  public static final Remedy NONE = new Remedy("", List.of(), false);

  public Remedy {
    edits = List.copyOf(edits);
  }

  /** In words alone. */
  public static Remedy say(String text) {
    return text.isEmpty() ? NONE : new Remedy(text, List.of(), false);
  }

  /** Another text in the place of a span: {@code write `dense`}. */
  public static Remedy write(Span span, String text) {
    return of("write `" + text.strip() + "`", new Edit(span, text));
  }

  /** The nearest name in the place of a span: {@code did you mean `dense`?}. */
  public static Remedy mean(Span span, String name) {
    return of("did you mean `" + name + "`?", new Edit(span, name));
  }

  public static Remedy remove(Span span) {
    return of("remove it", Edit.remove(span));
  }

  /** One that is certain. */
  public static Remedy of(String text, Edit... edits) {
    return new Remedy(text, List.of(edits), true);
  }

  /** The same, said in other words. */
  public Remedy saying(String other) {
    return new Remedy(other, edits, certain);
  }

  /** The same with one more change. */
  public Remedy and(Edit more) {
    List<Edit> all = new ArrayList<>(edits);
    all.add(more);
    return new Remedy(text, all, certain);
  }

  /** The same as a proposal: one of several things that one could do. */
  public Remedy perhaps() {
    return new Remedy(text, edits, false);
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }
}
