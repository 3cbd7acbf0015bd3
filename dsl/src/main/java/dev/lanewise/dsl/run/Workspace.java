package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.lower.InUnit;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.History;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.layer.Triplet;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.train.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What scripts leave behind for those that follow: networks with their values, data, the epochs of trainings, bound values. */
public final class Workspace {
  /**
   * Everything that is kept, at some time. Models change in place, so their values are copied; what has not changed since the last copy
   * is shared with it.
   */
  public record Contents(
      Map<CheckedNet, Trained> models,
      Map<Model, List<Tensor>> tensors,
      Map<CheckedNet, Source> sources,
      Map<CheckedData, DataSplit> data,
      Map<CheckedTrain, History> history,
      Map<String, Result> values,
      List<Source> scripts) {
    public static final Contents NONE = new Contents(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), List.of());
  }

  private final Options options;
  // By identity: a name that is bound again at the prompt begins with fresh values.
  private final Map<CheckedNet, Trained> models = new IdentityHashMap<>();
  private final Map<CheckedNet, Source> sources = new IdentityHashMap<>();
  private final Map<CheckedData, DataSplit> data = new IdentityHashMap<>();
  private final Map<CheckedTrain, History> history = new IdentityHashMap<>();
  private final Map<String, Result> values = new HashMap<>();
  /** In which data and trainings were written. */
  private final Map<Object, Source> written = new IdentityHashMap<>();
  /** What was run, in its order. */
  private final List<Source> scripts = new ArrayList<>();
  private Source source;
  private Map<Model, List<Tensor>> copied = Map.of();

  public Workspace(Options options) {
    this.options = options;
  }

  /** What is run now: a saved file of parameters holds the script that its network was written in. What was run before. */
  Source begin(Source script) {
    Source before = source;
    source = script;
    if (script != null && scripts.stream().noneMatch(s -> s == script)) {
      scripts.add(script);
    }
    return before;
  }

  /** What was run so far, in its order, with what runs now at its end. */
  List<Source> scripts() {
    return scripts.stream().takeWhile(s -> s != source).collect(Collectors.collectingAndThen(Collectors.toList(), before -> {
      before.add(source);
      return before;
    }));
  }

  /** In which data or a training was written. */
  Source written(Object defined) {
    return written.getOrDefault(defined, source);
  }

  /** What is run now. */
  Source source() {
    return source;
  }

  public Contents contents() {
    Map<Model, List<Tensor>> tensors = new IdentityHashMap<>();
    for (Trained t : models.values()) {
      List<Tensor> before = copied.getOrDefault(t.model(), List.of());
      tensors.put(t.model(), t.model().has(before) ? before : t.model().tensors());
    }
    copied = tensors;
    return new Contents(
        new IdentityHashMap<>(models), tensors, new IdentityHashMap<>(sources), new IdentityHashMap<>(data),
        new IdentityHashMap<>(history), new HashMap<>(values), List.copyOf(scripts));
  }

  /** Back to how things were; models that are kept get their values of then. */
  public void restore(Contents contents) {
    replace(models, contents.models());
    replace(sources, contents.sources());
    replace(data, contents.data());
    replace(history, contents.history());
    replace(values, contents.values());
    scripts.clear();
    scripts.addAll(contents.scripts());
    contents.tensors().forEach(Model::assign);
    copied = contents.tensors();
  }

  private static <K, V> void replace(Map<K, V> all, Map<K, V> by) {
    all.clear();
    all.putAll(by);
  }

  void define(CheckedNet net) {
    sources.put(net, source);
  }

  void define(CheckedData d, DataSplit split) {
    data.put(d, split);
    written.put(d, source);
  }

  void define(String name, Result value) {
    values.put(name, value);
  }

  /** What a training tells of itself, to be added to. */
  void began(CheckedTrain train, History told) {
    history.put(train, told);
    written.put(train, source);
  }

  void put(CheckedNet net, Trained trained) {
    models.put(net, trained);
  }

  /** A network is in another world: what it predicts in a unit of its own, it gives in that. */
  Trained take(CheckedNet net, Optional<World> world, Optional<Computation> loss) {
    Trained now = model(net);
    Optional<World> own = world.map(w -> InUnit.fitting(now.net(), w));
    Model model = now.model().on(Lowering.graph(now.net(), own));
    Trained taken = new Trained(now.net(), model, now.seed(), now.source(), loss.orElse(null), own);
    models.put(net, taken);
    return taken;
  }

  DataSplit split(CheckedData d) {
    return reached(d.name(), data.get(d));
  }

  History history(CheckedTrain train) {
    return reached(train.name(), history.get(train));
  }

  Result value(String name) {
    return reached(name, values.get(name));
  }

  /** The examples, if they have been read. */
  public Optional<DataSplit> loaded(CheckedData d) {
    return Optional.ofNullable(data.get(d));
  }

  /** A network with its values. It makes its first ones, if it has none. */
  public Trained trained(CheckedNet net) {
    return model(net);
  }

  /** The examples, which have been read, as a network is shown them. @throws World.StrangeException if it cannot be told what they are to it */
  public DataSplit seen(CheckedNet net, CheckedData d) {
    return shown(net, d);
  }

  /** What it has told so far. */
  public History known(CheckedTrain train) {
    return history.getOrDefault(train, History.NOTHING);
  }

  /** The value of a name, if it has one. */
  public Optional<Result> known(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The network as it is now, without making its parameters if nobody needs them yet. */
  public CheckedNet current(CheckedNet net) {
    return models.containsKey(net) ? models.get(net).net() : net;
  }

  /** @param seed of its first values, if it has none */
  Trained model(CheckedNet net, long seed) {
    return models.computeIfAbsent(
        net,
        n -> new Trained(
            n, Model.create(n.name(), Lowering.graph(n), seed), seed, sources.getOrDefault(n, source), null, Optional.empty()));
  }

  Trained model(CheckedNet net) {
    return model(net, options.seed().orElse(1));
  }

  /**
   * The examples as a network is shown them: see {@link World}.
   *
   * @throws World.StrangeException if it cannot be told what they are to it
   */
  DataSplit shown(CheckedNet net, CheckedData d) {
    DataSplit split = split(d);
    return Optional.ofNullable(models.get(net)).flatMap(Trained::world).orElseGet(() -> World.first(split, current(net).output(split.world().target()))).shown(split, net.name());
  }

  /** The loss that a network was trained with, or else the one that fits it. */
  Computation loss(CheckedNet net, Computation fitting) {
    Trained trained = model(net);
    Computation own = trained.loss();
    // What it was trained with may have compared classes, where there are numbers to predict now.
    Computation loss = own == null || !isOfSame(own, fitting) ? fitting : own;
    return trained.world().map(w -> InUnit.tested(trained.net(), w, loss)).orElse(loss);
  }

  private static boolean isOfSame(Computation own, Computation fitting) {
    Computation main = Objective.main(own);
    return !Objective.comparesOutput(own) || main != own && main.inputs().size() != 2 || main.inputs().get(1).equals(Objective.main(fitting).inputs().get(1));
  }

  /** The same for examples of that kind. */
  Computation loss(CheckedNet net, CheckedData of, Computation fitting) {
    Computation own = loss(net, fitting);
    return own instanceof Triplet && !of.target().isClass() ? fitting : own;
  }

  /** A name is known to the checker even if an earlier run ended before its statement. */
  private static <T> T reached(String name, T value) {
    if (value == null) {
      throw new MistakeException(
          Code.L006, new Span(0, 0), "`" + name + "` has no value: the run ended before it was reached", "define it again");
    }
    return value;
  }
}
