package dev.lanewise.dsl.verb.keep;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Signature;
import java.nio.file.Path;
import java.util.Optional;

/** {@code save(Net, "net.safetensors")}. */
public final class SaveVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "save", "writes the parameters of a network, and the script that it was written in, into a file",
        required("net", Thing.NET, "whose parameters are kept"), required("file", new Thing.WeightsName(), "safetensors, as PyTorch reads it"));
  }

  @Override
  public String example() {
    return "save(Mlp, \"mlp.safetensors\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.span(), given.net("net"), given.path("file")));
  }

  private record Of(Span span, CheckedNet net, Path file) implements Deed {
    @Override
    public Result run(Bench bench) {
      Trained trained = bench.trained(net);
      return bench.written(net.name(), span, file, trained::save);
    }
  }
}
