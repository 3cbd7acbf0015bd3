package dev.lanewise.dsl.session;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Scope;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is found in a script that is looked at alone.
 *
 * @param diagnostics what is wrong with it
 * @param networks that it defines; those with mistakes are not among them
 */
public record Checkup(List<Diagnostic> diagnostics, List<CheckedNet> networks) {
  public Checkup {
    diagnostics = List.copyOf(diagnostics);
    networks = List.copyOf(networks);
  }

  public static Checkup of(Source source) {
    Parsed parsed = ScriptParser.parse(source);
    Checked checked = Checker.check(source, parsed.script(), new Scope());
    List<CheckedNet> networks = checked.actions().stream().filter(Action.DefineNet.class::isInstance).map(a -> ((Action.DefineNet) a).net()).toList();
    return new Checkup(Session.sorted(source, parsed, checked), networks);
  }

  /** The names that a text binds as far as it goes, be it finished or not. */
  public static Scope scope(Source source) {
    return Checker.check(source, ScriptParser.parse(source).script(), new Scope()).scope();
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  /** What the last layer of each line gives, by the line, from 1 on. Of a block that is used several times, what it gives last. */
  public SortedMap<Integer, String> shapes(Source source) {
    SortedMap<Integer, String> shapes = new TreeMap<>();
    for (CheckedNet net : networks) {
      if (net.at().source().equals(source)) {
        shapes.put(source.position(net.at().span().start()).line(), net.input().toString());
      }
      net.layers().stream().filter(l -> l.source().equals(source))
          .forEach(l -> shapes.put(source.position(l.span().start()).line(), l.output().toString()));
    }
    return shapes;
  }
}
