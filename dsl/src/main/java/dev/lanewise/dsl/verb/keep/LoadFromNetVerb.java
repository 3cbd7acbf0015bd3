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
import java.util.Optional;

/** {@code load(Net, from = Other)}. */
public final class LoadFromNetVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "load", "gives a network the parameters of another that are called as its own",
        required("net", Thing.NET, "whose parameters are replaced"), required("from", new Thing.Named(Thing.NET), "that they come from"));
  }

  @Override
  public String example() {
    return "load(Xor, from = Planes)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    Of of = new Of(given.span(), given.net("net"), given.net("from"), given.losses());
    return Adopting.meets(given, of.net, of.other, "") ? Optional.of(of) : Optional.empty();
  }

  private record Of(Span span, CheckedNet net, CheckedNet other, Given.Losses losses) implements Deed {
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
      Trained from = bench.trained(other);
      return Adopting.adopt(bench, span, net, losses, from.model().tensors(), Adopting.world(from, net), other.name(), "");
    }
  }
}
