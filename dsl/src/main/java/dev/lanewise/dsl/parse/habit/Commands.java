package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Later;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.grammar.NetLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Commands as of a shell or as calls: {@code test N, digits}, {@code show N}, {@code train(N, digits, epochs = 4)}, {@code train N with digits}, {@code train N on digits, epochs = 3}. */
final class Commands implements Custom {
  private static final Set<String> ON = Set.of("with", "using", "over", "by", "at", "to", "from", "for");
  private static final Set<Integer> VALUES = Set.of(IDENTIFIER, STRING, NUMBER, SHAPE);

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      if (!page.isTopLevel(i)) {
        continue;
      }
      boolean bound = page.is(i, TRAIN) && page.is(i - 1, ASSIGN) && page.startsStatement(i - 2);
      if (page.is(i, TRAIN) && (page.startsStatement(i) || bound)) {
        train(page, i).ifPresent(found::add);
      } else if (page.is(i, IDENTIFIER) && page.startsStatement(i) && page.is(i + 1, VALUES) && i + 1 <= page.last(i) && !Later.has(page.text(i))) {
        called(page, i).ifPresent(found::add);
      } else if (page.is(i, IDENTIFIER) && page.startsStatement(i) && page.is(i + 1, ASSIGN)) {
        data(page, i).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Foreign> train(Page page, int i) {
    List<Edit> edits = page.is(i + 1, LEFT) && page.partner(i + 1) > i + 3 && page.next(page.partner(i + 1)) > page.last(i) ? call(page, i) : words(page, i);
    return edits.isEmpty() ? Optional.empty() : Optional.of(new Foreign(page.span(i), "a training is `train N on data { epochs = 3 }`", new Remedy("write it so", edits, true)));
  }

  /** {@code train(N, digits, epochs = 4)}. */
  private static List<Edit> call(Page page, int i) {
    int close = page.partner(i + 1);
    List<Edit> edits = new ArrayList<>();
    int commas = 0;
    for (int k = i + 2; k < close; k++) {
      if (page.is(k, COMMA)) {
        edits.add(new Edit(page.span(k), commas == 0 ? " on" : commas == 1 ? " {" : ";"));
        commas++;
      }
      k = page.partner(k) > k ? page.partner(k) : k;
    }
    if (commas == 0) {
      return List.of();
    }
    edits.add(new Edit(page.span(i + 1), " "));
    edits.add(new Edit(page.span(close), commas > 1 ? " }" : ""));
    return edits;
  }

  /** Another word than {@code on}, or none; settings without braces. */
  private static List<Edit> words(Page page, int i) {
    List<Edit> edits = new ArrayList<>();
    int last = page.last(i);
    int at = value(page, i + 1, last);
    if (at < 0 || at + 1 > last) {
      return List.of();
    }
    int next = at + 1;
    if (page.is(next, AGAINST)) {
      at = value(page, next + 1, last);
      next = at + 1;
    }
    if (!page.is(next, NetLexer.ON)) {
      boolean word = page.is(next, IN) || page.is(next, COMMA) || page.is(next, IDENTIFIER) && (ON.contains(page.text(next)) || near(page.text(next)) && page.is(next + 1, IDENTIFIER));
      if (word && next < last) {
        edits.add(new Edit(page.span(next), page.touch(next - 1) ? " on" : "on"));
      } else if (page.is(next, IDENTIFIER) && next <= last) {
        edits.add(Edit.insert(page.span(next).start(), "on "));
        next--;
      } else {
        return List.of();
      }
    }
    settings(page, value(page, next + 1, last), last, edits);
    return edits;
  }

  private static boolean near(String word) {
    return word.length() <= 3 && (word.startsWith("o") || word.endsWith("n"));
  }

  /** The last token of a name with its members and arguments; -1 where there is none. */
  private static int value(Page page, int from, int last) {
    if (!page.isWord(from) || page.is(from, NetLexer.ON)) {
      return -1;
    }
    int at = from;
    while (at < last && (page.is(at + 1, DOT) || page.is(at + 1, LEFT))) {
      at = page.is(at + 1, DOT) ? at + 2 : Math.max(page.partner(at + 1), at + 1);
    }
    return at;
  }

  /** {@code with epochs = 3, batch = 4}. */
  private static void settings(Page page, int data, int last, List<Edit> edits) {
    int at = data + 1;
    if (data < 0 || at > last || page.is(at, OPEN)) {
      return;
    }
    boolean sign = page.is(at, Set.of(COMMA, COLON)) || page.is(at, IDENTIFIER) && ON.contains(page.text(at));
    int first = sign ? at + 1 : at;
    if (!page.isWord(first) || !page.is(first + 1, Set.of(ASSIGN, COLON, DOT))) {
      return;
    }
    edits.add(sign ? new Edit(page.span(at), page.touch(at - 1) ? " {" : "{") : Edit.insert(page.span(first).start(), "{ "));
    int end = first;
    while (end + 1 <= last && !page.is(end + 1, SEPARATOR)) {
      end = page.partner(end + 1) > end ? page.partner(end + 1) : end + 1;
      if (page.is(end, COMMA) && page.isWord(end + 1) && page.is(end + 2, Set.of(ASSIGN, COLON, DOT))) {
        edits.add(new Edit(page.span(end), ";"));
      }
    }
    edits.add(Edit.insert(page.span(end).end(), " }"));
  }

  /** {@code test N, digits}. */
  private static Optional<Foreign> called(Page page, int i) {
    List<Edit> edits = new ArrayList<>();
    edits.add(new Edit(new Span(page.span(i).end(), page.span(i + 1).start()), "("));
    int at = i + 1;
    int last = page.last(i);
    while (at < last && !page.is(at + 1, SEPARATOR)) {
      at++;
      boolean word = page.is(at, NetLexer.ON) || page.is(at, IDENTIFIER) && ON.contains(page.text(at));
      if (page.partner(at) > at && page.is(at, LEFT)) {
        at = page.partner(at);
      } else if (word && page.is(at - 1, VALUES) && page.is(at + 1, VALUES)) {
        edits.add(new Edit(new Span(page.span(at - 1).end(), page.span(at).end()), ","));
      } else if (page.is(at, VALUES) && page.is(at - 1, VALUES) && !ON.contains(page.text(at - 1))) {
        edits.add(Edit.insert(page.span(at - 1).end(), ","));
      } else if (!page.is(at, Set.of(IDENTIFIER, STRING, NUMBER, SHAPE, COMMA, DOT, ASSIGN, TRUE, FALSE, AT)) && !page.isWord(at)) {
        return Optional.empty();
      }
    }
    edits.add(Edit.insert(page.span(at).end(), ")"));
    return Optional.of(new Foreign(page.span(i), "what a call is given stands in brackets: `" + page.text(i) + "(…)`", new Remedy("write it so", edits, true)));
  }

  /** {@code digits = mnist() { limit = 300 }}. */
  private static Optional<Foreign> data(Page page, int i) {
    int call = i + 2;
    int open = page.is(call, IDENTIFIER) && page.is(call + 1, LEFT) ? page.partner(call + 1) + 1 : page.is(call, IDENTIFIER) ? call + 1 : -1;
    boolean settings = open > i && page.is(open, OPEN) && page.isWord(page.next(open));
    return settings ? Optional.of(new Foreign(page.span(i), "data with settings begins with `data`", Remedy.of("write `data` before it", Edit.insert(page.span(i).start(), "data ")))) : Optional.empty();
  }
}
