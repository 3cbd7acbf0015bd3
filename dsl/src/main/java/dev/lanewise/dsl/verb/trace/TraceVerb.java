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
import dev.lanewise.dsl.view.walk.ForwardView;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code trace(Net, digits.test.item(3))}. */
public final class TraceVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "trace", "what every layer of a network makes of an example, from the input to the loss; of a small network with every formula",
        required("net", Thing.NET, "that is looked into"), required("example", Thing.EXAMPLES, "such as digits.test.item(3)"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "trace(Xor, corners.test.item(0))";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.TAKES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    return OneExample.forward(given, given.net("net")).map(TraceVerb::of);
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
      return new Result.Shown(ForwardView.of(one.title(c), one.forward(bench, c), one.notes(bench)));
    }
  }
}
