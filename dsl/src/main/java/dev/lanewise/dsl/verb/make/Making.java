package dev.lanewise.dsl.verb.make;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.view.ExampleTable;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Noised;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Unlearned;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.score.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a network makes of rows of numbers, with its original values; of further inputs that are whole numbers, each in turn.
 *
 * @param loss that fits it, which nobody asks for
 */
record Making(CheckedNet net, Computation loss) {
  /** Keeps its numbers apart from all others of a seed. */
  private static final long SALT = 0x6d616b65L;

  /** Empty, and reported, if it does not begin with a row of numbers, or takes more that nobody gives. */
  static Optional<Making> of(Given given, String name) {
    CheckedNet net = given.net(name);
    List<Field> inputs = net.inputs();
    Optional<Field> other = inputs.stream().skip(1).filter(f -> !f.isWhole() || f.shape().size() > 1).findFirst();
    if (!net.input().isFlat() || net.first().isWhole() || other.isPresent()) {
      String takes = other.map(f -> f.kind() + " for " + f.name()).orElse(net.first().kind());
      return given.problems().report(
          Code.L098, given.at(name), net.name() + " takes " + takes + ", but what makes examples of noise takes a row of numbers, and perhaps classes",
          "name a generator, or a decoder");
    }
    return given.loss(net).map(loss -> new Making(net, loss));
  }

  static float[][] noise(int count, int numbers, long seed) {
    float[][] rows = new float[count][numbers];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < numbers; k++) {
        rows[i][k] = Noised.Source.NORMAL.at(Draws.mix(seed, SALT), i, k);
      }
    }
    return rows;
  }

  List<float[]> run(Bench bench, float[][] rows) {
    Trained trained = bench.trained(net);
    List<Field> fields = new ArrayList<>(Given.alone(net));
    if (!net.first().name().isEmpty()) {
      fields.set(0, net.first());
    }
    fields.addAll(net.inputs().subList(1, net.inputs().size()));
    Unlearned examples = new Unlearned(fields, rows, (field, example) -> example % fields.get(field).bound());
    Predictions made = bench.engine().predict(trained.model(), examples, loss);
    Optional<Normalization> scale = trained.world().flatMap(World::made);
    return IntStream.range(0, rows.length).mapToObj(i -> Arrays.copyOfRange(made.values(), i * made.outputs(), (i + 1) * made.outputs())).map(o -> scale.map(s -> s.undone(o)).orElse(o)).toList();
  }

  /** Pictures, or rows of numbers. @param together how many that follow each other stay in one row */
  Exhibit shown(String title, List<float[]> made, int together) {
    return Exhibits.isPicture(net.output())
        ? new Gallery(title, Exhibits.pictures(net.output(), made, this::caption), together)
        : new Table(title, List.of("item", "values"), IntStream.range(0, made.size()).mapToObj(i -> List.of(Integer.toString(i), ExampleTable.numbers(made.get(i)))).toList());
  }

  /** The classes that it was given. */
  private String caption(int item) {
    return net.inputs().stream().skip(1).map(f -> Integer.toString(item % f.bound())).reduce((a, b) -> a + ", " + b).orElse("");
  }
}
