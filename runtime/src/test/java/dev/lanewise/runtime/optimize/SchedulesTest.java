package dev.lanewise.runtime.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Few;
import dev.lanewise.runtime.train.Keep;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.TrainSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The learning rate of every step beside PyTorch's; the numbers come from src/test/python/schedules.py. */
class SchedulesTest {
  private static final double BASE = 0.3;

  /** @param numbers the rates; of a plateau the values of the loss before them */
  private record Line(String name, String arguments, int epochs, int steps, double[] numbers) {
    static Line of(String text) {
      String[] words = text.split(" ");
      return new Line(
          words[0], words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]),
          Arrays.stream(words).skip(4).mapToDouble(Double::parseDouble).toArray());
    }

    Schedule schedule() {
      Schedules.Definition definition = Schedules.named(name).orElseThrow();
      Map<String, Object> given = new HashMap<>();
      for (String pair : arguments.equals("-") ? new String[0] : arguments.split(",")) {
        String[] both = pair.split("=");
        Argument argument =
            definition.signature().arguments().stream().filter(a -> a.name().equals(both[0])).findFirst().orElseThrow();
        double value = Double.parseDouble(both[1]);
        given.put(both[0], argument.type() == Argument.Type.INTEGER ? (Object) (int) value : (Object) value);
      }
      return definition.bind(Arguments.of(definition.signature(), given));
    }

    @Override
    public String toString() {
      return name + " " + arguments + ", " + epochs + " epochs of " + steps + " steps";
    }
  }

  private static List<Line> lines() throws IOException {
    try (InputStream in = SchedulesTest.class.getResourceAsStream("schedules.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(Line::of).toList();
    }
  }

  /** As a training tells them, batch by batch. */
  private static double[] rates(Engine engine, Line line) {
    GraphBuilder b = new GraphBuilder(Shape.of(1));
    Model model = Model.create("N", b.build(b.add("dense1", new Dense(1, 2, true), b.input())), 1);
    DataSplit data = new DataSplit("few", new Few(line.steps, Shape.of(1), 2), null, new Few(1, Shape.of(1), 2));
    TrainSettings settings = new TrainSettings(
        line.epochs, 1, true, 1, new CrossEntropy(2), Optimizers.sgd(BASE, 0), line.schedule(), new Clip.None(), Keep.NOTHING);
    List<Double> rates = new ArrayList<>();
    engine.train(model, data, settings, e -> {
      if (e instanceof TrainEvent.Batch batch) {
        rates.add(batch.rate());
      }
    }, Control.until(() -> false));
    return rates.stream().mapToDouble(r -> r).toArray();
  }

  @Test
  void everyStepHasTheRateThatPyTorchGivesIt() throws IOException {
    List<Line> lines = lines().stream().filter(l -> !l.name.equals("plateau")).toList();
    try (Engine engine = new Engine(1, KernelSet.SCALAR)) {
      for (Line line : lines) {
        assertThat(rates(engine, line)).as(line.toString()).containsExactly(line.numbers, within(1e-12));
      }
    }
  }

  @Test
  void everyEpochHasTheRateThatReduceLROnPlateauGivesIt() throws IOException {
    List<Line> lines = lines().stream().filter(l -> l.name.equals("plateau")).toList();
    for (Line line : lines) {
      Plateau plateau = (Plateau) line.schedule();
      Plateau.State state = new Plateau.State();
      double rate = BASE;
      for (int epoch = 0; epoch < line.epochs; epoch++) {
        rate = plateau.next(rate, line.numbers[epoch], state);
        assertThat(rate).as("%s: after epoch %d", line, epoch + 1).isCloseTo(line.numbers[line.epochs + epoch], within(1e-12));
      }
    }
  }

  @Test
  void everyScheduleIsCompared() throws IOException {
    assertThat(lines().stream().map(Line::name).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(Schedules.all().stream().map(s -> s.signature().name()).toList());
  }

  /** There PyTorch divides by zero. */
  @Test
  void aWayUpOfOneStepIsThePeak() {
    Schedule half = new Line("one_cycle", "share=0.5", 1, 2, null).schedule();
    assertThat(half.rate(BASE, 0, 2, 0)).isEqualTo(BASE);
    assertThat(half.rate(BASE, 1, 2, 0)).isCloseTo(BASE / 250_000, within(1e-15));
  }

  @Test
  void everyRateIsANumberThatIsNotNegative() {
    for (Schedules.Definition definition : Schedules.all()) {
      for (double share : new double[] {0, 0.1, 1.0 / 3, 0.5, 0.999, 1}) {
        Map<String, Object> given = new HashMap<>();
        definition.signature().arguments().forEach(a -> {
          if (a.name().equals("share")) {
            given.put("share", share);
          } else if (a.isRequired()) {
            given.put(a.name(), a.type() == Argument.Type.INTEGER ? (Object) 2 : (Object) 0.5);
          }
        });
        Schedule schedule = definition.bind(Arguments.of(definition.signature(), given));
        for (long steps = 1; steps < 40; steps++) {
          for (long step = 0; step < steps; step++) {
            assertThat(schedule.rate(BASE, step, steps, (int) step / 3)).as("%s %s: %d of %d", definition.signature(), given, step, steps)
                .isBetween(0.0, BASE);
          }
        }
      }
    }
  }
}
