package dev.lanewise.dsl.verb.text;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.decode.Choice;
import dev.lanewise.runtime.decode.Continuation;
import dev.lanewise.runtime.decode.KeptScores;
import dev.lanewise.runtime.decode.NextScores;
import dev.lanewise.runtime.decode.WindowScores;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network that goes on with a text: what the forms of {@code generate} have in common.
 *
 * @param at where the network is named
 * @param of where the beginning stands
 * @param stop a text that ends it
 */
record Writing(CheckedNet net, Span at, Span of, String prompt, int count, Choice choice, String stop, int seed) {
  static final Argument COUNT = optional("count", new Thing.Named(Thing.Count.AT_LEAST_ONE), 200, "tokens at most");
  static final Argument TEMPERATURE = optional("temperature", new Thing.Named(Argument.Type.NUMBER), 1.0, "below 1 what is likely is taken more often; 0 takes the likeliest");
  static final Argument TOP = optional("top", new Thing.Named(Argument.Type.INTEGER), 0, "so many of the likeliest tokens alone; 0 for all");
  static final Argument TOP_P = optional("top_p", new Thing.Named(Argument.Type.NUMBER), 1.0, "the likeliest tokens that together have this share");
  static final Argument STOP = optional("stop", new Thing.Named(Argument.Type.TEXT), "", "a text that ends it, and is left out");
  static final Argument SEED = optional("seed", new Thing.Named(Argument.Type.INTEGER), 1, "the same text for the same seed");

  /** Texts that are made at once. */
  private static final int AT_ONCE = 64;
  private static final String LINE = "\n";

  /** What is to be gone on with. @param said the beginning, as it is told @param begin its tokens */
  record Begun(Continuation continuation, String said, int[] begin) {}

  /** Empty, and reported, if it is none. */
  static Optional<Writing> of(Given given) {
    CheckedNet net = given.net("net");
    if (!goesOn(net)) {
      return given.problems().report(
          Code.L112, given.at("net"), net.name() + " takes " + net.takes() + " and gives " + net.output() + ": what goes on with a text takes tokens, `64 of 65`, and gives a score for each at each place, 65x64",
          "begin with `input data` of text or lines, and end with a channel for each token");
    }
    try {
      Choice choice = new Choice(given.number("temperature"), given.whole("top"), given.number("top_p"));
      return Optional.of(new Writing(net, given.at("net"), given.at("prompt"), given.word("prompt"), given.whole("count"), choice, given.word("stop"), given.whole("seed")));
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

  /** @param times texts that are to be made */
  Begun begun(Bench bench, int times) {
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
    return new Begun(new Continuation(vocabulary, scores, choice, count, stop, whole), vocabulary.text(asked), begin);
  }

  /** A text of its own begins with a mark. A stretch of a long one that nobody has begun begins behind a line. */
  private static int[] begin(Vocabulary vocabulary, int[] asked, boolean whole) {
    if (whole) {
      return IntStream.concat(vocabulary.number(Vocabulary.BEGIN).stream(), IntStream.of(asked)).toArray();
    }
    return asked.length > 0 ? asked : new int[] {vocabulary.number(LINE).orElse(0)};
  }
}
