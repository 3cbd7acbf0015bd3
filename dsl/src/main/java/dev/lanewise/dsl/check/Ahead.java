package dev.lanewise.dsl.check;

import dev.lanewise.dsl.check.data.DataStatements;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Script;
import dev.lanewise.dsl.syntax.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What statements further down tell of what a network is for. Only a mistake asks, so that data is looked at twice only then.
 *
 * @param found by the network; what is being asked for is not asked for again
 */
record Ahead(Source source, Script script, Scope scope, Map<String, Optional<CheckedData>> found) {
  Ahead(Source source, Script script, Scope scope) {
    this(source, script, scope, new HashMap<>());
  }

  /** The data that a network is trained on first. */
  Optional<CheckedData> data(String net) {
    if (!found.containsKey(net)) {
      found.put(net, Optional.empty());
      found.put(net, script.statements().stream()
          .filter(s -> s instanceof Statement.Train t && t.net().dotted().filter(net::equals).isPresent())
          .findFirst().flatMap(s -> ((Statement.Train) s).data().dotted()).flatMap(this::named));
    }
    return found.get(net);
  }

  private Optional<CheckedData> named(String data) {
    if (scope.find(data).isPresent()) {
      return scope.find(data).flatMap(b -> b.definition() instanceof Definition.Data(CheckedData d) ? Optional.of(d) : Optional.empty());
    }
    Problems unread = new Problems(source);
    return script.statements().stream().filter(s -> s instanceof Statement.Data d && d.name().text().equals(data)).findFirst()
        .flatMap(s -> new DataStatements(new Formulas(scope, Map.of(), unread), unread).check((Statement.Data) s));
  }
}
