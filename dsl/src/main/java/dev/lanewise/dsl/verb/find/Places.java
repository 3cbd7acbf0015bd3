package dev.lanewise.dsl.verb.find;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.score.Retrieval;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where two outputs of a network put examples. */
record Places(Bench bench, CheckedNet net, Matching matching) {
  /** What the examples of a part are, and where they lie. @param values of the part, as they were */
  record Laid(float[][] values, float[][] places) {}

  /** Whether what the script says of the network, if anything, is a training by contrastive of two parts; reported if not. */
  static boolean fit(Given given, CheckedNet net) {
    boolean fits = given.losses().training(net).map(t -> Matching.of(net, t.settings().loss()).isPresent()).orElse(true);
    if (!fits) {
      given.problems().report(Code.L099, given.at("net"), message(net), REMEDY);
    }
    return fits;
  }

  private static final String REMEDY = "train it by contrastive(image, text), with an input and an output for each of the two parts";

  private static String message(CheckedNet net) {
    return net.name() + " has not learnt to find one part of an example by another";
  }

  /** @throws MistakeException if it has learnt something else */
  static Places of(Bench bench, CheckedNet net, Span at) {
    return Optional.ofNullable(bench.trained(net).loss()).flatMap(l -> Matching.of(net, l)).map(m -> new Places(bench, net, m))
        .orElseThrow(() -> new MistakeException(Code.L099, at, message(net), REMEDY));
  }

  /** @param shown as the network is shown them */
  Laid laid(Dataset shown, Matching.Side side) {
    int field = field(shown, side);
    Dataset original = shown.original();
    float[][] values = IntStream.range(0, shown.size()).mapToObj(i -> Exhibits.part(original, field, i)).toArray(float[][]::new);
    return new Laid(values, places(shown, side));
  }

  float[][] places(Dataset shown, Matching.Side side) {
    return bench.engine().outputs(bench.trained(net).model(), shown, side.output());
  }

  static int field(Dataset data, Matching.Side side) {
    return data.fields().stream().map(Field::name).toList().indexOf(side.part());
  }

  /** Whether one part finds the other. */
  static Retrieval retrieval(Laid asked, Laid there) {
    return new Retrieval(asked.values, asked.places, there.values, there.places);
  }

  List<Matching.Side> sides() {
    return List.of(matching.first(), matching.second());
  }
}
