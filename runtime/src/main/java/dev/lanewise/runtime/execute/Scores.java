package dev.lanewise.runtime.execute;

import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * What has come of the examples of a batch: their losses, and what the network says of each. Blocks write it, several at once, each the
 * places of its own examples; it is read when all are through. All memory is there before the first batch.
 */
public final class Scores {
  private static final int LANES = Lanes.BLOCK;
  /** The class of outputs that are NaN. */
  private static final int NO_CLASS = -1;
  /** Below all outputs, however many there are. */
  private static final int NO_RANK = Integer.MAX_VALUE;

  private final Plan.Judged judged;
  private final boolean across;
  private final int objective;
  private final int outputs;
  private final float[] losses;
  /** What training makes small; the losses themselves where there are no heads. */
  private final float[] objectives;
  private final int[] predicted;
  private final int[] ranks;
  private final int[] labels;
  /** Of which examples an output is NaN. */
  private final boolean[] unclear;
  private float[] kept = new float[0];
  private float[] targets = new float[0];
  /** The right class at each place. */
  private float[] placed = new float[0];
  // Of each example's numbers: those that are marked in the target, in the output, in both.
  private int[] wanted = new int[0];
  private int[] said = new int[0];
  private int[] both = new int[0];
  /** From which output on the network says yes. */
  private float threshold = 0.5f;

  private IntPredicate leftOut = _ -> false;
  /** Where examples have a class at each place; null elsewhere. */
  private PlaceCounts places;

  // The batch at work.
  private int count;
  private boolean areClasses;
  private boolean arePlaces;
  private Field target;
  private double counted;

  /** @param objective where each lane's loss is that training makes small; {@code across} whether lanes are places of one example */
  Scores(Plan.Judged judged, int objective, int batch, boolean across) {
    this.judged = judged;
    this.across = across;
    this.objective = objective;
    this.outputs = judged.outputs();
    this.losses = new float[batch];
    this.objectives = objective == judged.loss() ? losses : new float[batch];
    this.predicted = new int[batch];
    this.ranks = new int[batch];
    this.labels = new int[batch];
    this.unclear = new boolean[batch];
  }

  /** From now on, {@link #outputs} can be asked for. */
  public void keepOutputs() {
    kept = new float[Math.multiplyExact(losses.length, outputs)];
  }

  /** Says from which output on the network says yes, from now on: one half unless it is said. */
  public void decide(float yes) {
    threshold = yes;
  }

  /** Says the examples, or places, of which classes are not counted, from now on. */
  public void leaveOut(IntPredicate classes) {
    leftOut = classes;
    places = null;
  }

  /** From now on, {@link #marks} can be asked for, where there are numbers to predict. */
  public void keepMarks() {
    wanted = new int[losses.length];
    said = new int[losses.length];
    both = new int[losses.length];
  }

  /** From now on, {@link #numbers} can be asked for, where there are as many numbers to predict as outputs. */
  public void keepTargets() {
    keepOutputs();
    targets = new float[kept.length];
  }

  /** From now on, {@link #labels} can be asked for. @throws IllegalStateException before the examples are known, or where they have no classes */
  public void keepLabels() {
    if (target == null || !target.isWhole()) {
      throw new IllegalStateException("no classes, but " + target);
    }
    placed = new float[Math.multiplyExact(losses.length, target.shape().size())];
  }

  /** What each example's outputs are, one example after the other, where they are kept. */
  public float[] kept() {
    return kept;
  }

  /** What each example's numbers should be, one example after the other, where that is kept. */
  public float[] targets() {
    return targets;
  }

  /** What each example's classes are, place by place, where they are kept. */
  public float[] labels() {
    return placed;
  }

  /** Whether that was wanted, and there are numbers to predict. */
  public boolean keepsTargets() {
    return targets.length > 0 && !areClasses && !arePlaces && judged.target() >= 0;
  }

  /** Which output it is, and what it is compared with. */
  public Plan.Judged judged() {
    return judged;
  }

  /** The part of examples that the output is compared with. */
  void of(Field field) {
    target = field;
    areClasses = judged.target() >= 0 && field.isWhole() && field.shape().size() == 1;
    arePlaces = judged.target() >= 0 && field.isWhole() && field.shape().size() > 1;
    Field seen = arePlaces && across ? new Field(field.name(), Shape.of(field.shape().size() / LANES), field.bound()) : field;
    if (arePlaces && (places == null || !places.isOf(seen))) {
      places = new PlaceCounts(seen, outputs, leftOut);
    }
  }

  /** What the output is compared with; of what is compared with nothing, the target of the examples. */
  public Field target() {
    return target;
  }

  /** Whether the output is compared with a class of each example. */
  public boolean areClasses() {
    return areClasses;
  }

