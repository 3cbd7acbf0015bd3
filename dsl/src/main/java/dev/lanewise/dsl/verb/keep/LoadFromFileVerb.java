package dev.lanewise.dsl.verb.keep;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Place;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.file.Safetensors;
import java.util.Optional;

/** {@code load(Net, from = "other.safetensors")}. */
public final class LoadFromFileVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "load", "the same of a file, which may have other parameters too",
        required("net", Thing.NET, "whose parameters are replaced"), required("from", new Thing.Named(Thing.FileName.of()), "that they come from"));
  }

  @Override
  public String example() {
    return "load(Mlp, from = \"mlp.safetensors\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.span(), given.net("net"), given.place("from"), given.losses()));
  }

  private record Of(Span span, CheckedNet net, Place file, Given.Losses losses) implements Deed {
    @Override
    public Optional<CheckedNet> reads() {
      return Optional.of(net);
    }

    @Override
    public boolean looks() {
      return false;
    }

    @Override
    public Result run(Bench bench) {
      Safetensors.Content content = Reading.content(span, file);
      return Adopting.adopt(bench, span, net, losses, content.tensors(), Reading.world(span, net, content), file.path().toString(), "");
    }
  }
}
