package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signs that have another form here: {@code &&}, {@code **}, {@code :=}, {@code >>}, {@code |x|}, {@code -> ->}, a backslash at the end of a line. */
final class Operators implements Custom {
  /** Wherever they stand. */
  private static final Map<String, String> EVERYWHERE =
      Map.of("&&", "and", "||", "or", "===", "==", "!==", "!=", "<>", "!=", "=<", "<=", "=!", "!=", "**", "^", "//", "/", ":=", "=");

  /** Between two layers. */
  private static final Set<String> ARROWS = Set.of("=>", "|>", ">>", "-->", "--->", "==>", "~>", "->>", ">>>", "-|>", "=>>", "<|");

  private static final Set<Integer> OPERANDS_END = Set.of(RIGHT, RIGHT_LIST, CLOSE, IDENTIFIER, NUMBER, SHAPE, STRING);

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      int at = i;
      Optional<Foreign> sign = run(page, i, 3).or(() -> run(page, at, 2)).or(() -> apart(page, at)).or(() -> single(page, at));
      sign.ifPresent(found::add);
      while (sign.isPresent() && i + 1 < page.size() && page.span(i + 1).start() < sign.get().remedy().edits().getLast().span().end()) {
        i++;
      }
    }
    return found;
  }

  /** Signs with nothing between them. */
  private static Optional<Foreign> run(Page page, int i, int count) {
    StringBuilder sign = new StringBuilder(page.text(i));
    for (int k = 1; k < count; k++) {
      if (!page.touch(i + k - 1)) {
        return Optional.empty();
      }
      sign.append(page.text(i + k));
    }
    String written = sign.toString();
    if (written.equals("=>") || written.equals("==>")) {
      return Optional.of(write(page, i, i + count - 1, pointed(page, i)));
    }
    if (ARROWS.contains(written) && page.isAmongSteps(i)) {
      return Optional.of(write(page, i, i + count - 1, "->"));
    }
    return Optional.ofNullable(EVERYWHERE.get(written)).map(right -> write(page, i, i + count - 1, right));
  }

  /** An arrow of other languages: between layers, behind a name of a setting, behind a function, or the wrong way round. */
  private static String pointed(Page page, int i) {
    boolean key = page.isWord(i - 1) && (page.isAmongSettings(i) || page.is(page.inside(i), LEFT)) && page.is(i - 2, Set.of(LEFT, COMMA, OPEN, SEPARATOR));
    boolean function = page.head(i) == DEF && page.is(i - 1, RIGHT) && page.partner(i - 1) == page.first(i) + 2;
    return page.isAmongSteps(i) && !page.is(i - 1, NUMBER) || page.isAmongSteps(i) && page.is(i - 2, INPUT) ? "->" : key || function ? "=" : ">=";
  }

  /** An arrow with a blank in it, or two of them. */
  private static Optional<Foreign> apart(Page page, int i) {
    if (page.is(i, ARROW)) {
      int next = page.next(i);
      return page.is(next, ARROW) ? Optional.of(new Foreign(page.span(next), "one arrow is enough", Remedy.remove(new Span(page.span(i).end(), page.span(next).end()))))
          : Optional.empty();
    }
    boolean split = page.is(i, MINUS) && page.is(i + 1, GREATER) && page.is(i - 1, OPERANDS_END);
    return split ? Optional.of(write(page, i, i + 1, "->")) : Optional.empty();
  }

  private static Optional<Foreign> single(Page page, int i) {
    return switch (page.text(i)) {
      case "!" -> Optional.of(new Foreign(page.span(i), "`!` is written `not` here", Remedy.write(page.span(i), "not ")));
      case "\\" -> backslash(page, i);
      case "|" -> bar(page, i);
      case "&" -> Optional.of(write(page, i, i, "and"));
      default -> Optional.empty();
    };
  }

  private static Optional<Foreign> backslash(Page page, int i) {
    return page.last(i) == i
        ? Optional.of(new Foreign(page.span(i), "a line goes on where its last sign or the next line's first asks for more: no `\\`", Remedy.remove(page.span(i)))) : Optional.empty();
  }

  /** {@code |x|}, or one that hands on. */
  private static Optional<Foreign> bar(Page page, int i) {
    if (page.is(i - 1, OPERANDS_END)) {
      return page.isAmongSteps(i) ? Optional.of(write(page, i, i, "->")) : Optional.of(write(page, i, i, "or"));
    }
    for (int k = i + 1; k <= Math.min(page.last(i), i + 40); k++) {
      if (page.is(k, "|") && page.inside(k) == page.inside(i) && page.is(k - 1, OPERANDS_END)) {
        Edit open = new Edit(page.span(i), "abs(");
        Edit close = new Edit(page.span(k), ")");
        return Optional.of(new Foreign(page.span(i, k), "an absolute value is written `abs(x)`", Remedy.of("write `abs(…)`", open, close)));
      }
    }
    return Optional.empty();
  }

  private static Foreign write(Page page, int from, int to, String right) {
    boolean word = Character.isLetter(right.charAt(0));
    String before = word && page.touch(from - 1) ? " " : "";
    String after = word && page.touch(to) ? " " : "";
    return new Foreign(page.span(from, to), "`" + page.text(page.span(from, to)) + "` is written `" + right + "` here", Remedy.write(page.span(from, to), before + right + after));
  }
}
