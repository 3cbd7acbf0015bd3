package dev.lanewise.dsl.verb.find;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code search(Clip, emojis, "smiling face")}. */
public final class SearchDataVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "search", "what is nearest to a text, among all examples of some data",
        required("net", Thing.NET, "trained by contrastive(image, text)"), required("data", Thing.DATA, "with texts"),
        required("text", Argument.Type.TEXT, "what is looked for"),
        optional("count", new Thing.Named(Thing.Count.AT_LEAST_ONE), 10, "so many"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "search(Clip, signs, \"red\", count = 2)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.TAKES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Places.fit(given, given.net("net"))
        ? Optional.of(new Search(given.span(), given.at("text"), given.net("net"), given.data("data"), given.word("text"), given.whole("count")))
        : Optional.empty();
  }
}
