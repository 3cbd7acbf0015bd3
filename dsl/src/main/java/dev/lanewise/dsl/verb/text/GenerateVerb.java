package dev.lanewise.dsl.verb.text;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.StoppedException;
import java.util.Optional;

/** {@code generate(Gpt, "ROMEO:", count = 500, temperature = 0.8, top = 40, seed = 1)}. */
public final class GenerateVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "generate", "goes on with a text, token by token",
        required("net", Thing.NET, "that has learnt from text or lines, with a score for each token at each place"), required("prompt", Argument.Type.TEXT, "how the text begins"),
        Writing.COUNT, Writing.TEMPERATURE, Writing.TOP, Writing.TOP_P, Writing.STOP, optional("times", new Thing.Named(Thing.Count.AT_LEAST_ONE), 1, "so many texts"), Writing.SEED);
  }

  @Override
  public String example() {
    return "generate(Names, \"el\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Writing.of(given).map(w -> new Of(w, given.whole("times")));
  }

  private record Of(Writing writing, int times) implements Deed {
    @Override
    public Result run(Bench bench) {
      Writing.Begun begun = writing.begun(bench, times);
      if (times > 1) {
        begun.continuation().several(begun.begin(), writing.seed(), times).forEach(t -> bench.spoken(begun.said() + t, true));
        return new Result.Spoken();
      }
      bench.spoken(begun.said(), false);
      try {
        begun.continuation().of(begun.begin(), writing.seed(), piece -> bench.spoken(piece, false));
      } catch (StoppedException e) {
        bench.spoken("", true);
        throw e;
      }
      bench.spoken("", true);
      return new Result.Spoken();
    }
  }
}
