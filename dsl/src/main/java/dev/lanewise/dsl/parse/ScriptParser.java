package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.grammar.NetLexer;
import dev.lanewise.dsl.grammar.NetParser;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Script;
import dev.lanewise.dsl.syntax.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    List<Diagnostic> told = new ArrayList<>();
    for (int round = 0; ; round++) {
      List<Statement> statements = new ArrayList<>();
      List<Diagnostic> found = new ArrayList<>();
      for (Line line : Lines.of(source, mended)) {
        statements.add(parse(source, line, found));
      }
      Optional<Diagnostic> whole = round > 0 || found.isEmpty() ? Optional.empty() : Whole.of(source);
      if (whole.isPresent()) {
        return new Parsed(new Script(List.of()), List.of(whole.get()));
      }
      List<Diagnostic> before = List.copyOf(told);
      found.stream().filter(d -> before.stream().noneMatch(t -> follows(d, t))).forEach(told::add);
      Mended more = mended.with(found.stream().map(Diagnostic::remedy).filter(Remedy::certain).flatMap(r -> r.edits().stream()).toList());
      if (more == mended || round == MOST) {
        told.sort(Comparator.comparingInt(d -> d.span().start()));
        return new Parsed(new Script(statements), told);
      }
      mended = more;
    }
  }

  /** Whether a mistake that is found after another was mended is the same, or follows from that: in the same line of text, and nobody knows how to mend it. */
  private static boolean follows(Diagnostic later, Diagnostic told) {
    Source source = later.source();
    boolean sameLine = source.position(later.span().start()).line() == source.position(told.span().start()).line();
    return later.span().equals(told.span()) || sameLine && !later.remedy().certain();
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
