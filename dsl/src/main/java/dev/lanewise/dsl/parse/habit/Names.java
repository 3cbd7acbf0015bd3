package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names that are none here: with a dash or a blank in them, in quotes, or a word of the language. */
final class Names implements Custom {
  private static final Set<Integer> NAMING = Set.of(NET, BLOCK, DEF, LAYER, DATA);
  private static final Set<Integer> BEHIND = Set.of(ASSIGN, OPEN, LEFT, COLON);
  private static final Set<Integer> USES = Set.of(TRAIN, ON, LEFT, COMMA, SWEEP, AGAINST, ARROW);

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i < page.size() && found.size() < 20; i++) {
      if (page.is(i, NAMING) && page.isTopLevel(i) && page.startsStatement(i)) {
        name(page, i).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Foreign> name(Page page, int i) {
    int end = i + 1;
    while (page.touch(end) && (page.is(end + 1, MINUS) && page.touch(end + 1) || page.is(end, MINUS))) {
      end++;
    }
    if (page.is(i + 1, IDENTIFIER) && end > i + 1 && page.is(end + 1, BEHIND)) {
      return Optional.of(joined(page, i + 1, end, "a name has no dash in it"));
    }
    if (page.is(i + 1, STRING) && page.is(i + 2, BEHIND) && page.text(i + 1).matches("\"[\\p{L}_][\\p{L}\\p{N}_ -]*\"")) {
      String right = page.text(i + 1).substring(1, page.text(i + 1).length() - 1).replaceAll("[ -]+", "_");
      return Optional.of(new Foreign(page.span(i + 1), "a name stands without quotes", Remedy.write(page.span(i + 1), right)));
    }
    if (page.is(i, Set.of(NET, BLOCK, LAYER, DATA)) && page.isWord(i + 1) && page.isWord(i + 2) && page.is(i + 3, BEHIND) && !page.is(i + 2, INPUT) && page.last(i) >= i + 3) {
      return Optional.of(joined(page, i + 1, i + 2, "a name has no blank in it"));
    }
    boolean word = page.isWord(i + 1) && !page.is(i + 1, Set.of(IDENTIFIER, OF, PADDED, AGAINST, STATE)) && page.is(i + 2, BEHIND);
    return word ? Optional.of(keyword(page, i)) : Optional.empty();
  }

  /** With an underscore wherever the same stands. */
  private static Foreign joined(Page page, int from, int to, String message) {
    String written = page.text(page.span(from, to));
    String right = written.replaceAll("[\\s-]+", "_");
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i + to - from < page.size() && edits.size() < 1000; i++) {
      if (page.is(i, page.text(from)) && page.text(page.span(i, i + to - from)).equals(written)) {
        edits.add(new Edit(page.span(i, i + to - from), right));
      }
    }
    return new Foreign(page.span(from, to), message, new Remedy("write `" + right + "`", edits, true));
  }

  /** A word of the language becomes a name of its own, wherever it cannot be that word. */
  private static Foreign keyword(Page page, int i) {
    String word = page.text(i + 1);
    String right = page.is(i, DATA) ? word + "_data" : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    List<Edit> edits = new ArrayList<>();
    edits.add(new Edit(page.span(i + 1), right));
    for (int k = i + 2; k < page.size() && edits.size() < 1000; k++) {
      boolean used = page.is(k, word) && page.is(k - 1, USES) && !page.is(k + 1, ASSIGN) && page.head(k) != page.head(i) && !(page.is(k, Set.of(IN, INPUT)));
      if (used) {
        edits.add(new Edit(page.span(k), right));
      }
    }
    return new Foreign(page.span(i + 1), "`" + word + "` is a word of the language, and no name", new Remedy("write `" + right + "`", edits, true));
  }
}
