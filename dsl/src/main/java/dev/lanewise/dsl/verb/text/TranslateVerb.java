package dev.lanewise.dsl.verb.text;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code translate(Net, "I am here.", beam = 4)}. */
public final class TranslateVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "translate", "makes a text of another one, token by token",
        required("net", Thing.NET, "that has learnt from pairs, or their like"), required("text", Argument.Type.TEXT, "that is given"),
        optional("beam", new Thing.Named(Thing.Count.AT_LEAST_ONE), 1, "so many texts are gone on with, and that is taken whose tokens are the likeliest on average; 1 takes the likeliest token each time"));
  }

  @Override
  public String example() {
    return "translate(Adds, \"1+2\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Translating.of(given, given.net("net")).flatMap(t -> t.isOfText() ? Optional.of(new Of(t, given.at("text"), given.word("text"))) : given.problems().report(
        Code.L105, given.at("text"), t.net().name() + " makes texts of `" + t.source().name() + " " + t.source().kind() + "`, not of a text",
        "name examples, such as translate(" + t.net().name() + ", data.test.batch(0, size = 4))"));
  }

  private record Of(Translating translating, Span of, String text) implements Deed {
    @Override
    public Result run(Bench bench) {
      bench.spoken(translating.of(bench, List.of(translating.source(bench, of, text))).getFirst(), true);
      return new Result.Spoken();
    }
  }
}
