package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.OutsideException;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Statement;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads and checks the files that a script imports, each once. */
final class Imports {
  private static final String ENDING = ".net";

  private final Map<Path, Scope> read = new HashMap<>();
  /** What need not be read. */
  private final Map<Path, Source> there;
  private final List<Path> open = new ArrayList<>();

  Imports() {
    this(Map.of());
  }

  /** @param there files that have been read already, by their whole paths */
  Imports(Map<Path, Source> there) {
    this.there = Map.copyOf(there);
  }

  /** The names that a file binds; empty if there is no such file, or it leads back here. */
  Optional<Scope> scope(Statement.Import statement, Source from, Problems problems) {
    Path path;
    try {
      path = resolved(from, statement.path());
    } catch (InvalidPathException e) {
      return problems.report(Code.L033, statement.span(), e instanceof OutsideException ? e.getReason() : "`" + statement.path() + "` is no file name", "");
    }
    Path key = path.toAbsolutePath().normalize();
    boolean self = !from.isPrompt() && Path.of(from.name()).toAbsolutePath().normalize().equals(key);
    if (open.contains(key) || self) {
      List<Path> way = new ArrayList<>(open.subList(Math.max(0, open.indexOf(key)), open.size()));
      way.add(key);
      String names = way.stream().map(p -> p.getFileName().toString()).collect(Collectors.joining(" -> "));
      return problems.report(
          Code.L034, statement.span(), "this file imports itself: " + (self && open.isEmpty() ? "" + key.getFileName() : names),
          "move what both need into a third file");
    }
    if (!read.containsKey(key)) {
      Optional<Source> source = there.containsKey(key) ? Optional.of(there.get(key)) : source(path, statement, problems);
      if (source.isEmpty()) {
        return Optional.empty();
      }
      open.add(key);
      read.put(key, checked(source.get(), problems));
      open.removeLast();
    }
    return Optional.of(read.get(key));
  }

  private static Path resolved(Source from, String path) {
    // What is typed, or comes through a pipe, stands in no folder.
    return new Places(from).of(path);
  }

  private static Optional<Source> source(Path path, Statement.Import statement, Problems problems) {
    try {
      return Optional.of(SourceFile.read(path).within(problems.source().within()));
    } catch (SourceFile.Unreadable e) {
      return problems.report(
          Code.L033, statement.span(), "the file cannot be imported: " + e.getMessage(), ended(path, statement, problems.source()));
    }
  }

  /** With the ending that it lacks, if there is such a file. */
  private static Remedy ended(Path path, Statement.Import statement, Source from) {
    int at = from.text().indexOf("\"" + statement.path() + "\"", statement.span().start());
    boolean there = at >= 0 && Files.isRegularFile(path.resolveSibling(path.getFileName() + ENDING));
    int end = at + 1 + statement.path().length();
    return there
        ? Remedy.of("write \"" + statement.path() + ENDING + "\"", Edit.insert(end, ENDING))
        : Remedy.say("the path counts from this file's folder");
  }

  private Scope checked(Source source, Problems problems) {
    Parsed parsed = ScriptParser.parse(source);
    problems.addAll(parsed.diagnostics());
    Checked checked = Checker.check(source, parsed.script(), new Scope(), this);
    // An expectation is told where it stands, but does not concern whoever imports a block.
    problems.addAll(checked.diagnostics().stream().filter(Diagnostic::isError).toList());
    return checked.scope();
  }
}
