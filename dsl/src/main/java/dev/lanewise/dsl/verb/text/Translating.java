package dev.lanewise.dsl.verb.text;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.decode.KeptSourced;
import dev.lanewise.runtime.decode.SourcedScores;
import dev.lanewise.runtime.decode.Translation;
import dev.lanewise.runtime.decode.WindowScores;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network that makes a text of something, of another text or of a picture: it takes that and, as tokens, the part {@code target}. @param source what the text is made of */
record Translating(CheckedNet net, Field source, Field target, Span at, int beam) {
  private static final String TARGET = "target";
  /** Texts that are made at once. */
  private static final int AT_ONCE = 64;

  /** Empty, and reported, if it is none. */
  static Optional<Translating> of(Given given, CheckedNet net) {
    List<Field> inputs = net.inputs();
    Optional<Field> target = inputs.stream().filter(f -> f.name().equals(TARGET) && f.isWhole()).findFirst();
    Optional<Field> source = inputs.stream().filter(f -> !f.name().isEmpty() && !f.name().equals(TARGET)).findFirst();
    Shape output = net.output();
    boolean fits = source.isPresent() && target.isPresent() && inputs.size() == 2 && output.isSequence() && output.channels() >= target.get().bound()
        && output.size() / output.channels() == target.get().shape().size();
    if (!fits) {
      return given.problems().report(
          Code.L112, given.at("net"), net.name() + " takes " + net.takes() + " and gives " + net.output() + ": what makes a text of something takes that and `target`, tokens, and gives a score for each of these at each of its places",
          "give it `source: input data.source` and `target: input data.target`, of data such as pairs or sums, or `image: input data.image`, of captions");
    }
    return Optional.of(new Translating(net, source.get(), target.get(), given.at("net"), given.whole("beam")));
  }

  /** Whether it makes its texts of others. */
  boolean isOfText() {
    return source.isWhole();
  }

  /** What the tokens of a part stand for. */
  Vocabulary vocabulary(Bench bench, String part) {
    return bench.trained(net).world().flatMap((World w) -> w.vocabulary(part))
        .orElseThrow(() -> new MistakeException(Code.L112, at, net.name() + " has not learnt from texts: it is not known what its tokens stand for", "train it on pairs(…), or load a file that `save` has written after that"));
  }

  float[] source(Bench bench, Span of, String text) {
    return Vocabulary.padded(Asking.tokens(bench, of, net, vocabulary(bench, source.name()), text), source.shape().size());
  }

  /** What a source is called: a text by itself, anything else by the number of its example. */
  String said(Bench bench, int example, float[] values) {
    return isOfText() ? vocabulary(bench, source.name()).text(values) : Integer.toString(example);
  }

  /** The texts that it makes of some sources. */
  List<String> of(Bench bench, List<float[]> sources) {
    Vocabulary to = vocabulary(bench, TARGET);
    int most = Math.clamp(Math.max(sources.size(), beam), 1, AT_ONCE);
    WindowScores window = WindowScores.of(bench.engine(), bench.trained(net).model(), source, target, most);
    SourcedScores scores = KeptSourced.of(bench.engine(), bench.trained(net).model(), source, target, most, window).orElse(window);
    Translation translation = new Translation(scores, to);
    List<String> texts = new ArrayList<>();
    for (int from = 0; from < sources.size(); from += AT_ONCE) {
      List<float[]> some = sources.subList(from, Math.min(sources.size(), from + AT_ONCE));
      (beam == 1 ? translation.greedy(some) : translation.beam(some, beam)).forEach(t -> texts.add(to.text(t)));
    }
    return texts;
  }
}
