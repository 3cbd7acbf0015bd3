package dev.lanewise.dsl.verb.look;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.view.ExampleTable;
import dev.lanewise.dsl.view.MapTable;
import dev.lanewise.dsl.view.Outputs;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.picture.Maps;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.explain.ClassScore;
import dev.lanewise.runtime.explain.GradCam;
import dev.lanewise.runtime.explain.NetworkScore;
import dev.lanewise.runtime.explain.Randomization;
import dev.lanewise.runtime.explain.ScoreFunction;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The score of a class that a network, as it is now, gives an example.
 *
 * @param label of the class, or which output it is
 * @param isClass whether it is a class
 * @param x the example as the network is shown it
 */
record Subject(Question question, Trained trained, Chosen chosen, int label, boolean isClass, ClassScore score, float[] x) {
  CheckedNet net() {
    return trained.net();
  }

  Shape shape() {
    return net().input();
  }

  /** By which original values are shown to it. */
  Normalization scale() {
    return chosen.split().world().scale(net().first().name()).orElse(Normalization.none(shape()));
  }

  /** What each number is as the network sees it where its original value is this one. */
  float[] filled(double original) {
    double[] all = new double[shape().size()];
    Arrays.fill(all, original);
    double[] seen = scale().of(all);
    float[] floats = new float[seen.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) seen[i];
    }
    return floats;
  }

  ScoreFunction score(Bench bench, Model model) {
    return new NetworkScore(bench.engine(), model, score);
  }

  /** What a layer gives, and its gradient; empty if the score does not depend on it. */
  Optional<GradCam> at(String layer, Model model) {
    Graph network = Inference.of(model.graph().withoutHeads());
    return GradCam.of(network, layer, score, p -> Outputs.doubles(model.values(p.name())), Map.of(network.input().name(), Outputs.doubles(x)));
  }

  /** Whether a map lies over the example; otherwise its numbers are told one by one. */
  boolean isDrawn() {
    return !net().first().isWhole() && Maps.areOver(shape());
  }

  /** Channels of a map: of a sequence each has places of its own. */
  int channels() {
    return isDrawn() && !shape().isImage() ? 1 : isDrawn() ? shape().channels() : 1;
  }

  String title(String method) {
    String what = isClass ? "class " + chosen.split().className(label) : "output " + label;
    String title = method + " of " + net().name() + " for " + what + " on " + chosen.title();
    return trained.isNew() ? title + ", not trained yet" : title;
  }

  /**
   * The map of the network as it is, drawn or told; and how it changes with the network, if that was asked for.
   *
   * @param header what is told of a number that is not drawn
   * @param map that a method makes of a network
   * @param before what is looked at before that
   */
  Result shown(Bench bench, String method, String header, boolean signed, Function<Model, double[]> map, List<Exhibit> before) {
    double[] own = map.apply(trained.model());
    if (Maps.most(own) == 0) {
      throw new MistakeException(
          Code.L128, question.classAt(), "the score of " + net().name() + " does not change with any number of this example", "take another class or example, or a network that is trained");
    }
    List<Exhibit> first = new ArrayList<>(before);
    List<Randomization.Step> steps = question.check() ? checked(bench, method, first, map) : List.of();
    if (!isDrawn()) {
      return new Result.Shown(table(method, header, own), first);
    }
    boolean fromBelow = chosen.split().world().input() instanceof World.Input.Sound && !shape().isImage();
    Maps maps = Maps.over(shape(), scale().undone(x), fromBelow, ExampleTable.caption(chosen.split(), chosen.part(), chosen.which().getFirst()));
    Gallery gallery = maps.gallery(
        title(method), own, signed, steps.stream().map(Randomization.Step::map).toList(), steps.stream().map(s -> s.layer() + " " + number(s.correlation())).toList());
    return new Result.Shown(gallery, first);
  }

  private Table table(String method, String header, double[] map) {
    World world = chosen.split().world();
    if (net().first().isWhole()) {
      List<String> words = world.vocabulary().map(Vocabulary::shown).orElseGet(() -> world.words(net().first().name()));
      int[] tokens = new int[length()];
      Arrays.setAll(tokens, i -> (int) x[i]);
      List<String> values = Arrays.stream(tokens).mapToObj(t -> t < words.size() ? words.get(t) : Integer.toString(t)).toList();
      return MapTable.of(title(method), List.of("place", "token", header), MapTable.counted(tokens.length), values, Arrays.copyOf(map, tokens.length), true);
    }
    List<String> names = world.input() instanceof World.Input.Table(var encoding, var _) && encoding.features() == map.length ? encoding.names() : MapTable.counted(map.length);
    return MapTable.of(title(method), List.of("column", "value", header), names, MapTable.numbers(scale().undone(x)), map, false);
  }

  /** Of a text without its padding. */
  private int length() {
    int length = x.length;
    while (net().first().padded() && length > 1 && x[length - 1] == 0) {
      length--;
    }
    return length;
  }

  /** A row for each layer; whether anything is left in the end stands in the title. */
  private List<Randomization.Step> checked(Bench bench, String method, List<Exhibit> tables, Function<Model, double[]> map) {
    List<String> layers = net().layers().stream().filter(l -> !l.sharesParameters()).map(CheckedNet.Layer::name).filter(l -> Randomization.has(trained.model(), l)).toList();
    Randomization made = Randomization.of(trained.model(), layers, bench.seed(), map);
    if (made.steps().isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    List<List<Table.Tone>> tones = new ArrayList<>();
    for (Randomization.Step step : made.steps()) {
      rows.add(List.of(step.layer(), number(step.correlation())));
      tones.add(List.of(Table.Tone.PLAIN, step == made.steps().getLast() ? made.isPassed() ? Table.Tone.GOOD : Table.Tone.BAD : Table.Tone.PLAIN));
    }
    String verdict = made.isPassed()
        ? "passed: with random parameters " + method + " shows something else"
        : "not passed: with random parameters " + method + " shows much the same";
    tables.add(new Table(verdict, List.of("random from the end to", "rank correlation with the map"), rows, tones));
    return made.steps();
  }

  private static String number(double correlation) {
    return String.format(Locale.ROOT, "%.2f", correlation);
  }
}
