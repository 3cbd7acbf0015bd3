package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.score.Threshold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a network says of examples of which nobody knows the right answer: a class and how sure it is, or numbers in their own unit.
 *
 * @param classes names of the classes; none where numbers are predicted
 * @param names of the numbers
 */
public record Said(List<String> classes, List<String> names, Predictions made) {
  /** Of more numbers nobody reads a table. */
  private static final int MOST = 20;

  /** @param loss that the network was trained with, or that fits */
  public static Said of(Trained trained, Predictions made, Computation loss) {
    int outputs = made.outputs();
    Computation main = Objective.main(loss);
    boolean compares = main.inputs().get(1).shape().equals(main.inputs().get(0).shape()) && outputs > 1;
    return new Said(
        trained.world().map(World::classes).filter(c -> !c.isEmpty()).orElseGet(() -> compares && trained.world().isPresent() ? List.of() : numbered(trained, outputs)),
        trained.world().map(World::names).orElse(List.of()), made);
  }

  /** Without a world, a row of outputs is taken for classes, and anything else for numbers. */
  private static List<String> numbered(Trained trained, int outputs) {
    boolean numbers = trained.world().isPresent() || !trained.net().output().isFlat() || outputs == 1;
    return numbers ? List.of() : IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
  }

  /** The same of one example, by what the network gives for it. */
  public static Said of(Trained trained, double[] output, Computation loss) {
    float[] values = new float[output.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) output[i];
    }
    return of(trained, new Predictions(values.length, values, new float[1], Threshold.of(loss)), loss);
  }

  public boolean isClass() {
    return !classes.isEmpty();
  }

  /** {@code 9, 71 %}, or the numbers. */
  public String inWords(int example) {
    if (!isClass()) {
      return ExampleTable.numbers(outputs(example));
    }
    int predicted = made.predicted(example);
    return name(predicted) + ", " + percent(made.probabilities(example)[predicted]);
  }

  /** The class alone, or the numbers one by one. */
  public List<String> answer(int example) {
    if (isClass()) {
      return List.of(name(made.predicted(example)));
    }
    List<String> numbers = new ArrayList<>();
    for (float v : outputs(example)) {
      numbers.add(Float.toString(v));
    }
    return numbers;
  }

  /** What the columns of {@link #answer} are called. */
  public List<String> header() {
    if (isClass()) {
      return List.of("class");
    }
    return names.size() == made.outputs() ? names
        : made.outputs() == 1 ? List.of("answer") : IntStream.rangeClosed(1, made.outputs()).mapToObj(i -> "output " + i).toList();
  }

  /** Of one example: the classes with their probabilities, the likeliest first, or the numbers with their names. */
  public Table table(String title, int example) {
    List<List<String>> rows = new ArrayList<>();
    if (isClass()) {
      double[] probabilities = made.probabilities(example);
      IntStream.range(0, probabilities.length).boxed().sorted(Comparator.comparingDouble(c -> -probabilities[c]))
          .forEach(c -> rows.add(List.of(name(c), percent(probabilities[c]))));
      return new Table(title, List.of("class", "probability"), rows);
    }
    float[] outputs = outputs(example);
    IntStream.range(0, Math.min(MOST, outputs.length)).forEach(o -> rows.add(List.of(header().get(o), ExampleTable.number(outputs[o]))));
    return new Table(outputs.length <= MOST ? title : String.format(Locale.ROOT, "%s: the first %d of %,d; to = \"answers.csv\" writes all", title, MOST, outputs.length), List.of("number", "says"), rows);
  }

  private String name(int c) {
    return c < classes.size() ? classes.get(c) : Integer.toString(c);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** The numbers that the network gives for it. */
  public float[] outputs(int example) {
    float[] own = new float[made.outputs()];
    System.arraycopy(made.values(), example * own.length, own, 0, own.length);
    return own;
  }
}
