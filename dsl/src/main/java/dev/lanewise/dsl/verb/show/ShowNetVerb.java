package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.NetTable;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code show(Net)}. */
public final class ShowNetVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of("show", "the layers of a network, with shapes and parameters", required("net", Thing.NET, "to be shown"));
  }

  @Override
  public String example() {
    return "show(Mlp)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.net("net")));
  }

  private record Of(CheckedNet net) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      return new Result.Shown(NetTable.of(bench.now(net)));
    }
  }
}
