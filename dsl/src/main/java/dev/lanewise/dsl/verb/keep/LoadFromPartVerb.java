package dev.lanewise.dsl.verb.keep;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Part;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code load(Net, from = Other.enc)}. */
public final class LoadFromPartVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "load", "the same of a layer or block of another network alone",
        required("net", Thing.NET, "whose parameters are replaced"), required("from", new Thing.Named(Thing.PART), "that they come from"));
  }

  @Override
  public String example() {
    return "load(Xor, from = Planes.dense1)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    Of of = new Of(given.span(), given.net("net"), given.part("from"), given.losses());
    return Adopting.meets(given, of.net, of.other.net(), of.other.name()) ? Optional.of(of) : Optional.empty();
  }

  private record Of(Span span, CheckedNet net, Part other, Given.Losses losses) implements Deed {
    @Override
    public boolean looks() {
      return false;
    }

    @Override
    public Result run(Bench bench) {
      Trained from = bench.trained(other.net());
      return Adopting.adopt(bench, span, net, losses, from.model().tensors(), Adopting.world(from, net), other.net().name(), other.name());
    }
  }
}
