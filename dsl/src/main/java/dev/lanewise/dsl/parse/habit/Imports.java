package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.COMMENT;
import static dev.lanewise.dsl.grammar.NetLexer.IDENTIFIER;
import static dev.lanewise.dsl.grammar.NetLexer.IMPORT;

import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that are read in: {@code import parts as p}, {@code from parts import Unit}, {@code include "parts.net"}, {@code #include "parts.net"}. */
final class Imports implements Custom {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:import|#[ \\t]*include|include|use|using|from)\\s*\\(?[ \\t]*(?:<(?<b>[\\w./-]+)>|\"(?<c>[\\w./ -]+)\"|(?<a>[\\p{L}\\w./]+))\\s*?\\)?(?<names>[ \\t]+import[ \\t]+[\\w*, \\t]+?)?"
              + "(?<as>[ \\t]+as[ \\t]+\\w+)?(?=[ \\t]*(?:[;#\\n\\r]|$))");

  @Override
  public List<Foreign> seen(Page page) {
    Matcher matcher = FORM.matcher(page.text());
    return page.indices()
        .filter(i -> page.isTopLevel(i) && page.startsStatement(i) && (page.is(i, IMPORT) || page.is(i, IDENTIFIER) || page.is(i, COMMENT)) && (page.last(i) > i || page.is(i, COMMENT)))
        .mapToObj(i -> imported(page, i, matcher)).flatMap(Optional::stream).toList();
  }

  private static Optional<Foreign> imported(Page page, int i, Matcher matcher) {
    if (!matcher.region(page.span(i).start(), page.text().length()).lookingAt()) {
      return Optional.empty();
    }
    String file = matcher.group("a") != null ? matcher.group("a").replace('.', '/').replaceFirst("/net$", "") : matcher.group("b") != null ? matcher.group("b") : matcher.group("c");
    String right = "import \"" + file + (file.endsWith(".net") ? "" : ".net") + "\"" + (matcher.group("as") == null ? "" : matcher.group("as"));
    Span span = new Span(matcher.start(), matcher.end());
    boolean same = matcher.group("c") != null && page.is(i, IMPORT) && matcher.group("names") == null;
    return same ? Optional.empty() : Optional.of(new Foreign(span, "a file is imported by its path, in double quotes", Remedy.write(span, right)));
  }
}
