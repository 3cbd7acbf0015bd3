package dev.lanewise.dsl.scope;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.syntax.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The functions and blocks that every script knows: {@code prelude.net}, written in the language itself. */
public final class Prelude {
  private static final Map<String, Scope.Bound> FUNCTIONS = read();

  private Prelude() {}

  private static Map<String, Scope.Bound> read() {
    Source source = new Source("prelude.net", text());
    Map<String, Scope.Bound> functions = new TreeMap<>();
    for (Statement s : ScriptParser.parse(source).script().statements()) {
      switch (s) {
        case Statement.Function f -> functions.put(f.name().text(), new Scope.Bound(new Definition.Function(f), source, f.name().span()));
        // What it is made of is what the prelude calls so, whatever a script does.
        case Statement.Block b -> functions.put(b.name().text(), new Scope.Bound(new Definition.Block(b), source, b.name().span(), new Scope()));
        default -> throw new IllegalStateException("prelude.net: " + s.span());
      }
    }
    return functions;
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
    return Optional.ofNullable(FUNCTIONS.get(name));
  }

  public static Set<String> names() {
    return FUNCTIONS.keySet();
  }
}
