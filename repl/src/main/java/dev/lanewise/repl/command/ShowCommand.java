package dev.lanewise.repl.command;

import dev.lanewise.dsl.chart.ChartFile;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import dev.lanewise.dsl.draw.GraphText;
import dev.lanewise.dsl.draw.NetChart;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.view.NetTable;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.text.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise show FILE --as svg}. */
@Command(
    name = "show",
    description = "Show the networks of a script, with their shapes, without running it.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise show samples/mnist-cnn.net",
      "  lanewise show samples/mnist-cnn.net --as svg > cnn.svg",
      "  lanewise show samples/mnist-cnn.net --as dot | dot -Tpdf > cnn.pdf"
    })
final class ShowCommand implements Callable<Integer> {
  /** How a network can be shown. */
  enum Form {
    TABLE,
    DOT,
    MERMAID,
    SVG
  }

  private final LanewiseCommand lanewise;

  @Parameters(paramLabel = "FILE", description = "The script.")
  private Path file;

  @Option(names = "--as", paramLabel = "FORM", description = "table (default), dot, mermaid or svg.")
  private Form form = Form.TABLE;

  @Option(names = "--net", paramLabel = "NAME", description = "Show this network alone. As svg, the last one is shown by default.")
  private String name;

  @Option(names = "--depth", paramLabel = "N", description = "Of a drawing: so many blocks inside each other are open; 0 by default.")
  private int depth;

  ShowCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() throws IOException {
    Renderer renderer = Renderers.of(lanewise.console(), lanewise.json(), Window.NONE);
    return ScriptFile.with(() -> SourceFile.read(file), renderer, source -> show(source, renderer));
  }

  private Outcome show(Source source, Renderer renderer) {
    List<Diagnostic> diagnostics;
    List<CheckedNet> nets;
    try (Session session = new Session(lanewise.options(), renderer)) {
      diagnostics = session.check(source);
      nets = session.networks(source);
    }
    diagnostics.forEach(d -> renderer.on(new SessionEvent.Diagnosed(d)));
    if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
      return Outcome.MISTAKE;
    }
    List<CheckedNet> wanted = nets.stream().filter(n -> name == null || n.name().equals(name)).toList();
    if (wanted.isEmpty()) {
      renderer.problem(source.name() + " defines no network" + (name == null ? "" : " called " + name));
      return Outcome.MISTAKE;
    }
    // A file holds one picture.
    List<CheckedNet> shown = form == Form.SVG ? List.of(wanted.getLast()) : wanted;
    shown.forEach(net -> show(net, renderer));
    return Outcome.OK;
  }

  private Phrases phrases() {
    return lanewise.console().voice().phrases();
  }

  private void show(CheckedNet net, Renderer renderer) {
    switch (form) {
      case TABLE -> renderer.on(new SessionEvent.Shown(NetTable.of(net)));
      case DOT -> lanewise.console().out().print(GraphText.dot(net, depth, phrases()));
      case MERMAID -> lanewise.console().out().print(GraphText.mermaid(net, depth, phrases()));
      case SVG -> lanewise.console().out().print(ChartFile.svg(new NetChart(net, depth, phrases()), phrases()));
    }
  }
}
