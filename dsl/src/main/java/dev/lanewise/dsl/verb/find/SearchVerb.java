package dev.lanewise.dsl.verb.find;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code search(Clip, "smiling face")}, among the examples that the network was trained on. */
public final class SearchVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "search", "what is nearest to a text, among all examples of the data that a network was trained on",
        required("net", Thing.NET, "trained by contrastive(image, text)"), required("text", Argument.Type.TEXT, "what is looked for"),
        optional("count", new Thing.Named(Thing.Count.AT_LEAST_ONE), 10, "so many"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "search(Clip, \"red\", count = 2)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedNet net = given.net("net");
    Optional<CheckedData> data = given.losses().training(net).map(CheckedTrain::data);
    if (data.isEmpty()) {
      return given.problems().report(
          Code.L099, given.span(), "it is not said among what is searched, and " + net.name() + " has been trained on nothing here",
          "name the data: search(" + net.name() + ", emojis, \"…\")");
    }
    return Places.fit(given, net)
        ? Optional.of(new Search(given.span(), given.at("text"), net, data.get(), given.word("text"), given.whole("count")))
        : Optional.empty();
  }
}
