package dev.lanewise.dsl.parse.habit;

import dev.lanewise.dsl.diagnostic.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** All of them, the more special before the more general. */
public final class Habits {
  /** A longer text was written by no hand. */
  private static final int LONGEST = 30_000;

  /** Nobody reads more at once; what is left comes with the next look. */
  private static final int MOST = 200;

  /** What decides how the rest of a text is cut into tokens. */
  private static final List<Custom> FIRST = List.of(new Fences(), new Comments(), new Quotes());

  private static final List<Custom> CUSTOMS =
      List.of(
          new Imports(), new Names(), new Functions(), new Ternaries(), new Loops(), new Bodies(), new Repeats(), new Branches(), new Comparisons(), new Words(), new Networks(), new Calls(), new Shapes(), new Decimals(), new Numbers(), new Operators(),
          new Constants(), new Commands(), new Pairs(), new Tuples(), new Steps(), new Braces());

  private static final List<Habit> ALL = List.of(new Builders(), new Sections(), new Keywords(), new Missing());

  /** What can be read as something else. */
  private static final Pattern HIDDEN = Pattern.compile("#[ \\t]*include\\b|\\b(?:True|TRUE|False|FALSE|None|NONE|null|NULL|nil|nullptr|undefined)\\b|\\binput\\s+\\(?\\d+\\s*\\*|\\binput\\s+0[xX]\\d|\\b0[xX]\\d*[a-fA-F]|=[ \\t]*(?:yes|no|off)\\b|\\bpass\\b|\\btrain\\b[^\\n{]*\\(\\s*\\w+\\s*=|\\b0,\\d|\\d,0\\d");

  private Habits() {}

  /** Whether to look for more, although a text can be read. */
  public static boolean mayHide(String text) {
    return text.length() <= LONGEST && HIDDEN.matcher(text).find();
  }

  /** Why a statement cannot be read, if it is written as in another language. */
  public static Optional<Foreign> of(Place place) {
    return ALL.stream().flatMap(h -> h.seen(place).stream()).findFirst();
  }

  /** What a text that cannot be read has of other languages; no two of them change the same letters. */
  public static List<Foreign> of(Page page) {
    if (page.text().length() > LONGEST) {
      return List.of();
    }
    List<Foreign> first = of(page, FIRST);
    return first.isEmpty() ? of(page, CUSTOMS) : first;
  }

  private static List<Foreign> of(Page page, List<Custom> customs) {
    List<Foreign> found = new ArrayList<>();
    List<Edit> edits = new ArrayList<>();
    for (Custom custom : customs) {
      for (Foreign foreign : custom.seen(page)) {
        List<Edit> own = foreign.remedy().edits();
        if (found.size() < MOST && agree(own) && own.stream().allMatch(e -> edits.stream().noneMatch(e::disagrees))) {
          found.add(foreign);
          edits.addAll(own);
        }
      }
    }
    return found;
  }

  /** Whether all of them can be done; in brackets that are in disorder some cannot. */
  private static boolean agree(List<Edit> edits) {
    return IntStream.range(0, edits.size()).allMatch(i -> edits.subList(0, i).stream().noneMatch(edits.get(i)::disagrees));
  }
}