  /** A batch of so many examples. @param weight what they count in the mean of the losses */
  void begin(int examples, double weight) {
    count = examples;
    counted = weight;
    if (arePlaces) {
      places.begin();
    }
  }

  /** How many bytes {@link #write} takes for so many examples. */
  int bytes(int examples) {
    int each = 5 * 4 + 1 + (kept.length > 0 ? 4 * outputs : 0) + (targets.length > 0 ? 4 * outputs : 0) + (wanted.length > 0 ? 12 : 0) + (placed.length > 0 ? 4 * target.shape().size() : 0);
    return examples * each + (arePlaces ? places.bytes() : 0);
  }

  /** What has come of some examples, for the process whose batch they are of. */
  void write(ByteBuffer to, int first, int examples) {
    for (int i = first; i < first + examples; i++) {
      to.putFloat(losses[i]).putFloat(objectives[i]).putInt(predicted[i]).putInt(ranks[i]).putInt(labels[i]).put((byte) (unclear[i] ? 1 : 0));
      if (wanted.length > 0) {
        to.putInt(wanted[i]).putInt(said[i]).putInt(both[i]);
      }
    }
    for (Numbered part : numbered()) {
      to.asFloatBuffer().put(part.values, first * part.size, examples * part.size);
      to.position(to.position() + 4 * examples * part.size);
    }
    if (arePlaces) {
      places.write(to);
    }
  }

  /** Takes over what another process has written. */
  void read(ByteBuffer from, int first, int examples) {
    for (int i = first; i < first + examples; i++) {
      losses[i] = from.getFloat();
      objectives[i] = from.getFloat();
      predicted[i] = from.getInt();
      ranks[i] = from.getInt();
      labels[i] = from.getInt();
      unclear[i] = from.get() != 0;
      if (wanted.length > 0) {
        wanted[i] = from.getInt();
        said[i] = from.getInt();
        both[i] = from.getInt();
      }
    }
    for (Numbered part : numbered()) {
      from.asFloatBuffer().get(part.values, first * part.size, examples * part.size);
      from.position(from.position() + 4 * examples * part.size);
    }
    if (arePlaces) {
      places.add(from);
    }
  }

  /** Numbers that are kept of examples, so many of each. */
  private record Numbered(float[] values, int size) {}

  private List<Numbered> numbered() {
    return Stream.of(new Numbered(kept, outputs), new Numbered(targets, outputs), new Numbered(placed, target.shape().size())).filter(n -> n.values.length > 0).toList();
  }

  /** Reads a block that is one example, whose lanes are its places: its loss is the mean of theirs. */
  void across(float[] arena, int example) {
    if (arePlaces) {
      places.block(arena, judged.output(), judged.target(), LANES, threshold);
    }
    double loss = 0;
    double trained = 0;
    unclear[example] = false;
    for (int lane = 0; lane < LANES; lane++) {
      loss += arena[judged.loss() + lane];
      trained += arena[objective + lane];
      unclear[example] |= isUnclear(arena, lane);
    }
    objectives[example] = (float) (trained / LANES);
    losses[example] = (float) (loss / LANES);
  }

  /** Reads the lanes of a block that is through the plan. */
  void block(float[] arena, int first, int lanes) {
    if (arePlaces) {
      places.block(arena, judged.output(), judged.target(), lanes, threshold);
    }
    for (int lane = 0; lane < lanes; lane++) {
      losses[first + lane] = arena[judged.loss() + lane];
      objectives[first + lane] = arena[objective + lane];
      unclear[first + lane] = isUnclear(arena, lane);
      if (areClasses) {
        predicted[first + lane] = unclear[first + lane] ? NO_CLASS : predicted(arena, lane);
        labels[first + lane] = (int) arena[judged.target() + lane];
        ranks[first + lane] = rank(arena, lane, labels[first + lane], predicted[first + lane]);
      } else if (wanted.length > 0 && !arePlaces) {
        mark(arena, first + lane, lane);
      }
      keep(kept, first + lane, arena, judged.output() + lane);
      if (keepsTargets()) {
        keep(targets, first + lane, arena, judged.target() + lane);
      }
      if (placed.length > 0) {
        label(first + lane, arena, judged.target() + lane);
      }
    }
  }

  /** Copies an example's numbers, if there is a place for them. */
  private void keep(float[] to, int example, float[] arena, int at) {
    for (int i = 0; to.length > 0 && i < outputs; i++) {
      to[example * outputs + i] = arena[at + i * LANES];
    }
  }

  private void label(int example, float[] arena, int at) {
    int places = target.shape().size();
    for (int i = 0; i < places; i++) {
      placed[example * places + i] = arena[at + i * LANES];
    }
  }

