package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.chart.ChartFile;
import dev.lanewise.dsl.draw.NetChart;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Signature;
import java.nio.file.Path;
import java.util.Optional;

/** {@code show(Net, to = "net.svg")}: blocks as boxes, or open, {@code depth = 1}. */
public final class ShowDrawingVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "a network as boxes and arrows, in a file: a block is one box, or a frame around its layers",
        required("net", Thing.NET, "to be drawn"), required("to", new Thing.Named(Thing.FileName.of(".svg", ".png")), "a file to draw it into"),
        optional("depth", new Thing.Named(new Thing.Count(0)), 0, "so many blocks inside each other are open"));
  }

  @Override
  public String example() {
    return "show(Mlp, to = \"net.svg\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.span(), given.net("net"), given.path("to"), given.whole("depth")));
  }

  private record Of(Span span, CheckedNet net, Path file, int depth) implements Deed {
    @Override
    public Result run(Bench bench) {
      return bench.written(net.name(), span, file, path -> ChartFile.write(new NetChart(bench.now(net), depth, bench.phrases()), path, bench.phrases()));
    }
  }
}
