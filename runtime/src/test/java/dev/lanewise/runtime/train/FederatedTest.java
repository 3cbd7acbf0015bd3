package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.federate.Clients;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.federate.Method;
import dev.lanewise.runtime.federate.Partition;
import dev.lanewise.runtime.federate.Privacy;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of a training that clients do together. */
class FederatedTest {
  @TempDir private Path folder;

  private static final Shape IN = Shape.of(5);
  private static final double RATE = 0.3;

  private static Graph network() {
    GraphBuilder b = new GraphBuilder(IN);
    Layer tanh = Layers.named("tanh").orElseThrow();
    Value v = b.add("dense1", new Dense(5, 8, true), b.input());
    v = b.add("tanh1", tanh.bind(Arguments.of(tanh.signature(), Map.of()), v.shape()), v);
    return b.build(b.add("dense2", new Dense(8, 3, true), v));
  }

  private record Outcome(float[] parameters, List<TrainEvent> events) {
    List<Double> apart() {
      return events.stream().filter(TrainEvent.Round.class::isInstance).map(e -> ((TrainEvent.Round) e).apart()).toList();
    }
  }

  private static Outcome run(int threads, int rounds, Federation federation) {
    return run(threads, rounds, federation, Optimizers.sgd(RATE, 0));
  }

  private static Outcome run(int threads, int rounds, Federation federation, Optimizer optimizer) {
    Model model = Model.create("N", network(), 7);
    DataSplit data = new DataSplit("few", new Few(240, IN, 3), null, new Few(30, IN, 3));
    List<TrainEvent> events = new ArrayList<>();
    try (Engine engine = new Engine(threads, KernelSet.VECTOR, () -> false)) {
      TrainSettings settings = new TrainSettings(rounds, 16, true, 5, new CrossEntropy(3), optimizer).by(federation);
      assertThat(engine.train(model, data, settings, events::add, Control.until(() -> false))).isTrue();
    }
    return new Outcome(model.parameters(), events);
  }

  private static Federation federation(int clients, double fraction, int epochs, int batch, Method method) {
    return new Federation(clients, fraction, epochs, batch, new Partition.Iid(), method, OptionalDouble.empty());
  }

