package dev.lanewise.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.Duel;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Some steps of two networks against each other beside PyTorch in double; src/test/python/adversaries.py made the numbers. */
class AdversariesTest {
  private static final String SCRIPT = """
      net G = input 3 -> dense(4, bias = false) -> batchnorm -> tanh -> dense(2)
      net D = input 2 -> dense(5) -> tanh -> dense(1)
      data points = moons(count = 100)
      train G against D on points { epochs = 3; batch = 3; shuffle = false; optimizer = adam(0.05, beta1 = 0.5); critic { optimizer = sgd(0.1, momentum = 0.9) } }
      """;

  private static final double[] LOSSES = {0.811814420, 0.792429339, 0.767840720, 0.726858272, 0.673059876, 0.588187215};

  private static final Map<String, double[]> G =
      new TreeMap<>(Map.ofEntries(
          Map.entry("batchnorm1.bias", new double[] {-0.153466501, 0.455458916, 0.508838963, 0.419258875}),
          Map.entry("batchnorm1.weight", new double[] {0.577895128, 0.599539268, 0.263755244, -0.331038864}),
          Map.entry("dense1.weight", new double[] {0.724335197, -0.038635731, -0.183012155, -0.604592108, -0.382457032, 0.141820541, 0.678428943, 0.417734246, 0.062665895, -0.415143282, -0.833419587, -0.314182044}),
          Map.entry("dense2.bias", new double[] {0.414159232, -0.073258203}),
          Map.entry("dense2.weight", new double[] {-0.648676948, -0.27477098, 0.039457817, 0.578829867, 0.373818124, 0.81151384, 0.3474771, -0.116894846}),
          Map.entry("batchnorm1.running_mean", new double[] {-0.018667126, -0.025440115, 0.003886019, -0.046151592}),
          Map.entry("batchnorm1.running_var", new double[] {0.586231455, 0.563237243, 0.550031392, 0.541978099})));

  private static final Map<String, double[]> D =
      new TreeMap<>(Map.ofEntries(
          Map.entry("dense1.bias", new double[] {-0.017967015, 0.458386702, 0.535502083, 0.285486111, -0.273429872}),
          Map.entry("dense1.weight", new double[] {0.506198818, 0.589354329, 0.204047738, -0.438372984, -0.69077085, -0.568708506, 0.038587816, 0.46414496, 0.586350353, 0.248714893}),
          Map.entry("dense2.bias", new double[] {0.546253647}),
          Map.entry("dense2.weight", new double[] {0.263345618, -0.489304267, -0.757179557, -0.221738217, 0.298621403})));

  private static CheckedTrain train() {
    Source source = new Source("x.net", SCRIPT);
    return Checker.check(source, ScriptParser.parse(source).script(), new Scope()).actions().stream()
        .filter(Action.Train.class::isInstance).map(a -> ((Action.Train) a).train()).findFirst().orElseThrow();
  }

  /** With first values that both programs can make. */
  private static Model model(CheckedNet net) {
    Model model = Model.create(net.name(), Lowering.graph(net), 1);
    List<Tensor> tensors = new ArrayList<>(model.tensors().stream().filter(t -> t.name().contains("running")).toList());
    List<Tensor> trained = model.tensors().stream().filter(t -> !t.name().contains("running")).sorted((a, b) -> a.name().compareTo(b.name())).toList();
    for (int k = 0; k < trained.size(); k++) {
      float[] values = new float[trained.get(k).values().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.6 * Math.sin(0.9 * i + k));
      }
      tensors.add(new Tensor(trained.get(k).name(), trained.get(k).shape(), values));
    }
    model.assign(tensors);
    return model;
  }

  private static DataSplit points() {
    float[][] values = new float[5][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new float[] {(float) Math.sin(i), (float) Math.cos(2 * i)};
    }
    Points points = new Points(Shape.of(2), values);
    return new DataSplit("points", points, null, points);
  }

  @ParameterizedTest
  @EnumSource
  void theStepsAreThoseOfPyTorch(KernelSet kernels) {
    CheckedTrain train = train();
    CheckedTrain.Rival rival = train.rival().orElseThrow();
    Model g = model(train.net());
    Model d = model(rival.net());
    Map<Long, Integer> draws = new HashMap<>();
    List<Double> losses = new ArrayList<>();
    Duel duel = new Duel(g, d, rival.loss(), train.settings(), rival.optimizer(), rival.steps(), (key, example, element) -> {
      int draw = draws.computeIfAbsent(key, _ -> draws.size());
      return (float) Math.sin(1.3 * draw + 0.7 * example + 2.1 * element);
    });
    try (Engine engine = new Engine(1, kernels)) {
      assertThat(engine.train(duel, points(), e -> {
        if (e instanceof TrainEvent.Batch b) {
          losses.add(b.loss());
        }
      }, Control.until(() -> false))).isTrue();
    }
    for (int i = 0; i < LOSSES.length; i++) {
      assertThat(losses.get(i)).isCloseTo(LOSSES[i], within(2e-5));
    }
    same(g, G);
    same(d, D);
  }

  private static void same(Model model, Map<String, double[]> expected) {
    assertThat(model.tensors().stream().map(Tensor::name)).containsExactlyInAnyOrderElementsOf(expected.keySet());
    for (Tensor t : model.tensors()) {
      for (int i = 0; i < t.values().length; i++) {
        assertThat((double) t.values()[i]).as(t.name()).isCloseTo(expected.get(t.name())[i], within(1e-4));
      }
    }
  }
}
