package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.operation.Body;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.plan.PlaceKernels.Spot;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * The loop of a {@link Scan}: its steps bound once, to spots that move on from place to place. What is told lies in the outputs from the beginning; parts of
 * a value are not copied out of it, nor into it.
 */
final class Loop implements Step {
  private static final int LANES = Lanes.BLOCK;

  private final Scan scan;
  private final Map<Value, Spot> spots = new HashMap<>();
  private final List<PlaceKernels.Run> steps = new ArrayList<>();
  private final List<Step> pack = new ArrayList<>();
  private final List<Defined<?>> generated = new ArrayList<>();
  // Looked up once: running it makes no objects.
  private final Spot[] states;
  private final Spot[] next;
  private final int[] sizes;
  private int scratch;

  private Loop(Scan scan, int[] in, int[] out, int scratch) {
    this.scan = scan;
    this.scratch = scratch;
    place(in, out);
    this.states = scan.body().states().stream().map(spots::get).toArray(Spot[]::new);
    this.next = scan.body().next().stream().map(spots::get).toArray(Spot[]::new);
    this.sizes = scan.body().states().stream().mapToInt(Loop::size).toArray();
  }

  /** Floats of working memory: values that are forgotten from place to place. */
  static int scratchSize(Scan scan) {
    return new Loop(scan, new int[scan.inputs().size()], new int[scan.told().size()], 0).scratch;
  }

  /**
   * Binds a loop.
   *
   * @param in where its inputs are; {@code out} where its outputs go; {@code scratch} where its working memory begins
   * @param room gives room for so many packed weights
   */
  static Loop bound(Scan scan, int[] in, int[] out, int scratch, IntUnaryOperator room) {
    Loop loop = new Loop(scan, in, out, scratch);
    for (Body.Step step : scan.body().steps()) {
      loop.bind(step, room);
    }
    return loop;
  }

  /** What is done once for a batch. */
  List<Step> pack() {
    return pack;
  }

  List<Defined<?>> generated() {
    return generated;
  }

  private void place(int[] in, int[] out) {
    Body body = scan.body();
    for (int i = 0; i < in.length; i++) {
      boolean each = i < body.each().size();
      Value value = each ? body.each().get(i) : body.fixed().get(i - body.each().size());
      spots.put(value, new Spot(in[i], each ? size(value) : 0));
    }
    for (int i = 0; i < out.length; i++) {
      Value value = scan.told().get(i);
      spots.put(value, new Spot(out[i], size(value)));
    }
    body.states().forEach(this::own);
    // Parts of what is put together lie in it, if nobody else says where.
    for (Body.Step step : body.steps().reversed()) {
      if (!isPart(step)) {
        own(step.output());
        if (step.operation() instanceof Concat) {
          within(step);
        }
      }
    }
    for (Body.Step step : body.steps()) {
      if (isPart(step)) {
        Spot whole = spots.get(step.inputs().getFirst());
        int begin = step.operation() instanceof Slice slice ? slice.begin() * LANES : 0;
        spots.putIfAbsent(step.output(), new Spot(whole.at() + begin, whole.step()));
      }
    }
  }

  private static int size(Value value) {
    return value.shape().size() * LANES;
  }

  private void own(Value value) {
    if (!spots.containsKey(value)) {
      spots.put(value, Spot.fixed(scratch));
      scratch = Math.addExact(scratch, size(value));
    }
  }

  /** Whether what a step makes is there already, in what it reads. */
  private static boolean isPart(Body.Step step) {
    return step.operation() instanceof Slice || step.operation() instanceof Reshape;
  }

  private void within(Body.Step concat) {
    Spot whole = spots.get(concat.output());
    int at = whole.at();
    for (Value part : concat.inputs()) {
      boolean free = !spots.containsKey(part) && scan.body().steps().stream().anyMatch(s -> s.output().equals(part) && !isPart(s));
      if (free) {
        spots.put(part, new Spot(at, whole.step()));
      }
      at += size(part);
    }
  }

  private void bind(Body.Step step, IntUnaryOperator room) {
    List<Spot> in = step.inputs().stream().map(spots::get).toList();
    Spot out = spots.get(step.output());
    if (!isThere(step.operation(), step.inputs(), in, out)) {
      IdleCalls.of(step.operation());
      PlaceKernels.Bound bound = PlaceKernels.repeated(step.operation(), in, out, room)
          .or(() -> PlaceKernels.bind(step.operation(), in, List.of(out), scan.places()))
          .orElseThrow(() -> new IllegalArgumentException(step.operation().name() + " has no kernel in a loop"));
      steps.add(bound.run());
      generated.addAll(bound.generated());
      pack.addAll(bound.pack());
    }
  }

  /** Whether nothing is to be done, as each part is where it belongs. */
  private static boolean isThere(Operation operation, List<Value> values, List<Spot> in, Spot out) {
    int at = operation instanceof Slice slice ? out.at() - slice.begin() * LANES : out.at();
    if (!(operation instanceof Slice || operation instanceof Reshape || operation instanceof Concat)) {
      return false;
    }
    for (int i = 0; i < in.size(); i++) {
      if (in.get(i).at() != at || in.get(i).step() != out.step()) {
        return false;
      }
      at += size(values.get(i));
    }
    return true;
  }

  /** Takes a block through all places. */
  @Override
  public void run(Frame frame) {
    begin(frame);
    for (int i = 0; i < scan.places(); i++) {
      int place = place(i);
      for (int k = 0; k < steps.size(); k++) {
        steps.get(k).at(frame, place);
      }
      handOn(frame, i);
    }
  }

  /** Takes two blocks through all places, side by side: a weight that is read serves both. */
  @Override
  public void run(Frame frame, Frame other) {
    begin(frame);
    begin(other);
    for (int i = 0; i < scan.places(); i++) {
      int place = place(i);
      for (int k = 0; k < steps.size(); k++) {
        steps.get(k).at(frame, other, place);
      }
      handOn(frame, i);
      handOn(other, i);
    }
  }

  private int place(int turn) {
    return scan.backwards() ? scan.places() - 1 - turn : turn;
  }

  /** Zeros come to the first place. */
  private void begin(Frame frame) {
    for (int s = 0; s < states.length; s++) {
      int at = states[s].of(place(0));
      Arrays.fill(frame.arena, at, at + sizes[s], 0);
    }
  }

  private void handOn(Frame frame, int turn) {
    for (int s = 0; turn + 1 < scan.places() && s < states.length; s++) {
      System.arraycopy(frame.arena, next[s].of(place(turn)), frame.arena, states[s].of(place(turn + 1)), sizes[s]);
    }
  }

  /** What it does, as a reader would write it. */
  static String pseudocode(Scan scan) {
    StringBuilder text = new StringBuilder("for each of %d places%s:\n".formatted(scan.places(), scan.backwards() ? ", the last first" : ""));
    for (Body.Step step : scan.body().steps()) {
      text.append("  %s = %s(%s)\n".formatted(name(step.output()), step.operation().name(), String.join(", ", step.inputs().stream().map(Loop::name).toList())));
    }
    return text.toString();
  }

  private static String name(Value value) {
    Shape shape = value.shape();
    return (value.name().isEmpty() ? "x" : value.name()) + value.id() + "[" + shape + "]";
  }
}
