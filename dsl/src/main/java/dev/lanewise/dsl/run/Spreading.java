package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.dsl.meaning.Spread;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.spread.Cluster;
import dev.lanewise.dsl.spread.Crew;
import dev.lanewise.dsl.spread.Errand;
import dev.lanewise.dsl.spread.LostException;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.data.WorldText;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds other processes that take part of the work, keeps the link to them for what follows, and says what they have to know of the script. */
final class Spreading implements AutoCloseable {
  private final Options options;
  private final Workspace workspace;
  private Spread to;
  private Crew crew;

  Spreading(Options options, Workspace workspace) {
    this.options = options;
    this.workspace = workspace;
  }

  /** @throws MistakeException if nobody is there */
  Crew crew(Spread on) {
    try {
      boolean same = crew != null && to.cluster().equals(on.cluster()) && to.address().equals(on.address());
      if (!same) {
        close();
        crew = Cluster.named(on.cluster()).orElseThrow().crew(on.address());
        to = on;
      }
      return crew;
    } catch (LostException e) {
      throw new MistakeException(Code.L146, on.span(), e.getMessage(), e.remedy());
    }
  }

  /** @param at the statement of the script at work @param train whose network and data it is about */
  Errand errand(Span at, CheckedTrain train) {
    List<Source> scripts = workspace.scripts();
    Map<String, Errand.Text> imported = new HashMap<>();
    scripts.forEach(s -> addImports(s, imported));
    return new Errand(
        scripts.stream().map(Errand.Text::of).toList(), imported, at.start(), options.seed().isPresent() ? Long.toString(options.seed().getAsLong()) : "", options.kernels().name(),
        workspace.model(train.net()).world().map(WorldText::of).orElse(""));
  }

  private static void addImports(Source from, Map<String, Errand.Text> all) {
    for (Statement statement : ScriptParser.parse(from).script().statements()) {
      if (statement instanceof Statement.Import i) {
        Path path = new Places(from).of(i.path()).toAbsolutePath().normalize();
        if (!all.containsKey(path.toString())) {
          Source source = read(i, path).within(from.within());
          all.put(path.toString(), Errand.Text.of(source));
          addImports(source, all);
        }
      }
    }
  }

  private static Source read(Statement.Import statement, Path path) {
    try {
      return SourceFile.read(path);
    } catch (SourceFile.Unreadable e) {
      throw new MistakeException(Code.L033, statement.span(), "the file cannot be imported: " + e.getMessage(), "");
    }
  }

  @Override
  public void close() {
    if (crew != null) {
      crew.close();
      crew = null;
    }
  }
}
