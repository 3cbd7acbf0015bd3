package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code classify(Net, "photo.png")}. */
public final class ClassifyVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "classify", "what a network says of an image or a sound of your own, or of all in a folder: made ready as those were that it has learnt from",
        required("net", Thing.NET, "whose answer counts"), required("image", Thing.FileName.of(), "an image, a sound (WAV), or a folder of such"),
        Thing.drawn(".csv", ".png", ".svg"));
  }

  @Override
  public String example() {
    return "classify(Cnn, \"seven.png\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return OwnFile.of(given, "image", TableSettings.PLAIN, true);
  }
}