  private static void assertClose(float[] actual, float[] expected, double most) {
    for (int i = Memory.BASE; i < expected.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(most));
    }
  }

  static List<Method> methods() {
    return List.of(
        Method.fedavg(0), Method.fedavg(0.9), Method.fedprox(0.5), Method.scaffold(), new Method("fedadam", 0, false, 0.05, 0.9, true));
  }

  private static Federation stepping(int clients, int steps) {
    return new Federation(clients, 1, 1, 16, new Partition.Iid(), Method.fedavg(0), OptionalDouble.empty(), Optional.empty(), steps);
  }

  /** The batches of a client go on where the round before has ended: of one client alone it does not matter how often the mean is taken. */
  @Test
  void stepsGoOnFromRoundToRound() {
    float[] often = run(1, 20, stepping(1, 2)).parameters();
    assertClose(often, run(1, 5, stepping(1, 8)).parameters(), 1e-5);
    assertThat(often).isNotEqualTo(run(1, 20, stepping(1, 1)).parameters());
  }

  /** Where others work in between, it does not matter who has how many threads. */
  @Test
  void stepsHaveTheSameBitsForAnyNumberOfThreads() {
    assertThat(run(3, 6, stepping(5, 3)).parameters()).isEqualTo(run(1, 6, stepping(5, 3)).parameters());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void bitsDoNotDependOnThreads(Method method) {
    Federation clients = new Federation(12, 0.5, 2, 7, new Partition.ByClass(1), method, OptionalDouble.empty());
    float[] one = run(1, 4, clients).parameters();
    assertThat(run(3, 4, clients).parameters()).isEqualTo(one);
    assertThat(one).doesNotContain(Float.NaN);
  }

  /** Clients that know nothing but copies of what they are given, each begun anew, in another order: the same bits. */
  @ParameterizedTest
  @MethodSource("methods")
  void bitsDoNotDependOnWhereClientsAre(Method method) {
    Federation federation = new Federation(12, 0.5, 2, 7, new Partition.ByClass(1), method, OptionalDouble.empty());
    TrainSettings settings = new TrainSettings(4, 16, true, 5, new CrossEntropy(3), Optimizers.sgd(RATE, 0)).by(federation);
    DataSplit data = new DataSplit("few", new Few(240, IN, 3), null, new Few(30, IN, 3));
    int[][] mine = federation.partition().of(data.train(), federation.clients(), settings.seed());
    Model model = Model.create("N", network(), 7);
    Clients elsewhere = new Clients() {
      @Override
      public int together() {
        return 4;
      }

      @Override
      public List<Sent> train(Given given, List<Called> called) {
        List<Sent> sent = new ArrayList<>();
        for (Called each : called.reversed()) {
          try (Client client = new Client(Model.create("N", network(), 1), data, settings, mine, KernelSet.VECTOR)) {
            sent.addFirst(client.train(new Given(given.round(), given.parameters().clone(), given.variate().clone()), new Called(each.client(), each.variate().clone())));
          }
        }
        return sent;
      }

      @Override
      public void close() {
      }
    };
    try (Engine engine = new Engine(1, KernelSet.VECTOR, () -> false)) {
      assertThat(engine.train(model, data, settings, _ -> { }, Control.until(() -> false), elsewhere)).isTrue();
    }
    assertThat(model.parameters()).isEqualTo(run(2, 4, federation).parameters());
  }

  /** Where everybody takes part, has as many examples, and nothing is cut or added, hiding changes no bit. */
  @ParameterizedTest
  @ValueSource(strings = {"fedavg", "momentum", "fedprox", "fedadam"})
  void hidingNothingIsNoHiding(String name) {
    Method method = switch (name) {
      case "momentum" -> Method.fedavg(0.9);
      case "fedprox" -> Method.fedprox(0.5);
      case "fedadam" -> Method.fedadam(0.05, 0.9);
      default -> Method.fedavg(0);
    };
    Federation open = federation(12, 1, 2, 7, method);
    assertThat(run(2, 3, open.hiding(new Privacy(Double.POSITIVE_INFINITY, 0, 1e-5))).parameters()).isEqualTo(run(1, 3, open).parameters());
  }

  /** Each client takes part by itself, and counts alike: what is expected, not who came, divides the sum. */
  @Test
  void eachTakesPartByItself() {
    Federation open = federation(40, 0.3, 1, 0, Method.fedavg(0));
    Outcome hidden = run(2, 30, open.hiding(new Privacy(Double.POSITIVE_INFINITY, 0, 1e-5)));
    List<Integer> took = hidden.events().stream().filter(TrainEvent.Round.class::isInstance).map(e -> ((TrainEvent.Round) e).clients()).toList();
    assertThat(took.stream().distinct().count()).isGreaterThan(3);
    assertThat(took.stream().mapToInt(c -> c).average().orElseThrow()).isCloseTo(12, within(2.5));
    Outcome first = run(1, 1, open.hiding(new Privacy(Double.POSITIVE_INFINITY, 0, 1e-5)));
    Outcome all = run(1, 1, federation(1, 1, 1, 0, Method.fedavg(0)));
    int came = ((TrainEvent.Round) first.events().stream().filter(TrainEvent.Round.class::isInstance).findFirst().orElseThrow()).clients();
    float[] begin = Model.create("N", network(), 7).parameters();
    // The direction is that of all, nearly, and its length goes with those who came.
    double along = 0, squares = 0;
    for (int i = Memory.BASE; i < begin.length; i++) {
      along += (first.parameters()[i] - begin[i]) * (double) (all.parameters()[i] - begin[i]);
      squares += Math.pow(all.parameters()[i] - begin[i], 2);
    }
    assertThat(along / squares).isCloseTo(came / 12.0, within(0.15));
  }

  /** A single client's change is no longer than the norm; the noise has the deviation that it should, and is another in each round. */
  @Test
  void changesAreClippedAndNoiseIsAdded() {
    float[] begin = Model.create("N", network(), 7).parameters();
    Federation one = federation(1, 1, 5, 10, Method.fedavg(0));
    assertThat(distance(run(1, 1, one.hiding(new Privacy(0.01, 0, 1e-5))).parameters(), begin)).isCloseTo(0.01, within(1e-5));
    Federation four = federation(4, 1, 1, 0, Method.fedavg(0));
    float[] quiet = run(1, 1, four.hiding(new Privacy(0.01, 0, 1e-5))).parameters();
    float[] loud = run(2, 1, four.hiding(new Privacy(0.01, 50, 1e-5))).parameters();
    int count = network().parameterCount();
    // 0.01 · 50 / 4 in each of 75 parameters.
    assertThat(distance(loud, quiet) / Math.sqrt(count)).isCloseTo(0.125, within(0.03));
    assertThat(run(1, 1, four.hiding(new Privacy(0.01, 50, 1e-5))).parameters()).isEqualTo(loud);
    float[] later = run(1, 2, four.hiding(new Privacy(0.01, 50, 1e-5))).parameters();
    assertThat(distance(later, loud) / Math.sqrt(count)).isCloseTo(0.125, within(0.03));
    assertThat(distance(later, loud)).isNotCloseTo(distance(loud, quiet), within(1e-6));
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = Memory.BASE; i < b.length; i++) {
      squares += Math.pow(a[i] - b[i], 2);
    }
    return Math.sqrt(squares);
  }

  @Test
  void whatIsGivenAwayIsTold() {
    Privacy privacy = new Privacy(0.5, 1.1, 1e-5);
    Outcome outcome = run(1, 3, federation(12, 0.25, 1, 0, Method.fedavg(0)).hiding(privacy));
    List<Privacy.Spent> spent = outcome.events().stream().filter(TrainEvent.Round.class::isInstance).map(e -> ((TrainEvent.Round) e).spent().orElseThrow()).toList();
    assertThat(spent).containsExactly(privacy.spent(0.25, 1), privacy.spent(0.25, 2), privacy.spent(0.25, 3));
  }

  /** So few that in some rounds nobody comes: then there is noise alone, and the training goes on; also from its file. */
  @Test
  void nobodyMayTakePart() {
    Federation few = federation(3, 0.1, 1, 0, Method.fedavg(0)).hiding(new Privacy(0.1, 0.5, 1e-5));
    Outcome whole = kept(1, 12, few, 5, Control.until(() -> false));
    assertThat(whole.events()).anySatisfy(e -> assertThat(e).isInstanceOfSatisfying(TrainEvent.Round.class, r -> assertThat(r.clients()).isZero()));
    assertThat(folder.resolve("run.safetensors").toFile().delete()).isTrue();
    kept(1, 5, few, 5, Control.until(() -> false));
    assertThat(kept(1, 12, few, 5, Control.until(() -> false)).parameters()).isEqualTo(whole.parameters());
    assertThatThrownBy(() -> kept(1, 13, few.hiding(new Privacy(0.1, 0.6, 1e-5)), 5, Control.until(() -> false))).hasMessageContaining("the file has privacy gaussian(clip 0.1, noise 0.5, delta 1.0E-5)");
  }

  private static Federation half(Method method) {
    return new Federation(12, 0.5, 2, 7, new Partition.ByClass(1), method, OptionalDouble.empty());
  }

  private Outcome kept(int threads, int rounds, Federation federation, long seed, Control control) {
    Model model = Model.create("N", network(), 7);
    DataSplit data = new DataSplit("few", new Few(240, IN, 3), null, new Few(30, IN, 3));
    List<TrainEvent> events = new ArrayList<>();
    try (Engine engine = new Engine(threads, KernelSet.VECTOR, () -> false)) {
      Keep keep = new Keep(Optional.empty(), Optional.empty(), Optional.of(folder.resolve("run.safetensors")), Keep.NOTHING.metrics());
      engine.train(model, data, new TrainSettings(rounds, 16, true, seed, new CrossEntropy(3), Optimizers.sgd(RATE, 0)).with(keep).by(federation), events::add, control);
    }
    return new Outcome(model.parameters(), events);
  }

  /** Stopped in the midst of a round, with other threads, and again between two of them: the bits, and the account, of one that was never stopped. */
  @ParameterizedTest
  @MethodSource("methods")
  void itGoesOnFromWhereItWasStopped(Method method) {
    float[] whole = run(2, 6, half(method)).parameters();
    List<Double> begun = kept(1, 6, half(method), 5, Control.until(() -> false)).apart();
    assertThat(begun).hasSize(6);
    assertThat(folder.resolve("run.safetensors").toFile().delete()).isTrue();

    Outcome stopped = kept(1, 6, half(method), 5, told -> told.epoch() == 3 && told.batch() == 2 ? new Control.Next.Stop() : Control.GO_ON);
    assertThat(stopped.apart()).hasSize(2);
    assertThat(stopped.events().getLast()).isInstanceOfSatisfying(TrainEvent.Ended.class, e -> assertThat(e.epochs()).isEqualTo(2));
    assertThat(stopped.parameters()).isEqualTo(run(1, 2, half(method)).parameters());
    assertThat(kept(3, 4, half(method), 5, Control.until(() -> false)).apart()).isEqualTo(begun.subList(2, 4));
    Outcome end = kept(2, 6, half(method), 5, Control.until(() -> false));
    assertThat(end.apart()).isEqualTo(begun.subList(4, 6));
    assertThat(end.parameters()).isEqualTo(whole);
    assertThat(end.events()).anySatisfy(e -> assertThat(e).isInstanceOfSatisfying(TrainEvent.Resumed.class, r -> assertThat(r.journal().epochs()).hasSize(4)));
    // Nothing is left to do.
    assertThat(kept(2, 6, half(method), 5, Control.until(() -> false)).parameters()).isEqualTo(whole);
  }

  /** The accuracy that ends it may be another, and may have been reached before. */
  @Test
  void itEndsWhereItIsGoodEnoughAlready() {
    kept(1, 3, half(Method.fedavg(0)), 5, Control.until(() -> false));
    Federation until = new Federation(12, 0.5, 2, 7, new Partition.ByClass(1), Method.fedavg(0), OptionalDouble.of(0.01));
    Outcome again = kept(1, 6, until, 5, Control.until(() -> false));
    assertThat(again.apart()).isEmpty();
    assertThat(again.events()).anyMatch(TrainEvent.Reached.class::isInstance);
  }

  @Test
  void aFileOfAnotherTrainingIsRefused() {
    kept(1, 2, half(Method.fedavg(0)), 5, Control.until(() -> false));
    assertThatThrownBy(() -> kept(1, 3, half(Method.fedavg(0)), 6, Control.until(() -> false))).isInstanceOf(UnfitException.class).hasMessage("the file has seed 5, this training 6");
    assertThatThrownBy(() -> kept(1, 3, half(Method.scaffold()), 5, Control.until(() -> false))).hasMessage("the file has method fedavg, this training scaffold");
    assertThatThrownBy(() -> kept(1, 3, half(Method.fedavg(0.9)), 5, Control.until(() -> false))).hasMessage("the file has method fedavg, this training fedavg(momentum 0.9)");
    assertThatThrownBy(() -> kept(1, 3, federation(12, 0.5, 2, 7, Method.fedavg(0)), 5, Control.until(() -> false))).hasMessage("the file has split by_class(1), this training iid");
  }

  /** One step of each client with all of its examples is one step with all examples (McMahan et al. 2017, section 2: FedSGD). */
  @Test
  void oneStepOfAllIsGradientDescent() {
    float[] together = run(2, 5, federation(8, 1, 1, 0, Method.fedavg(0))).parameters();
    float[] alone = run(1, 5, federation(1, 1, 1, 0, Method.fedavg(0))).parameters();
    assertClose(together, alone, 2e-6);
  }

  /** A single client with everything is an ordinary training: as many epochs, another order. */
  @Test
  void aSingleClientTrainsAsUsual() {
    Model model = Model.create("N", network(), 7);
    DataSplit data = new DataSplit("few", new Few(240, IN, 3), null, new Few(30, IN, 3));
    try (Engine engine = new Engine(1, KernelSet.VECTOR, () -> false)) {
      TrainSettings settings = new TrainSettings(3, 240, false, 5, new CrossEntropy(3), Optimizers.sgd(RATE, 0));
      engine.train(model, data, settings, _ -> { }, Control.until(() -> false));
    }
    assertClose(run(1, 1, federation(1, 1, 3, 0, Method.fedavg(0))).parameters(), model.parameters(), 2e-6);
  }

  /** With mu = 0 it is FedAvg; the larger mu, the nearer clients stay. */
  @Test
  void proximalClientsStayNear() {
    float[] plain = run(2, 3, federation(6, 1, 4, 10, Method.fedavg(0))).parameters();
    assertThat(run(2, 3, federation(6, 1, 4, 10, Method.fedprox(0))).parameters()).isEqualTo(plain);
    double free = run(2, 1, federation(6, 1, 4, 10, Method.fedavg(0))).apart().getFirst();
    double held = run(2, 1, federation(6, 1, 4, 10, Method.fedprox(1))).apart().getFirst();
    assertThat(held).isLessThan(0.8 * free);
  }

  /** Control variates are 0 in the first round. With one step a round all of them come to the mean of the gradients, and change nothing of the mean. */
  @Test
  void scaffoldCorrectsWhatIsApart() {
    Federation skewed = new Federation(3, 1, 5, 10, new Partition.ByClass(1), Method.fedavg(0), OptionalDouble.empty());
    Federation corrected = new Federation(3, 1, 5, 10, new Partition.ByClass(1), Method.scaffold(), OptionalDouble.empty());
    assertThat(run(2, 1, corrected).parameters()).isEqualTo(run(2, 1, skewed).parameters());
    List<Double> plain = run(2, 6, skewed).apart(), own = run(2, 6, corrected).apart();
    assertThat(own.getLast()).isLessThan(0.7 * plain.getLast());
    assertClose(run(1, 4, federation(4, 1, 1, 0, Method.scaffold())).parameters(), run(1, 4, federation(4, 1, 1, 0, Method.fedavg(0))).parameters(), 3e-6);
  }

  /** The server's first steps, by the formulas of the papers. */
  @Test
  void theServerStepsAsThePapersSay() {
    float[] begin = Model.create("N", network(), 7).parameters();
    float[] mean = run(1, 1, federation(6, 1, 2, 10, Method.fedavg(0))).parameters();
    assertThat(run(1, 1, federation(6, 1, 2, 10, Method.fedavg(0.9))).parameters()).isEqualTo(mean);
    float[] adam = run(1, 1, federation(6, 1, 2, 10, new Method("fedadam", 0, false, 0.05, 0.9, true))).parameters();
    for (int i = Memory.BASE; i < begin.length; i++) {
      double change = (double) mean[i] - begin[i];
      double step = 0.05 * 0.1 * change / (Math.sqrt(0.01 * change * change) + Method.TAU);
      assertThat((double) adam[i]).isCloseTo(begin[i] + step, within(1e-5));
    }
  }

  @Test
  void roundsAreTold() {
    Outcome outcome = run(2, 3, federation(10, 0.3, 1, 8, Method.fedavg(0)));
    TrainEvent.Started started = (TrainEvent.Started) outcome.events().getFirst();
    assertThat(started.clients()).contains(new TrainEvent.Clients(10, 3, true, Optional.empty()));
    assertThat(outcome.events().stream().filter(TrainEvent.Epoch.class::isInstance)).hasSize(3).allSatisfy(e -> {
      TrainEvent.Epoch epoch = (TrainEvent.Epoch) e;
      assertThat(epoch.train().examples()).isEqualTo(72);
      assertThat(epoch.validation().examples()).isEqualTo(30);
    });
    assertThat(outcome.apart()).hasSize(3).allMatch(a -> a > 0);
  }

  @Test
  void itEndsWhenItIsGoodEnoughOrDiverges() {
    Federation easy = new Federation(4, 1, 1, 10, new Partition.Iid(), Method.fedavg(0), OptionalDouble.of(0.01));
    Outcome outcome = run(1, 50, easy);
    assertThat(outcome.apart()).hasSize(1);
    assertThat(outcome.events()).anyMatch(TrainEvent.Reached.class::isInstance);
    assertThatThrownBy(() -> run(1, 50, federation(4, 1, 5, 10, Method.fedavg(0)), Optimizers.sgd(3e38, 0)))
        .isInstanceOf(DivergedException.class).hasMessageContaining("client 0").hasMessageContaining("in round");
  }
}
