package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.chart.ChartFile;
import dev.lanewise.dsl.draw.Svg;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.TextFile;
import dev.lanewise.runtime.signature.Signature;
import java.nio.file.Path;
import java.util.Optional;

/** {@code show(Net, to = "net.svg")}. */
public final class ShowDrawingVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "a network as boxes and arrows, in a file",
        required("net", Thing.NET, "to be drawn"), required("to", new Thing.Named(Thing.FileName.of(".svg")), "a file to draw it into"));
  }

  @Override
  public String example() {
    return "show(Mlp, to = \"net.svg\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.span(), given.net("net"), given.path("to")));
  }

  private record Of(Span span, CheckedNet net, Path file) implements Deed {
    @Override
    public Result run(Bench bench) {
      return bench.written(net.name(), span, file, path -> TextFile.write(path, ChartFile.SVG, Svg.of(bench.now(net), bench.phrases())));
    }
  }
}
