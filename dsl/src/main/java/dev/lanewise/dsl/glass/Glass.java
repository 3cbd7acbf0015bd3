package dev.lanewise.dsl.glass;

import dev.lanewise.dsl.glass.Glimpse.Answer;
import dev.lanewise.dsl.glass.Glimpse.Numbers;
import dev.lanewise.dsl.glass.Glimpse.Shown;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.look.Looks;
import dev.lanewise.dsl.view.walk.Looked;
import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Held;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.data.source.OwnImages;
import dev.lanewise.runtime.explain.ClassScore;
import dev.lanewise.runtime.explain.GradCam;
import dev.lanewise.runtime.explain.NetworkScore;
import dev.lanewise.runtime.explain.Saliency;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.score.Threshold;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Asking;
import dev.lanewise.runtime.train.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A network behind glass: it can be looked into again and again, from one thread at a time, also while another one trains it. It computes with one thread of its own, on a copy of the parameters
 * that {@link #take} renews.
 *
 * <pre>{@code
 * try (Glass glass = new Glass(scene, KernelSet.VECTOR)) {
 *   glass.look(glass.example(3)).values().get("conv1");
 * }
 * }</pre>
 */
public final class Glass implements AutoCloseable {
  /** Places of a plane, across and down. */
  public static final int SIDE = 24;
  /** The name of what the network's loss makes of its scores, among the layers of points of a plane. */
  public static final String PROBABILITIES = "softmax";

  private final Scene scene;
  private final CheckedNet net;
  private final Dataset examples;
  private final Normalization scale;
  private final Engine engine;
  private final Map<String, Value> layers = new LinkedHashMap<>();
  private final Asking asking;
  private Shown walked;
  private OptionalInt walkedAs = OptionalInt.empty();
  private Walkthrough walkthrough;

  /** @param now it is copied, on the thread that calls */
  public Glass(Scene now, KernelSet kernels) {
    this.scene = now.still();
    this.net = scene.trained().net();
    this.engine = new Engine(1, kernels, () -> false);
    this.examples = scene.examples().orElseGet(() -> alone(net.input(), new float[net.input().size()]));
    this.scale = scene.data().map(d -> d.world().scale(net.first().name()).orElse(Normalization.none(net.input()))).orElse(Normalization.none(net.input()));
    for (CheckedNet.Layer layer : net.layers()) {
      scene.trained().model().graph().nodes().reversed().stream().filter(n -> n.name().equals(layer.name())).map(Node::output).findFirst()
          .filter(v -> !v.isShared() && !v.isGathered()).ifPresent(v -> layers.put(layer.name(), v));
    }
    if (!takesOwn() && scene.data().isEmpty()) {
      throw new IllegalArgumentException(net.name() + " has no examples that could be shown to it");
    }
    this.asking = engine.asking(scene.trained().model(), List.copyOf(layers.values()), examples, isPlane() ? SIDE * SIDE : 1);
  }

  private static Dataset alone(Shape shape, float[] values) {
    return new Points(shape, new float[][] {values}, new int[1], 2);
  }

  /** Whether somebody's own examples can be shown to it: it has one input, of numbers. */
  public boolean takesOwn() {
    return net.inputs().size() == 1 && !net.first().isWhole();
  }

  /** What an example of whole numbers stands for, one after the other; nothing where it is none, or nobody says. */
  public List<String> words(Shown example) {
    if (!net.first().isWhole() || scene.data().isEmpty()) {
      return List.of();
    }
    World world = scene.data().get().world();
    List<String> words = world.vocabulary(net.first().name()).or(world::vocabulary).map(Vocabulary::shown).orElseGet(() -> world.words(net.first().name()));
    List<String> all = new ArrayList<>();
    for (float token : example.pixels()) {
      all.add(token < words.size() ? words.get((int) token) : Integer.toString((int) token));
    }
    while (net.first().padded() && all.size() > 1 && example.pixels()[all.size() - 1] == 0) {
      all.removeLast();
    }
    return all;
  }

  /** The network as it is seen. */
  public Trained trained() {
    return scene.trained();
  }

  /** Takes the values that the network has now, as it learns. What was walked through is forgotten. */
  public void take(Trained now) {
    System.arraycopy(now.model().parameters(), 0, scene.trained().model().parameters(), 0, now.model().parameters().length);
    walkthrough = null;
    asking.take(scene.trained().model());
  }

  /** Whether it is still the same network, which only has learnt. */
  public boolean isOf(Trained now) {
    return now.net() == net && now.model().parameters().length == scene.trained().model().parameters().length;
  }

  /** Whether its examples are points of a plane: then each unit is a picture of the plane. */
  public boolean isPlane() {
    return net.input().isFlat() && net.input().size() == 2;
  }

  /** How many examples there are. */
  public int count() {
    return scene.data().isPresent() ? examples.size() : 0;
  }

  /** Names of the classes; none where numbers are predicted, or nobody says. */
  public List<String> classes() {
    return scene.classes();
  }

  /** Whether the network says one of the classes: it has a score for each, or one that tells two apart. */
  public boolean saysClass() {
    return scene.saysClass();
  }

  /** Names of the numbers that it takes, where they have any. */
  public List<String> names() {
    return scene.data().map(d -> d.world().names()).filter(n -> n.size() == net.input().size()).orElse(List.of());
  }

  public Shown example(int index) {
    float[] seen = new float[net.input().size()];
    examples.readField(Math.max(0, examples.fields().stream().map(Field::name).toList().indexOf(net.first().name())), index, seen, 0, 1);
    return new Shown(net.input(), scale.undone(seen), examples.classes() > 0 ? OptionalInt.of(examples.label(index)) : OptionalInt.empty(), index);
  }

  /** Somebody's own. @param pixels in their own units @throws IllegalArgumentException if they are not as many as the network takes */
  public Shown own(float[] pixels) {
    if (!takesOwn()) {
      throw new IllegalArgumentException(net.name() + " takes " + net.takes() + ": it can be shown the examples of its data alone");
    }
    if (pixels.length != net.input().size()) {
      throw new IllegalArgumentException("the network takes " + net.input() + ", which is " + net.input().size() + " numbers, but here are " + pixels.length);
    }
    return new Shown(net.input(), pixels, OptionalInt.empty(), -1);
  }

  /** The same of an image file, made ready as those were that the network learns from. @throws IOException if it is none */
  public Shown own(Path image) throws IOException {
    World.Preparation preparation = scene.data().map(d -> d.world().input()).filter(World.Input.Picture.class::isInstance).map(i -> ((World.Input.Picture) i).preparation()).orElse(World.Preparation.DIGIT);
    Dataset read = OwnImages.of(image, net.input(), preparation).images();
    float[] pixels = new float[net.input().size()];
    read.read(0, pixels, 0, 1);
    return own(pixels);
  }

  /** The shape of a layer's values, or of the input; empty if nothing is known of it. */
  public Optional<Shape> shape(String layer) {
    return layers.containsKey(layer) ? Optional.of(layers.get(layer).shape())
        : layer.equals(GraphBuilder.INPUT) || layer.equals(net.first().name()) ? Optional.of(net.input()) : Optional.empty();
  }

  private float[] seen(Shown example) {
    double[] scaled = scale.of(numbers(example.pixels()));
    float[] seen = new float[scaled.length];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = (float) scaled[i];
    }
    return seen;
  }

  private Dataset dataset(Shown example, int label) {
    if (!takesOwn()) {
      return some(new int[] {Math.max(0, example.index())});
    }
    return examples.classes() > 0 ? new Held(examples, new int[] {Math.max(0, example.index())}, seen(example), new int[] {label}, scale)
        : example.index() >= 0 ? some(new int[] {example.index()}) : alone(net.input(), seen(example));
  }

  private Dataset some(int[] which) {
    return scene.data().map(d -> d.training(examples, which).train()).orElse(examples);
  }

  /** What every layer makes of an example, by the kernels. */
  public Glimpse look(Shown example) {
    float[] all = asking.of(dataset(example, 0))[0];
    Map<String, Numbers> values = new LinkedHashMap<>();
    int at = 0;
    for (Map.Entry<String, Value> layer : layers.entrySet()) {
      Shape shape = layer.getValue().shape();
      values.put(layer.getKey(), new Numbers(shape, Arrays.copyOfRange(all, at, at + shape.size())));
      at += shape.size();
    }
    return new Glimpse(example, isPlane() ? planes() : values, answer(output(values)), words(example));
  }

  private float[] output(Map<String, Numbers> values) {
    String last = net.result() == 0 ? "" : net.layer(net.result()).name();
    return values.containsKey(last) ? values.get(last).values() : new float[0];
  }

  private Answer answer(float[] output) {
    double[] values = numbers(output);
    if (output.length == 0 || !saysClass()) {
      return new Answer(values, new double[0], -1);
    }
    Predictions made = new Predictions(output.length, output, new float[1], Threshold.of(loss().orElse(null)));
    return new Answer(values, made.probabilities(0), made.predicted(0));
  }

  /** What each unit makes of the plane: rows from the top. */
  private Map<String, Numbers> planes() {
    float[][] points = plane().grid(SIDE).stream().map(p -> seen(new Shown(net.input(), p, OptionalInt.empty(), -1))).toArray(float[][]::new);
    float[][] made = asking.of(new Points(net.input(), points, new int[points.length], 2));
    Map<String, Numbers> all = new LinkedHashMap<>();
    int at = 0;
    for (Map.Entry<String, Value> layer : layers.entrySet()) {
      int units = layer.getValue().shape().size();
      float[] maps = new float[units * points.length];
      for (int u = 0; u < units; u++) {
        for (int p = 0; p < points.length; p++) {
          maps[u * points.length + p] = made[p][at + u];
        }
      }
      all.put(layer.getKey(), new Numbers(Shape.of(units, SIDE, SIDE), maps));
      at += units;
    }
    if (saysClass()) {
      all.put(PROBABILITIES, probabilities(all.get(net.layer(net.result()).name())));
    }
    return all;
  }

  /** Of each class at each point. */
  private Numbers probabilities(Numbers scores) {
    int points = SIDE * SIDE, outputs = scores.values().length / points, classes = classes().size();
    float[] maps = new float[classes * points];
    for (int p = 0; p < points; p++) {
      float[] own = new float[outputs];
      for (int o = 0; o < outputs; o++) {
        own[o] = scores.values()[o * points + p];
      }
      double[] made = answer(own).probabilities();
      for (int c = 0; c < classes; c++) {
        maps[c * points + p] = (float) made[c];
      }
    }
    return new Numbers(Shape.of(classes, SIDE, SIDE), maps);
  }

  /** The plane that its examples lie in. @throws IllegalStateException if they lie in none */
  public Plane plane() {
    if (!isPlane()) {
      throw new IllegalStateException("the examples are no points of a plane");
    }
    return new Plane(scene.data().map(DataSplit::train).orElse(examples), scale);
  }

  private Optional<Computation> loss() {
    return scene.tested();
  }

  /** Whether there are gradients: a loss of one example alone, and a network that is walked through in a moment. */
  public boolean isDifferentiable() {
    return scene.loss().isPresent() && Looked.isOfOne(Looked.trainedBy(scene.trained(), scene.loss().get())) && Looked.isQuick(net);
  }

  /** Number by number, in double, with the values of now; it can be gone through on any thread. With the loss, as if the example had the class that the network says, where its own is not known. */
  public Walkthrough walkthrough(Shown example) {
    OptionalInt label = label(example);
    if (walkthrough == null || !example.equals(walked) || !label.equals(walkedAs)) {
      boolean hasLoss = isDifferentiable() && (example.index() >= 0 || label.isPresent());
      Trained still = scene.trained().still();
      walkthrough = new Walkthrough(still, dataset(example, label.orElse(0)), scene.loss().filter(_ -> hasLoss).map(l -> Looked.trainedBy(still, l)), layers);
      walked = example;
      walkedAs = label;
    }
    return walkthrough;
  }

  /** The class that the loss is told of: its own, or the one that the network says. */
  private OptionalInt label(Shown example) {
    if (example.label().isPresent()) {
      return example.label();
    }
    Answer answer = look(example).answer();
    return answer.says() >= 0 ? OptionalInt.of(answer.says()) : OptionalInt.empty();
  }

  /** How the loss changes with what every layer makes of an example. */
  public Glimpse backward(Shown example) {
    Glimpse forward = look(example);
    return new Glimpse(example, walkthrough(example).gradients(), forward.answer(), forward.words());
  }

  static Numbers numbers(Shape shape, double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new Numbers(shape, floats);
  }

  /** What the kernels computed for it; NaN for an input. */
  public double computed(Shown example, String layer, int element) {
    if (!layers.containsKey(layer)) {
      return Double.NaN;
    }
    float[] all = asking.of(dataset(example, 0))[0];
    int at = 0;
    for (Map.Entry<String, Value> other : layers.entrySet()) {
      if (other.getKey().equals(layer)) {
        return all[at + element];
      }
      at += other.getValue().shape().size();
    }
    return Double.NaN;
  }

  /** How strongly the score of the class that it says changes with each place of an example. */
  public Optional<Numbers> saliency(Shown example) {
    Answer answer = look(example).answer();
    if (answer.says() < 0 || !takesOwn()) {
      return Optional.empty();
    }
    NetworkScore score = new NetworkScore(engine, scene.trained().model(), ClassScore.of(net.output(), answer.says(), classes().size()));
    Shape shape = net.input();
    int channels = shape.rank() > 1 ? shape.channels() : 1;
    double[] map = Saliency.map(Saliency.slopes(score, seen(example), shape, scale), channels);
    return Optional.of(numbers(shape.rank() > 2 ? Shape.of(shape.height(), shape.width()) : Shape.of(map.length), map));
  }

  /** Which places of an image speak for the class that it says, at the last layer with maps (Grad-CAM), as large as the image. Empty where there is no such layer. */
  public Optional<Numbers> gradCam(Shown example) {
    Answer answer = look(example).answer();
    Optional<String> layer = Looks.lastMaps(net).filter(_ -> takesOwn() && net.input().isImage() && answer.says() >= 0 && Looked.isQuick(net));
    if (layer.isEmpty()) {
      return Optional.empty();
    }
    Graph network = Inference.of(scene.trained().model().graph().withoutHeads());
    double[] seen = numbers(seen(example));
    Optional<GradCam> made = GradCam.of(
        network, layer.get(), ClassScore.of(net.output(), answer.says(), classes().size()), p -> numbers(scene.trained().model().values(p.name())), Map.of(network.input().name(), seen));
    return made.map(m -> numbers(Shape.of(net.input().height(), net.input().width()), m.map(net.input().height(), net.input().width())));
  }

  private static double[] numbers(float[] values) {
    double[] numbers = new double[values.length];
    Arrays.setAll(numbers, i -> values[i]);
    return numbers;
  }

  /** Whether pixels can be attacked: it takes images from 0 to 1, and says a class. */
  public boolean isAttackable() {
    return takesOwn() && net.input().isImage() && saysClass() && loss().isPresent() && scene.data().isPresent();
  }

  /** The same example, changed a little so that the network is wrong (FGSM). @param eps how far each pixel may go */
  public Shown attacked(Shown example, double eps) {
    OptionalInt label = label(example);
    if (!(eps > 0) || label.isEmpty() || !isAttackable()) {
      return example;
    }
    DataSplit data = scene.data().orElseThrow();
    Dataset one = dataset(example, label.getAsInt());
    Held held = engine.attacked(
        scene.trained().model(), new DataSplit(data.name(), data.train(), null, one, null, data.world()), 1, loss().orElseThrow(), Attack.fgsm(Math.min(1, eps)), OptionalInt.empty(), 1);
    return new Shown(net.input(), scale.undone(held.values()), label, -1);
  }

  /** The values of a layer's weights, if it has any. */
  public Optional<Numbers> weights(String layer) {
    return scene.trained().model().graph().parameters().stream().filter(p -> p.name().equals(layer + ".weight")).findFirst()
        .map(p -> new Numbers(p.shape(), scene.trained().model().values(p.name())));
  }

  @Override
  public void close() {
    engine.close();
  }
}
