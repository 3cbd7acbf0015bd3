package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code gradcheck(conv(8, 3))}: a layer or block in a small network around it. */
public final class GradcheckLayerVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "gradcheck", "the same of a layer or block, in a small network around it", required("layer", Thing.LAYER, "with its arguments"));
  }

  @Override
  public String example() {
    return "gradcheck(conv(8, 3))";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return GradcheckNetVerb.of(given, given.net("layer"));
  }
}
