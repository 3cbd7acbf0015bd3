package dev.lanewise.dsl.doctor;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.lower.InUnit;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.vital.Activity;
import dev.lanewise.runtime.vital.Noted;
import dev.lanewise.runtime.vital.Vitals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A training that has ended, as checks look at it. What takes time is computed once, when it is asked for first. */
public final class Patient {
  /** Examples of which units are looked at. */
  private static final int ACTIVE = 256;
  /** Examples that are asked what the network makes of them. */
  public static final int ASKED = 2_000;
  /** Weights that have grown so much are the work of steps that were too large. */
  public static final double GROWN = 10;

  private static final int COUNTED = 5_000;
  private static final Set<String> OF_CLASSES = Set.of("cross_entropy", "bce", "bce_with_logits");

  private final CheckedTrain run;
  private final Bench bench;
  private final boolean isGlance;
  private final Trained trained;
  private final DataSplit data;
  private final List<TrainEvent.Epoch> epochs;
  private final Vitals vitals;
  private final Map<Dataset, Predictions> answers = new HashMap<>();
  private List<Activity> activities;
  private double[] shares;

  /** @param isGlance whether it is only looked at in passing */
  public Patient(CheckedTrain run, Bench bench, boolean isGlance) {
    this.run = run;
    this.isGlance = isGlance;
    this.bench = bench;
    this.trained = bench.trained(run.net());
    this.data = bench.shown(run.net(), run.data());
    this.epochs = bench.history(run).epochs();
    this.vitals = bench.history(run).vitals();
  }

  public CheckedTrain run() {
    return run;
  }

  public CheckedNet net() {
    return trained.net();
  }

  /** As the network is shown it. */
  public DataSplit data() {
    return data;
  }

  public List<TrainEvent.Epoch> epochs() {
    return epochs;
  }

  public Vitals vitals() {
    return vitals;
  }

  /** Steps that were taken here. */
  public int steps() {
    return vitals.noted().isEmpty() ? 0 : vitals.noted().getLast().step();
  }

  /** Of the training examples in the last epoch. */
  public Score score() {
    return epochs.getLast().train();
  }

  /** The loss without dependence on an example: that of the shares of the classes, else what it was before the first step, else in the first epoch. */
  public double begin() {
    List<Noted> noted = vitals.noted();
    double first = noted.isEmpty() || noted.getFirst().step() != 1 ? epochs.getFirst().train().loss() : noted.getFirst().loss();
    return isOfClasses() ? Math.min(first, entropy()) : first;
  }

  private boolean isOfClasses() {
    return data.train().target().isClass() && OF_CLASSES.contains(Objective.main(run.settings().loss()).name());
  }

  private double entropy() {
    double entropy = 0;
    for (double share : shares()) {
      entropy -= share == 0 ? 0 : share * Math.log(share);
    }
    return entropy;
  }

  /** By which share the loss has fallen; NaN where that says nothing: of losses below 0, and of those that read another network and need not come near 0. */
  public double fell() {
    return run.teachers().isEmpty() && begin() > 0 && score().loss() >= 0 ? 1 - score().loss() / begin() : Double.NaN;
  }

  /** Whether it has learnt so much that little can be wrong with it. */
  public boolean isGood() {
    return score().accuracy() >= 0.9 || Double.isNaN(fell()) || fell() >= 0.6;
  }

  /** How many of the training examples are of each class. */
  public double[] shares() {
    if (shares == null) {
      Dataset some = data.train().spread(COUNTED);
      shares = new double[some.classes()];
      IntStream.range(0, some.size()).forEach(i -> shares[some.label(i)] += 1.0 / some.size());
    }
    return shares;
  }

  /** What units make of training examples; nothing in passing of a network that has learnt well: to ask it would take as long as a short training. */
  public List<Activity> activities() {
    if (isGlance && isGood()) {
      return List.of();
    }
    if (activities == null) {
      activities = bench.engine().activities(trained.model(), data.train().spread(ACTIVE));
    }
    return activities;
  }

  /** Whether the network's output is compared with the classes of examples. */
  public boolean classifies() {
    Computation loss = run.settings().loss();
    return data.train().target().isClass() && !Double.isNaN(score().accuracy()) && run.teachers().isEmpty() && !(loss instanceof Comparison) && Objective.comparesOutput(loss);
  }

  /** What the network makes of examples, as it is tested. */
  public Predictions answers(Dataset examples) {
    return answers.computeIfAbsent(examples, e -> {
      Computation loss = trained.world().map(w -> InUnit.tested(trained.net(), w, run.tested())).orElse(run.tested());
      return bench.engine().predict(trained.model(), e, bench.loss(run.net(), loss));
    });
  }

  /** Whether numbers far above 1 have been warned of (L087): those of files that are left as they are. */
  public boolean isWarnedOfScales() {
    return run.data().origin() instanceof CheckedData.Origin.Files && run.data().normalize() instanceof CheckedData.Normalize.None;
  }

  /** The layer that a node or a parameter belongs to. */
  public Optional<CheckedNet.Layer> layer(String name) {
    return net().layers().stream().filter(l -> name.equals(l.name()) || name.startsWith(l.name() + ".")).findFirst();
  }

  /** The numbers of the parameters, among the {@link #vitals}, that multiply what comes in: matrices and kernels, in the order of the layers. */
  public List<Integer> weights() {
    Map<String, ?> shapes = net().parameterShapes();
    List<String> known = vitals.parameters();
    return net().parameterShapes().entrySet().stream()
        .filter(e -> e.getValue().rank() > 1 && shapes.containsKey(e.getKey())).map(e -> known.indexOf(e.getKey())).filter(i -> i >= 0).toList();
  }

  /** To how many times their size the weights of a layer have grown at most. */
  public double grown() {
    List<Noted> noted = vitals.noted();
    return noted.isEmpty() || noted.getFirst().step() != 1 ? 1 : weights().stream()
        .filter(w -> noted.getFirst().weights()[w] > 0).mapToDouble(w -> noted.getLast().weights()[w] / noted.getFirst().weights()[w]).max().orElse(1);
  }

  /** The line of a setting of the training, or of the training where it is not set. */
  public Where setting(String key) {
    Optional<Setting> setting = run.statement().settings().stream().filter(s -> s.key().text().equals(key)).findFirst();
    return new Where(bench.source(run), setting.map(Setting::span).orElse(head()));
  }

  /** The training itself. */
  public Where training() {
    return new Where(bench.source(run), head());
  }

  /** Its statement without its settings. */
  private Span head() {
    return new Span(run.span().start(), run.statement().data().span().end());
  }

  public Where dataStatement() {
    return new Where(bench.source(run.data()), run.data().span());
  }

  public Where layer(CheckedNet.Layer layer) {
    return new Where(layer.source(), layer.span());
  }

  /** The last layer; the network's place in the training if there is none. */
  public Where lastLayer() {
    return net().result() == 0 ? new Where(bench.source(run), run.statement().net().span()) : layer(net().layers().get(net().result() - 1));
  }
}
