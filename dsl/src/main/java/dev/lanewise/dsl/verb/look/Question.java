package dev.lanewise.dsl.verb.look;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Fit;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.dsl.view.picture.Maps;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.explain.ClassScore;
import dev.lanewise.runtime.score.Threshold;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What a map is asked about: which score of a network, on which example.
 *
 * @param wanted the class that was named, or nothing for the one that the network says
 * @param check whether the map is compared with those of networks that are made random
 * @param at where the example stands
 * @param classAt where the class stands
 */
record Question(CheckedNet net, Examples example, String wanted, boolean check, Span at, Span classAt) {
  static final Argument NET = required("net", Thing.NET, "that is looked into");
  static final Argument EXAMPLE = required("example", Thing.EXAMPLES, "such as digits.test.item(3)");
  static final Argument CLASS =
      optional("class", new Thing.Named(new Thing.ClassName()), "", "whose score is asked about: its number, or its name; otherwise the one that the network says");
  static final Argument CHECK =
      optional("check", new Thing.Named(Argument.Type.FLAG), false, "whether to make the layers random, the last first, and to tell how much of the map is left each time");

  /** Ranks of fewer numbers are alike by chance. */
  private static final int FEW = 10;

  /** Empty, and reported, if the network does not take such an example, or takes more than that. */
  static Optional<Question> of(Given given, CheckedNet net) {
    Optional<Examples> example = given.example("example");
    if (example.isEmpty() || !new Fit(given.problems()).takes(given.span(), net, example.get().data())) {
      return Optional.empty();
    }
    if (net.inputs().size() > 1) {
      return given.problems().report(
          Code.L123, given.span(), "`" + given.signature().name() + "` tells what counts in an input, but " + net.name() + " takes several: " + net.takes(), "trace(" + net.name() + ", …) shows what its layers make of an example");
    }
    if (given.flag("check") && net.inputSize() < FEW) {
      return given.problems().report(
          Code.L123, given.at("check"), "`check` compares maps by the ranks of their numbers, and an example of " + net.first().kind() + " has too few", "leave `check` out");
    }
    return Optional.of(new Question(net, example.get(), given.word("class"), given.flag("check"), given.at("example"), given.at("class")));
  }

  /** The same where the network takes numbers, whose gradient there is. */
  static Optional<Question> ofNumbers(Given given, CheckedNet net) {
    Optional<Question> question = of(given, net);
    return question.isPresent() && net.first().isWhole()
        ? given.problems().report(
            Code.L123, given.at("example"), "`" + given.signature().name() + "` goes from nothing to an example step by step, but " + net.name() + " takes whole numbers, which have nothing between them",
            "saliency(" + net.name() + ", …) tells which of them count")
        : question;
  }

  /** Whether a map can lie over what a network takes. */
  static boolean isOfPlaces(CheckedNet net) {
    return net.inputs().size() == 1 && !net.first().isWhole() && Maps.areOver(net.input());
  }

  /** The same where a map can lie over the example. */
  static Optional<Question> ofPlaces(Given given, CheckedNet net) {
    Optional<Question> question = of(given, net);
    return question.isPresent() && !isOfPlaces(net)
        ? given.problems().report(
            Code.L123, given.at("example"), "`" + given.signature().name() + "` needs an example with places, such as an image, but this is " + net.first().kind(),
            "saliency(" + net.name() + ", …) tells which of its numbers count")
        : question;
  }

  /** @throws MistakeException if there is no such example or class */
  Subject subject(Bench bench) {
    Chosen chosen = Chosen.of(example, bench.shown(net, example.data()), at);
    Trained trained = bench.trained(net);
    float[] x = Exhibits.inputs(trained.net(), chosen.part(), chosen.which().getFirst());
    Shape output = trained.model().graph().output().shape();
    Target target = chosen.part().target();
    int classes = target.isNumbers() ? 0 : target.classes();
    int label = wanted.isEmpty() ? said(bench, trained, x, output, classes) : named(chosen, output, classes);
    return new Subject(this, trained, chosen, label, classes > 0, ClassScore.of(output, label, classes), x);
  }

  /** The class with the highest score, or of a single output whether it says yes; where there are no classes the output that is largest. */
  private static int said(Bench bench, Trained trained, float[] x, Shape output, int classes) {
    float[] outputs = bench.engine().outputs(trained.model(), new Points(trained.net().input(), new float[][] {x}), 0)[0];
    int channels = output.channels();
    int places = outputs.length / channels;
    double[] scores = new double[channels];
    for (int i = 0; i < outputs.length; i++) {
      scores[i / places] += outputs[i] / places;
    }
    if (channels == 1) {
      float threshold = trained.loss() == null ? 0.5f : Threshold.of(trained.loss());
      return classes == 2 && scores[0] > threshold ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < channels; k++) {
      best = scores[k] > scores[best] ? k : best;
    }
    return best;
  }

  private int named(Chosen chosen, Shape output, int classes) {
    List<String> names = chosen.split().classNames();
    int scores = output.channels() == 1 && classes == 2 ? 2 : output.channels();
    if (names.contains(wanted) && names.indexOf(wanted) < scores) {
      return names.indexOf(wanted);
    }
    if (wanted.matches("[0-9]{1,9}") && Integer.parseInt(wanted) < scores) {
      return Integer.parseInt(wanted);
    }
    String known = names.isEmpty() || names.size() > 12 ? "0 to " + (scores - 1) : String.join(", ", names);
    throw new MistakeException(
        Code.L124, classAt, net.name() + " has no score for `" + wanted + "`", Suggestions.mean(classAt, wanted, names).filter(_ -> !wanted.matches("[0-9]+")).orElseGet(() -> Remedy.say("it has scores for " + known)));
  }
}
