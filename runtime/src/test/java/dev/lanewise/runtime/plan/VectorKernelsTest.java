package dev.lanewise.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.SmallOperations;
import dev.lanewise.runtime.rewrite.PoolingFirst;
import dev.lanewise.runtime.rewrite.Turns;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation inside a small network, forward and backward: the plan of vector kernels against the plan of
 * formulas. It covers what the kernels' own tests do not: binding, placement, sharing of memory, sums over lanes and
 * blocks.
 */
@Tag("kernels")
class VectorKernelsTest {
  static Stream<LossGraph> graphs() {
    Stream<LossGraph> layers = Stream.<Computation>concat(SmallOperations.layers().stream(), SmallOperations.recipes().stream()).map(o -> Differentiation.of(around(o), new CrossEntropy(3)));
    return Stream.concat(layers, Stream.of(Networks.classic(), Networks.withoutPadding(), Networks.pooled(), Networks.wide(),
        Networks.branched(), Networks.chained(), Networks.dropped(34, 34, 3, 0.5, false), Networks.dropped(7, 35, 4, 0.9, true),
        Networks.dropped(18, 7, 3, 0.3, false), Networks.dropped(12, 12, 5, 0.99, false), Networks.droppedGroups(), Differentiation.of(Networks.sequence(), new CrossEntropy(3)), Differentiation.of(Turns.of(Networks.sequence()), new CrossEntropy(3)), Networks.tied(), Networks.lookedUpTwice(),
        Networks.large(), Networks.manyWeights(), Networks.normed()));
  }

  @Test
  void gradientsOfLargeMatricesAreComputedOnceForTheBatch() {
    Plan plan = new Plan(Networks.large(), KernelSet.VECTOR);
    assertThat(plan.lateSteps()).isEqualTo(2);
    // Behind the shards' gradients lie the two matrices alone.
    assertThat(plan.shardEnd()).isEqualTo(Memory.BASE + 4 * 1024 + 1024 + 1024 + 1027 * 3 + 3);
  }

  @Test
  void droppedChannelsNeedNotBeComputed() {
    List<LossGraph> graphs = List.of(Networks.classic(), Networks.dropped(34, 34, 3, 0.5, false),
        Networks.dropped(7, 35, 4, 0.9, true), Networks.dropped(18, 7, 3, 0.3, false));
    for (LossGraph graph : graphs) {
      assertThat(new Plan(graph, KernelSet.VECTOR).stages().stream().map(Plan.StageInfo::kernel))
          .anyMatch(k -> k.startsWith("conv+maxpool+dropout2d"));
    }
  }

