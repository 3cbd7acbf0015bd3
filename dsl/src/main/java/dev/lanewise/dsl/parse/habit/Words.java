package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words that other languages begin a statement with: {@code let}, {@code int}, {@code function}, {@code return}, {@code new}, {@code elif}, {@code assert}. */
final class Words implements Custom {
  /** Before a name that is bound. */
  private static final Set<String> BINDING =
      Set.of("let", "var", "const", "int", "float", "double", "auto", "val", "string", "bool", "boolean", "mut", "final", "local", "set", "long", "static", "my", "number", "public", "private");

  /** What the word is here. */
  private static final Map<String, String> OTHERWISE =
      Map.ofEntries(
          Map.entry("function", "def"), Map.entry("func", "def"), Map.entry("fn", "def"), Map.entry("fun", "def"), Map.entry("define", "def"), Map.entry("lambda", "def"),
          Map.entry("elif", "else if"), Map.entry("elseif", "else if"), Map.entry("elsif", "else if"), Map.entry("assert", "expect"), Map.entry("require", "expect"), Map.entry("ensure", "expect"),
          Map.entry("dataset", "data"), Map.entry("dataloader", "data"), Map.entry("network", "net"), Map.entry("model", "net"), Map.entry("module", "block"), Map.entry("class", "block"),
          Map.entry("fit", "train"), Map.entry("learn", "train"), Map.entry("grid", "sweep"), Map.entry("search", "sweep"));

  @Override
  public List<Foreign> seen(Page page) {
    return page.indices().filter(page::isWord).mapToObj(i -> word(page, i)).flatMap(Optional::stream).toList();
  }

  private static Optional<Foreign> word(Page page, int i) {
    String word = page.text(i);
    if (!page.is(i, IDENTIFIER)) {
      return Optional.empty();
    }
    if (word.equals("new") && page.is(i + 1, IDENTIFIER) && !page.startsLine(i)) {
      return Optional.of(without(page, i, "`new` is not needed: a call makes what it names"));
    }
    if (!page.startsStatement(i) || !goesOn(page, i)) {
      return Optional.empty();
    }
    if (word.equals("return") || word.equals("yield")) {
      return Optional.of(returned(page, i));
    }
    int name = i;
    while (page.isWord(name) && BINDING.contains(page.text(name))) {
      name++;
    }
    if (name > i && page.isWord(name) && (page.is(name + 1, Set.of(ASSIGN, COLON)) || page.is(name, Set.of(NET, BLOCK, DEF, DATA)))) {
      Span span = new Span(page.span(i).start(), page.span(name).start());
      return Optional.of(new Foreign(page.span(i, name - 1), "a name is bound without a word before it: `width = 9`", Remedy.of("leave it out", Edit.remove(span))));
    }
    return otherwise(page, i);
  }

  private static Optional<Foreign> otherwise(Page page, int i) {
    String right = OTHERWISE.get(page.text(i));
    return right == null ? Optional.empty()
        : Optional.of(new Foreign(page.span(i), "`" + page.text(i) + "` is written `" + right + "` here", Remedy.write(page.span(i), right)));
  }

  /** Whether it is followed by something on its line that no name is followed by. */
  private static boolean goesOn(Page page, int i) {
    return page.last(i) > i && (page.isWord(i + 1) || page.is(i + 1, Set.of(NUMBER, STRING, SHAPE, MINUS)) || page.is(i + 1, LEFT) && page.is(i, "return"));
  }

  /** What is returned is {@code out} in a layer, and the last line of a function. */
  private static Foreign returned(Page page, int i) {
    if (page.head(i) == LAYER) {
      return new Foreign(page.span(i), "what a layer gives is `out`", Remedy.write(page.span(i), "out ="));
    }
    return without(page, i, "there is no `return`: the last line of a function is its value");
  }

  private static Foreign without(Page page, int i, String message) {
    return new Foreign(page.span(i), message, Remedy.of("leave it out", Edit.remove(new Span(page.span(i).start(), page.span(i + 1).start()))));
  }
}
