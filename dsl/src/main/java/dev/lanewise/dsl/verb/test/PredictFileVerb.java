package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.TableSigns;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code predict(Net, "unlabelled.csv", to = "answers.csv")}. */
public final class PredictFileVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "predict", "what a network says of the rows of a table of your own, or of images or sounds, of which nobody knows the answer",
        required("net", Thing.NET, "whose answers count"),
        required("file", Thing.FileName.of(), "a table, .csv, with the columns that it has learnt from; an image; a sound; or a folder of such"),
        Thing.drawn(".csv", ".png", ".svg"), TableSigns.DECIMAL, TableSigns.SEPARATOR);
  }

  @Override
  public String example() {
    return "predict(Flowers, \"flowers.csv\", to = \"answers.csv\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    try {
      return OwnFile.of(given, "file", TableSigns.settings(given.word("decimal"), given.word("separator")), false);
    } catch (IllegalArgumentException e) {
      return given.problems().report(Code.L015, given.span(), "predict: " + e.getMessage(), "");
    }
  }
}
