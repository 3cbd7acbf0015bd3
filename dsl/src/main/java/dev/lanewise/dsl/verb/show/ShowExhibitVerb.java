package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code show(predict(Net, digits.test.item(7)))}: what is shown anyway. */
public final class ShowExhibitVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "what another call shows", required("what", Thing.EXHIBIT, "such as predict(Net, digits.test.item(7))"),
        Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "show(predict(Mlp, digits.test.item(7)))";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(given.deed("what"));
  }
}
