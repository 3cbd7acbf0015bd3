package dev.lanewise.dsl.verb.trace;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.walk.BackwardView;
import dev.lanewise.dsl.view.walk.Looked;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code backward(Net, digits.test.item(3))}. */
public final class BackwardVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "backward", "how the loss of an example changes with every layer of a network and every parameter, from the loss back to the input; of a small network by the chain rule with its numbers",
        required("net", Thing.NET, "that is looked into"), required("example", Thing.EXAMPLES, "such as digits.test.item(3)"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "backward(Xor, corners.test.item(0))";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.FITS);
  }

  @Override
  public Optional<Deed> check(Given given) {
    return OneExample.backward(given, given.net("net")).map(BackwardVerb::of);
  }

  static Deed of(OneExample one) {
    return new Of(one);
  }

  private record Of(OneExample one) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Chosen c = one.chosen(bench);
      Looked looked = one.backward(bench, c);
      List<String> notes = one.notes(bench);
      return new Result.Shown(bench.waiting(() -> BackwardView.of(one.title(c), looked, notes)));
    }
  }
}
