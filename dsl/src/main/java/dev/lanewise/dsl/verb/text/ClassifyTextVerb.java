package dev.lanewise.dsl.verb.text;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.Outputs;
import dev.lanewise.dsl.view.Said;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code classify(Mood, text = "The soup was cold.")}. */
public final class ClassifyTextVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "classify", "what a network says of a text of your own: cut as those were that it has learnt from",
        required("net", Thing.NET, "whose answer counts"), required("text", new Thing.Named(Argument.Type.TEXT), "that it is asked about"));
  }

  @Override
  public String example() {
    return "classify(Mood, text = \"the soup was cold\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedNet net = given.net("net");
    if (net.inputs().size() > 1 || !net.first().isWhole() || !net.input().isFlat()) {
      return given.problems().report(Code.L112, given.at("net"), net.name() + " takes " + net.takes() + ", and a text is a row of tokens", "begin it with `input data` of texts");
    }
    return given.loss(net).map(loss -> new Of(net, given.at("net"), given.at("text"), given.word("text"), loss));
  }

  private record Of(CheckedNet net, Span at, Span of, String text, Computation loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Trained trained = bench.trained(net);
      Vocabulary vocabulary = trained.world().flatMap(w -> w.vocabulary())
          .orElseThrow(() -> new MistakeException(Code.L112, at, net.name() + " has not learnt from texts: it is not known what its tokens stand for", "train it on texts(…), or load a file that `save` has written after that"));
      float[] tokens = Vocabulary.padded(Asking.tokens(bench, of, net, vocabulary, text), net.input().size());
      double[] numbers = IntStream.range(0, tokens.length).mapToDouble(i -> tokens[i]).toArray();
      double[] output = bench.waiting(() -> Outputs.of(trained, numbers).result());
      return new Result.Shown(Said.of(trained, output, bench.loss(net, loss)).table(net.name() + " on \"" + vocabulary.text(tokens) + "\"", 0));
    }
  }
}
