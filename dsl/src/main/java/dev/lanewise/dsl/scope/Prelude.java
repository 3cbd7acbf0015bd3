package dev.lanewise.dsl.scope;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.syntax.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The functions, layers and blocks that every script knows: {@code prelude.net}, written in the language itself. */
public final class Prelude {
  private static final Map<String, Scope.Bound> ALL = read();

  private Prelude() {}

  private static Map<String, Scope.Bound> read() {
    Source source = new Source("prelude.net", text());
    Map<String, Scope.Bound> all = new TreeMap<>();
    for (Statement s : ScriptParser.parse(source).script().statements()) {
      // What a block is made of is what the prelude calls so, whatever a script does.
      Scope.Bound bound = switch (s) {
        case Statement.Function f -> new Scope.Bound(new Definition.Function(f), source, f.name().span());
        case Statement.LayerDefinition l -> new Scope.Bound(new Definition.Layer(l), source, l.name().span());
        case Statement.Block b -> new Scope.Bound(new Definition.Block(b), source, b.name().span(), new Scope());
        default -> throw new IllegalStateException("prelude.net: " + s.span());
      };
      all.put(s.binds().orElseThrow().text(), bound);
    }
    return all;
  }

  /** The script itself. */
  public static String text() {
    try (InputStream in = Prelude.class.getResourceAsStream("prelude.net")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<Scope.Bound> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** Whether it is the prelude that says what a name is. */
  public static boolean holds(Scope.Bound bound) {
    return ALL.containsValue(bound);
  }

  public static Set<String> names() {
    return ALL.keySet();
  }

  /** Those of its names that stand for functions and losses. */
  public static List<Statement.Function> functions() {
    return ALL.values().stream().map(Scope.Bound::definition).filter(Definition.Function.class::isInstance).map(d -> ((Definition.Function) d).function()).toList();
  }

  /** And those that stand for layers. */
  public static List<Statement.LayerDefinition> layers() {
    return ALL.values().stream().map(Scope.Bound::definition).filter(Definition.Layer.class::isInstance).map(d -> ((Definition.Layer) d).layer()).toList();
  }
}