  /** Counts what is marked. */
  private void mark(float[] arena, int example, int lane) {
    wanted[example] = 0;
    said[example] = 0;
    both[example] = 0;
    for (int i = 0; i < outputs; i++) {
      int target = arena[judged.target() + i * LANES + lane] > 0.5f ? 1 : 0;
      int output = arena[judged.output() + i * LANES + lane] > threshold ? 1 : 0;
      wanted[example] += target;
      said[example] += output;
      both[example] += target & output;
    }
  }

  private boolean isUnclear(float[] arena, int lane) {
    int at = judged.output() + lane;
    boolean found = false;
    for (int i = 0; i < outputs; i++) {
      found |= Float.isNaN(arena[at + i * LANES]);
    }
    return found;
  }

  /** The class with the highest output; of a single output, whether it says yes. */
  private int predicted(float[] arena, int lane) {
    int at = judged.output() + lane;
    if (outputs == 1) {
      return arena[at] > threshold ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < outputs; i++) {
      if (arena[at + i * LANES] > arena[at + best * LANES]) {
        best = i;
      }
    }
    return best;
  }

  /** How many outputs are above that of the right class; among equal ones the first counts as the highest. */
  private int rank(float[] arena, int lane, int label, int answer) {
    if (answer == NO_CLASS) {
      return NO_RANK;
    }
    if (answer == label || outputs == 1 || label < 0 || label >= outputs) {
      return answer == label ? 0 : outputs;
    }
    int at = judged.output() + lane;
    float own = arena[at + label * LANES];
    int above = 0;
    for (int i = 0; i < outputs; i++) {
      float other = arena[at + i * LANES];
      above += other > own || other == own && i < label ? 1 : 0;
    }
    return above;
  }

  /** The sum of the examples' losses, in their order: of the network's own output, in training as in tests. */
  public double lossSum() {
    return sum(losses);
  }

  /** What the batch's examples count in the mean of their losses. */
  public double weight() {
    return counted;
  }

  /** The sum of what training makes small: with heads, their losses are counted too. */
  public double objectiveSum() {
    return sum(objectives);
  }

  /** Whether that is more than the network's own loss. */
  public boolean hasHeads() {
    return objectives != losses;
  }

  private double sum(float[] values) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    return sum;
  }

  /** Of how many examples an output is NaN: they have no answer. */
  public int unclear() {
    int found = 0;
    for (int i = 0; i < count; i++) {
      found += unclear[i] ? 1 : 0;
    }
    return found;
  }

  /** How many examples got the right answer. */
  public int correct() {
    int hits = 0;
    for (int i = 0; i < count; i++) {
      hits += predicted[i] == labels[i] && !leftOut.test(labels[i]) ? 1 : 0;
    }
    return hits;
  }

  /** What is said of the places of the batch's examples; null if they have no class at each place. */
  public PlaceCounts places() {
    return arePlaces ? places : null;
  }

  /** An example's answer. */
  public interface Answers {
    /**
     * @param example its place in the batch
     * @param predicted the class; -1 if an output is NaN
     * @param rank how many outputs are above that of the right class
     */
    void on(int example, int label, int predicted, int rank);
  }

  /** Tells the answer of every example that is not left out, in their order. */
  public void answers(Answers answers) {
    for (int i = 0; i < count; i++) {
      if (!leftOut.test(labels[i])) {
        answers.on(i, labels[i], predicted[i], ranks[i]);
      }
    }
  }

  /** What is marked of an example's numbers. */
  public interface Marks {
    void on(int wanted, int said, int both);
  }

  /** Tells what is marked of every example's numbers, in their order, if that is kept. */
  public void marks(Marks marks) {
    for (int i = 0; !arePlaces && i < Math.min(count, wanted.length); i++) {
      marks.on(wanted[i], said[i], both[i]);
    }
  }

  /** What an example's numbers should be, and what they are: those from {@code at} on. */
  public interface Numbers {
    void on(float[] targets, float[] outputs, int at);
  }

  /** Tells every example's numbers, in their order, if they are kept. */
  public void numbers(Numbers numbers) {
    for (int i = 0; keepsTargets() && i < count; i++) {
      numbers.on(targets, kept, i * outputs);
    }
  }

  /** Copies an example's outputs, which have been kept. */
  public void outputs(int example, float[] to, int at) {
    System.arraycopy(kept, example * outputs, to, at, outputs);
  }

  /** Copies the losses of the batch's examples. */
  public void losses(float[] into, int example) {
    System.arraycopy(losses, 0, into, example, count);
  }

  /** Copies what the network made of the batch's examples, one after the other, and their losses. */
  public void outputs(float[] intoOutputs, float[] intoLosses, int example) {
    System.arraycopy(kept, 0, intoOutputs, example * outputs, count * outputs);
    System.arraycopy(losses, 0, intoLosses, example, count);
  }
}
