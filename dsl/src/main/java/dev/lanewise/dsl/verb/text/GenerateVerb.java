package dev.lanewise.dsl.verb.text;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.decode.Choice;
import dev.lanewise.runtime.decode.Continuation;
import dev.lanewise.runtime.decode.KeptScores;
import dev.lanewise.runtime.decode.NextScores;
import dev.lanewise.runtime.decode.WindowScores;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.StoppedException;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code generate(Gpt, "ROMEO:", count = 500, temperature = 0.8, top = 40, seed = 1)}. */
public final class GenerateVerb implements Verb {
  /** Texts that are made at once. */
  private static final int AT_ONCE = 64;
  private static final String LINE = "\n";

  @Override
  public Signature signature() {
    return Signature.of(
        "generate", "goes on with a text, token by token",
        required("net", Thing.NET, "that has learnt from text or lines, with a score for each token at each place"), required("prompt", Argument.Type.TEXT, "how the text begins"),
        optional("count", new Thing.Named(Thing.Count.AT_LEAST_ONE), 200, "tokens at most"),
        optional("temperature", new Thing.Named(Argument.Type.NUMBER), 1.0, "below 1 what is likely is taken more often; 0 takes the likeliest"),
        optional("top", new Thing.Named(Argument.Type.INTEGER), 0, "so many of the likeliest tokens alone; 0 for all"),
        optional("top_p", new Thing.Named(Argument.Type.NUMBER), 1.0, "the likeliest tokens that together have this share"),
        optional("stop", new Thing.Named(Argument.Type.TEXT), "", "a text that ends it, and is left out"),
        optional("times", new Thing.Named(Thing.Count.AT_LEAST_ONE), 1, "so many texts"),
        optional("seed", new Thing.Named(Argument.Type.INTEGER), 1, "the same text for the same seed"));
  }

  @Override
  public String example() {
    return "generate(Names, \"el\", count = 10, temperature = 0.8)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedNet net = given.net("net");
    if (!goesOn(net)) {
      return given.problems().report(
          Code.L112, given.at("net"), net.name() + " takes " + net.takes() + " and gives " + net.output() + ": what goes on with a text takes tokens, `64 of 65`, and gives a score for each at each place, 65x64",
          "begin with `input data` of text or lines, and end with a channel for each token");
    }
    try {
      Choice choice = new Choice(given.number("temperature"), given.whole("top"), given.number("top_p"));
      return Optional.of(new Of(net, given.at("net"), given.at("prompt"), given.word("prompt"), given.whole("count"), choice, given.word("stop"), given.whole("times"), given.whole("seed")));
    } catch (IllegalArgumentException e) {
      return given.problems().report(Code.L015, given.span(), "generate: " + e.getMessage(), "");
    }
  }

  private static boolean goesOn(CheckedNet net) {
    Field input = net.first();
    Shape output = net.output();
    return net.inputs().size() == 1 && input.isWhole() && input.shape().isFlat() && output.isSequence() && output.channels() >= input.bound()
        && output.size() / output.channels() == input.shape().size();
  }

  private record Of(CheckedNet net, Span at, Span of, String prompt, int count, Choice choice, String stop, int times, int seed) implements Deed {
    @Override
    public Result run(Bench bench) {
      World world = bench.trained(net).world().filter(w -> w.vocabulary().isPresent())
          .orElseThrow(() -> new MistakeException(Code.L112, at, net.name() + " has not learnt from texts: it is not known what its tokens stand for", "train it on text(…) or lines(…), or load a file that `save` has written after that"));
      Vocabulary vocabulary = world.vocabulary().orElseThrow();
      boolean whole = world.parts().getFirst().field().padded();
      int[] asked = prompt.isEmpty() ? new int[0] : Asking.tokens(bench, of, net, vocabulary, prompt);
      int[] begin = begin(vocabulary, asked, whole);
      if (whole && begin.length > net.input().size()) {
        throw new MistakeException(Code.L110, of, "the text has " + begin.length + " tokens, but " + net.name() + " knows none longer than " + net.input().size(), "write a shorter one");
      }
      WindowScores window = WindowScores.of(bench.engine(), bench.trained(net).model(), net.first(), Math.min(times, AT_ONCE));
      NextScores scores = KeptScores.of(bench.trained(net).model(), window).orElse(window);
      Continuation continuation = new Continuation(vocabulary, scores, choice, count, stop, whole);
      String said = vocabulary.text(asked);
      if (times > 1) {
        continuation.several(begin, seed, times).forEach(t -> bench.spoken(said + t, true));
        return new Result.Spoken();
      }
      bench.spoken(said, false);
      try {
        continuation.of(begin, seed, piece -> bench.spoken(piece, false));
      } catch (StoppedException e) {
        bench.spoken("", true);
        throw e;
      }
      bench.spoken("", true);
      return new Result.Spoken();
    }

    /** A text of its own begins with a mark. A stretch of a long one that nobody has begun begins behind a line. */
    private static int[] begin(Vocabulary vocabulary, int[] asked, boolean whole) {
      if (whole) {
        return IntStream.concat(vocabulary.number(Vocabulary.BEGIN).stream(), IntStream.of(asked)).toArray();
      }
      return asked.length > 0 ? asked : new int[] {vocabulary.number(LINE).orElse(0)};
    }
  }
}
