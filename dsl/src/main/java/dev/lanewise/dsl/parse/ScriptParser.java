package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.grammar.NetLexer;
import dev.lanewise.dsl.grammar.NetParser;
import dev.lanewise.dsl.parse.habit.Habits;
import dev.lanewise.dsl.parse.habit.Page;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Script;
import dev.lanewise.dsl.syntax.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/**
 * From text to syntax tree. Any text has a result; what is wrong with it is in the diagnostics. Where it is clear what was meant, the tree is that of what was meant, so that
 * one mistake is told once: nobody runs a script with mistakes.
 *
 * <pre>{@code ScriptParser.parse(new Source("a.net", "net A = input 4 -> dense(2)")).script() }</pre>
 */
public final class ScriptParser {
  private static final Set<Integer> NAMING =
      Set.of(NetLexer.NET, NetLexer.BLOCK, NetLexer.DEF, NetLexer.LAYER, NetLexer.DATA);

  /** More mistakes of a statement are not mended one after the other. */
  private static final int MOST = 8;

  private ScriptParser() {}

  public static Parsed parse(Source source) {
    Mended mended = Mended.nothing(source.text());
    Map<Span, Diagnostic> told = new LinkedHashMap<>();
    LineStarts lines = LineStarts.of(source.text());
    for (int round = 0; ; round++) {
      List<Statement> statements = new ArrayList<>();
      List<Diagnostic> found = new ArrayList<>();
      for (Line line : Lines.of(source, mended)) {
        statements.add(parse(source, line, found));
      }
      Optional<Diagnostic> whole = round > 0 || found.isEmpty() && !Whole.isLikely(source) ? Optional.empty() : Whole.of(source);
      if (whole.isPresent()) {
        return new Parsed(new Script(List.of()), List.of(whole.get()));
      }
      List<Diagnostic> foreign = found.isEmpty() && !Habits.mayHide(mended.text()) || round == MOST ? List.of() : foreign(source, mended);
      Mended read = mended.with(remedies(foreign));
      if (read != mended) {
        // What else is wrong may follow from that.
        foreign.forEach(d -> tell(told, d));
        mended = read;
        continue;
      }
      Set<Integer> before = told.values().stream().map(lines::of).collect(Collectors.toSet());
      foreign.forEach(d -> tell(told, d));
      // What is found in a line after another mistake in it was mended follows from that, if nobody knows how to mend it.
      found.stream().filter(d -> d.remedy().certain() || !before.contains(lines.of(d))).forEach(d -> tell(told, d));
      Mended more = mended.with(remedies(found));
      if (more == mended || round == MOST) {
        return new Parsed(new Script(statements), told.values().stream().sorted(Comparator.comparingInt(d -> d.span().start())).toList());
      }
      mended = more;
    }
  }

  private static List<Remedy> remedies(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(Diagnostic::remedy).filter(Remedy::certain).toList();
  }

  private static void tell(Map<Span, Diagnostic> told, Diagnostic found) {
    told.putIfAbsent(found.span(), found);
  }

  /** In which line of the text a mistake begins. */
  private record LineStarts(int[] starts) {
    static LineStarts of(String text) {
      return new LineStarts(IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').toArray());
    }

    int of(Diagnostic found) {
      int at = Arrays.binarySearch(starts, found.span().start());
      return at < 0 ? -at : at;
    }
  }

  /** What is written as in another language, seen from the text alone, where it was written. */
  private static List<Diagnostic> foreign(Source source, Mended mended) {
    String plain = FullWidth.plain(mended.text());
    return Habits.of(new Page(plain, Lines.tokens(plain))).stream()
        .map(f -> new Diagnostic(source, f.code(), mended.written(f.span()), f.message(), new Remedy(f.remedy().text(), f.remedy().edits().stream().map(mended::written).toList(), f.remedy().certain())))
        .toList();
  }

  /** Whether the prompt should run a text or wait for more of it. */
  public static Completeness completeness(String text) {
    Source source = new Source("prompt", text);
    List<Line> lines = Lines.of(source);
    if (!lines.isEmpty() && lines.getLast().open()) {
      return Completeness.INCOMPLETE;
    }
    List<Diagnostic> diagnostics = new ArrayList<>();
    lines.forEach(l -> parse(source, l, diagnostics));
    return diagnostics.isEmpty() ? Completeness.COMPLETE : Completeness.INVALID;
  }

  private static Statement parse(Source source, Line line, List<Diagnostic> diagnostics) {
    if (!line.problems().isEmpty()) {
      diagnostics.addAll(line.problems());
      return broken(line);
    }
    NetParser parser = parser(line);
    Recovery recovery = new Recovery(source);
    parser.setErrorHandler(recovery);
    NetParser.LineContext tree = parser.line();
    diagnostics.addAll(recovery.diagnostics());
    return tree.exception == null ? TreeBuilder.statement(tree.statement()) : broken(line);
  }

  /** A parser that is ready for the tokens of one line and tells nobody about errors. */
  static NetParser parser(Line line) {
    NetParser parser = new NetParser(new CommonTokenStream(new ListTokenSource(line.tokens())));
    parser.removeErrorListeners();
    return parser;
  }

  private static Statement broken(Line line) {
    List<Token> tokens = line.tokens();
    Token first = tokens.getFirst();
    Optional<Token> name = Optional.empty();
    if (tokens.size() > 1 && NAMING.contains(first.getType()) && tokens.get(1).getType() == NetLexer.IDENTIFIER) {
      name = Optional.of(tokens.get(1));
    } else if (tokens.size() > 1 && first.getType() == NetLexer.IDENTIFIER && tokens.get(1).getType() == NetLexer.ASSIGN) {
      name = Optional.of(first);
    }
    return new Statement.Broken(
        Lines.span(first).to(Lines.span(tokens.get(Math.max(0, tokens.size() - 2)))),
        name.map(t -> new Name(Lines.span(t), t.getText())));
  }
}