  /** dense -> operation -> dense, so that both the operation's input and its parameters need gradients. */
  static Graph around(Computation operation) {
    var shape = operation.inputs().getFirst().shape();
    if (operation instanceof Operation o && o.bound(0) > 0) {
      // It takes whole numbers, of which nothing has a gradient.
      GraphBuilder b = new GraphBuilder(shape);
      Value v = b.add("tested", operation, b.input());
      v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
      return b.build(b.add("dense2", new Dense(v.shape().size(), 3, true), v));
    }
    GraphBuilder b = new GraphBuilder(dev.lanewise.runtime.tensor.Shape.of(4));
    Value v = b.add("dense1", new Dense(4, shape.size(), true), b.input());
    v = b.add("reshape", new Reshape(shape.flat(), shape), v);
    Value[] same = new Value[operation.inputs().size() - operation.parameters().size()];
    same[0] = v;
    for (int i = 1; i < same.length; i++) {
      var other = operation.inputs().get(i).shape();
      if (operation.inputs().get(i).kind() == Type.Kind.SHARED) {
        continue;
      }
      Value d = b.add("dense1" + i, new Dense(4, other.size(), true), b.input());
      same[i] = b.add("reshape" + i, new Reshape(other.flat(), other), d);
    }
    v = b.add("tested", operation, same);
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    return PoolingFirst.of(b.build(b.add("dense2", new Dense(v.shape().size(), 3, true), v)));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void vectorPlanEqualsScalarPlan(LossGraph graph) {
    compare(graph, parameters(graph), Random::nextGaussian);
  }

  /** Of -1, 0 and 1 alone the sums are whole numbers, exact in both: windows have several winners, and much is 0, where functions have kinks. */
  @ParameterizedTest
  @MethodSource("graphs")
  void tiesAreBrokenAlike(LossGraph graph) {
    float[] parameters = Memory.allocate(graph.graph().parameterCount());
    Random random = new Random(6);
    for (int i = Memory.BASE; i < Memory.BASE + graph.graph().parameterCount(); i++) {
      parameters[i] = random.nextInt(-1, 2);
    }
    compare(graph, parameters, r -> r.nextInt(-1, 2));
  }

  private static void compare(LossGraph graph, float[] parameters, ToDoubleFunction<Random> input) {
    Result scalar = run(graph, KernelSet.SCALAR, parameters, input);
    Result vector = run(graph, KernelSet.VECTOR, parameters, input);
    for (int i = 0; i < scalar.losses.length; i++) {
      assertThat(vector.losses[i]).isCloseTo(scalar.losses[i], within(2e-5f * (1 + Math.abs(scalar.losses[i]))));
    }
    float scale = 0;
    for (float g : scalar.gradients) {
      scale = Math.max(scale, Math.abs(g));
    }
    assertThat(scale).isPositive();
    for (int i = 0; i < scalar.gradients.length; i++) {
      assertThat(vector.gradients[i]).as("gradient %d", i).isCloseTo(scalar.gradients[i], within(2e-5f * scale));
    }
  }

  private record Result(float[] losses, float[] gradients) {}

  private static float[] parameters(LossGraph graph) {
    Random random = new Random(5);
    float[] parameters = Memory.allocate(graph.graph().parameterCount());
    int at = Memory.BASE;
    for (var p : graph.graph().parameters()) {
      p.spec().initializer().fill(random, parameters, at, p.shape().size());
      at += p.shape().size();
    }
    return parameters;
  }

  /** Two blocks of one shard, each with memory of its own, so that plans of several phases run too. */
  private static Result run(LossGraph graph, KernelSet kernels, float[] parameters, ToDoubleFunction<Random> input) {
    Plan plan = new Plan(graph, kernels);
    float[] packed = Memory.allocate(plan.packedSize());
    float[] batch = Memory.allocate(plan.batchSize(2));
    Kept kept = new Kept(plan, 2, 1);
    Frame[] frames = {new Frame(plan, parameters, packed, batch, kept), new Frame(plan, parameters, packed, batch, kept)};
    int count = graph.graph().parameterCount();
    Gradients gradients = plan.gradientsOfShard();
    float[] losses = new float[32];
    Random random = new Random(9);
    int classes = Math.min(3, graph.graph().output().shape().size());
    plan.pack(frames[0], 0, 1);
    for (int block = 0; block < 2; block++) {
      Frame frame = frames[block];
      frame.shard(gradients);
      int bound = graph.graph().bound(graph.graph().input());
      for (int i = 0; i < graph.graph().input().shape().size() * 16; i++) {
        frame.arena()[plan.x() + i] = bound > 0 ? random.nextInt(bound) : (float) input.applyAsDouble(random);
      }
      for (int lane = 0; lane < 16; lane++) {
        frame.arena()[plan.label() + lane] = random.nextInt(classes);
        plan.weigh(frame.arena(), lane, 1 / 32f, 1 / 32f);
      }
      frame.at(block * 16, 32);
      frame.key(77 + block);
    }
    for (int phase = 0; phase < plan.phases(); phase++) {
      for (Frame frame : frames) {
        plan.block(frame, phase);
      }
      plan.batch(frames, 2, 32, phase);
    }
    for (int block = 0; block < 2; block++) {
      System.arraycopy(frames[block].arena(), plan.loss(), losses, block * 16, 16);
      plan.endShard(frames[block]);
    }
    for (int step = 0; step < plan.lateSteps(); step++) {
      for (int part = 0; part < plan.lateParts(step); part++) {
        plan.late(step, kept, 0, part, 2, gradients.whole());
      }
    }
    return new Result(losses, java.util.Arrays.copyOfRange(gradients.all(), Memory.BASE, Memory.BASE + count));
  }
}
