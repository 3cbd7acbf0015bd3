package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.MemoryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A graph made ready to run: nodes fused, every buffer placed once, every kernel chosen. Running a plan allocates
 * nothing. A batch is cut into blocks of 16 examples and the blocks into shards; a worker takes a shard through all
 * its blocks:
 *
 * <pre>{@code
 * plan.pack(frame, part, parts);         // once a batch
 * for each shard: frame.shard(gradients);   // of its own, cleared
 *   for each block: write x and label; plan.weigh(...); frame.key(...); plan.block(frame, 0); read loss and output
 *   plan.endShard(frame);                // gradients now holds the sum over the shard
 * for each late step, each part: plan.late(...);  // what is computed once for the batch
 * }</pre>
 *
 * <p>Where an operation looks across the batch, the plan has several {@link #phases}. Then every block has a frame of its
 * own: all blocks go through one phase, {@link #batch} follows, and then the next phase.
 */
public final class Plan {
  /** In place of the name of a part: what is to be learned, by whatever name. */
  public static final String LABEL = "";

  private final Graph graph;
  private final LossGraph source;
  private final List<Passes.Pass> passes;
  private final Placement placement;
  private final List<Stage> stages;
  private final int arenaSize;
  private final int packedSize;
  private final int placesSize;
  private final int keptSize;
  private final int shardEnd;
  // Asked for every example, and found by hashing whole values: so found once.
  private final int x;
  private final int label;
  private final List<Part> parts;
  private final List<Judged> judged;
  private final int dLoss;
  private final int dInput;
  private final int weight;
  private final int output;
  private final int loss;
  private final int objective;
  private final Step[] pack;
  private final Phases phases;
  private final boolean across;
  private final boolean channels;
  private final Step[] end;
  private final LateStep[] late;
  private final boolean paired;
  /** The names of the parameters, by their gradients. */
  private final Map<Value, String> ofGradients = new HashMap<>();

  /** The plan of a network's training: forward, loss, and the gradient of every parameter. */
  public static Plan training(Graph network, Computation loss, KernelSet kernels) {
    return training(network, loss, kernels, Preparation.SILENT);
  }

  /** The same, which tells how far it is. */
  public static Plan training(Graph network, Computation loss, KernelSet kernels, Preparation preparation) {
    return training(network, loss, kernels, preparation, false);
  }

  /** @param mayGoAcross whether the lanes of a block may be places of one example, where the network is fit for that */
  public static Plan training(Graph network, Computation loss, KernelSet kernels, Preparation preparation, boolean mayGoAcross) {
    Passes passes = new Passes(preparation);
    return fitting(() -> new Plan(passes.training(network, loss, mayGoAcross && kernels == KernelSet.VECTOR), kernels, passes, preparation));
  }

  /** The plan of a network's testing: forward and loss, without what only training does. */
  public static Plan testing(Graph network, Computation loss, KernelSet kernels) {
    return testing(network, loss, kernels, Preparation.SILENT);
  }

  /** The same, which tells how far it is. */
  public static Plan testing(Graph network, Computation loss, KernelSet kernels, Preparation preparation) {
    return testing(network, loss, kernels, preparation, 0);
  }

  /**
   * The same for batches of so many examples, whose blocks may be single examples with channels as lanes, where the network is fit for that and it is faster. The results
   * are the same to the last bit.
   */
  public static Plan testing(Graph network, Computation loss, KernelSet kernels, Preparation preparation, int examples) {
    Passes passes = new Passes(preparation);
    return fitting(() -> new Plan(passes.testing(network, loss), kernels, passes, preparation, examples));
  }

  /**
   * The plan of the gradient of each example's loss with respect to the network's first input, as it is tested: what is trained has no gradients here.
   *
   * @throws IllegalArgumentException if the loss does not change with the input
   */
  public static Plan ofInput(Graph network, Computation loss, KernelSet kernels, Preparation preparation) {
    Passes passes = new Passes(preparation);
    return fitting(() -> new Plan(passes.ofInput(network, loss), kernels, passes, preparation));
  }

  /** The places of all values are ints: what does not fit is told, whichever sum of sizes overflows. */
  private static Plan fitting(Supplier<Plan> plan) {
    try {
      return plan.get();
    } catch (ArithmeticException overflow) {
      throw new MemoryException("what is computed of 16 examples has more values than an array can hold", "make the network or its input smaller");
    }
  }

  Plan(LossGraph source, KernelSet kernels) {
    this(source, kernels, new Passes(Preparation.SILENT), Preparation.SILENT);
  }

  private Plan(LossGraph source, KernelSet kernels, Passes passes, Preparation preparation) {
    this(source, kernels, passes, preparation, 0);
  }

  private Plan(LossGraph source, KernelSet kernels, Passes passes, Preparation preparation, int examples) {
    this.source = source;
    this.graph = kernels == KernelSet.VECTOR ? passes.fused(source.graph(), examples) : source.graph();
    this.passes = passes.done();
    this.across = passes.areAcross();
    this.channels = passes.areChannels();
    List<Value> gradients = gradients();
    List<Parameter> trainable = graph.trainable();
    for (int i = 0; i < gradients.size(); i++) {
      ofGradients.putIfAbsent(gradients.get(i), trainable.get(i).name());
    }
    this.placement = new Placement(graph, gradients);
    this.x = placement.at(graph.input());
    this.label = source.target().map(placement::at).orElse(-1);
    this.parts = source.parts().stream().map(v -> new Part(v.name(), placement.at(v), v.shape().size())).toList();
    this.dLoss = source.dLoss() == null ? -1 : placement.at(source.dLoss());
    this.dInput = source.dInput().isEmpty() ? -1 : placement.at(graph.outputs().getLast());
    this.weight = source.weight().map(placement::at).orElse(-1);
    this.output = placement.at(graph.outputs().get(0));
    this.objective = placement.at(graph.outputs().get(1));
    boolean tellsAnother = !source.own().equals(source.loss());
    this.loss = tellsAnother ? placement.at(graph.outputs().get(2 + gradients.size())) : objective;
    this.judged = judged(2 + gradients.size() + (tellsAnother ? 1 : 0));
    Kernels chosen =
        switch (kernels) {
          case VECTOR -> new VectorKernels(placement);
          case SCALAR -> new ScalarKernels(placement);
        };
    this.stages = bound(chosen, preparation);
    this.arenaSize = chosen.arenaEnd();
    this.packedSize = chosen.packedEnd();
    this.placesSize = chosen.placesEnd();
    this.keptSize = chosen.keptEnd();
    this.pack = stages.stream().flatMap(s -> s.pack.stream()).toArray(Step[]::new);
    this.phases = new Phases(stages, placement);
    this.paired = stages.stream().flatMap(s -> s.block.stream()).anyMatch(Loop.class::isInstance);
    this.end = stages.stream().flatMap(s -> s.end.stream()).toArray(Step[]::new);
    this.late = stages.stream().flatMap(s -> s.late.stream()).toArray(LateStep[]::new);
    this.shardEnd = late.length > 0 ? placement.lateBegin() : wholeEnd();
  }

  /** First the network's own output and the loss that is told, then losses that have names. */
  private List<Judged> judged(int at) {
    List<Judged> all = new ArrayList<>(List.of(new Judged("", output, graph.outputs().getFirst().shape().size(), source.comparesOutput() ? label : -1, loss, LABEL, 0, -1)));
    for (int i = 0; i < source.judged().size(); i++) {
      LossGraph.Judged each = source.judged().get(i);
      Value of = graph.outputs().get(at + 2 * i);
      int target = each.target() == null ? -1 : placement.at(each.target());
      String part = each.target() == null || source.target().equals(Optional.of(each.target())) ? LABEL : each.target().name();
      all.add(new Judged(
          each.name(), placement.at(of), of.shape().size(), target, placement.at(graph.outputs().get(at + 2 * i + 1)), part, each.factor(),
          each.dLoss() == null ? -1 : placement.at(each.dLoss())));
    }
    return List.copyOf(all);
  }

  private List<Stage> bound(Kernels kernels, Preparation preparation) {
    List<Stage> bound = new ArrayList<>();
    for (Node node : graph.nodes()) {
      preparation.at(bound.size(), graph.nodes().size());
      bound.add(kernels.bind(node));
    }
    return List.copyOf(bound);
  }

  /** Whether it computes the gradients of parameters. */
  public boolean isTraining() {
    return dLoss >= 0 && dInput < 0;
  }

  /** Where the gradient of the first input is after a block, laid out as that; -1 if it is not computed. */
  public int dInput() {
    return dInput;
  }

  /** Room for the gradients of a shard; that of the first has those as well that are computed once for the batch. */
  public Gradients gradientsOfShard() {
    return new Gradients(graph, wholeEnd());
  }

  /** Room for the gradients of any shard but the first. */
  public Gradients gradientsOfFurtherShard() {
    return new Gradients(graph, shardEnd);
  }

  /** Where the gradients end of all parameters but tables. */
  public int wholeEnd() {
    return Memory.BASE + graph.wholeCount();
  }

  public int arenaSize() {
    return arenaSize;
  }

  /** How much memory the values take that all examples of a batch read. @param blocks of the batch */
  public int batchSize(int blocks) {
    return placement.batchEnd(Math.multiplyExact(blocks, Lanes.BLOCK));
  }

  public int packedSize() {
    return packedSize;
  }

  /** How many places a worker's list must hold. */
  int placesSize() {
    return placesSize;
  }

  /** How much each block keeps for the end of the batch. */
  int keptSize() {
    return keptSize;
  }

  /** Where the gradients end that blocks add to. Behind them lie those that are computed once for the batch, at its end. */
  public int shardEnd() {
    return shardEnd;
  }

  /** How many steps follow when all blocks are through all phases. */
  public int lateSteps() {
    return late.length;
  }

  /** In how many parts such a step can be done. */
  public int lateParts(int step) {
    return late[step].parts();
  }

  /** Floats of working memory of a part, of batches of at most so many blocks. */
  int lateScratch(int mostBlocks) {
    return Arrays.stream(late).mapToInt(s -> s.scratch(mostBlocks)).max().orElse(0);
  }

  /** Floats that all blocks and workers keep for that, see {@link Kept}. */
  public long keptFloats(int mostBlocks, int workers) {
    return (long) keptSize * mostBlocks + (late.length == 0 ? 0 : (long) workers * Memory.allocated(lateScratch(mostBlocks)));
  }

  /** Does a part of such a step for so many blocks. */
  public void late(int step, Kept kept, int worker, int part, int blocks, float[] gradients) {
    late[step].run(kept, worker, part, blocks, gradients);
  }

  /** Whether a block is one example, whose neighbouring places are its lanes: {@code arena[x() + place]}. */
  public boolean isAcross() {
    return across;
  }

  /** Whether a block is one example, whose channels are its lanes; it is read as it comes: {@code arena[x() + element]}. */
  public boolean isOfChannels() {
    return channels;
  }

  /** How many examples a block has. */
  public int examplesOfBlock() {
    return across || channels ? 1 : Lanes.BLOCK;
  }

  /** Where the block's examples go: {@code arena[x() + element * 16 + lane]}. */
  public int x() {
    return x;
  }

  /** Where what is to be learned of them goes; -1 if the loss does not read it. */
  public int label() {
    return label;
  }

  /** A further input: where the part of that name goes. @param size values */
  public record Part(String name, int at, int size) {}

  /** The inputs that take parts of an example by their names, besides the first. */
  public List<Part> parts() {
    return parts;
  }

  /** Values of the first input. */
  public int inputs() {
    return graph.input().shape().size();
  }

  /** The name of the part that the first input takes; {@link GraphBuilder#INPUT} for the main one. */
  public String input() {
    return graph.input().name();
  }

  /**
   * An output, and what becomes of it: where it is after a block, what it is compared with, and the loss of that.
   *
   * @param name of the head; empty for the network's own output and what is told of all
   * @param target -1 if it is compared with nothing
   * @param part of the example that it is compared with; {@link #LABEL} for what is to be learned
   * @param factor by which its mean counts in what is told of all, where each loss has a mean of its own; 0 elsewhere
   * @param counts where it goes what an example counts in a loss whose classes do not count alike, beside others; -1 for all others
   */
  public record Judged(String name, int output, int outputs, int target, int loss, String part, double factor, int counts) {}

  /** The network's own output first. */
  public List<Judged> judged() {
    return judged;
  }

  /**
   * Says what an example counts.
   *
   * @param inMeans in means over the batch: 1/n of its n examples, 0 in an idle lane
   * @param inLoss in the loss whose gradient is computed
   */
  public void weigh(float[] arena, int lane, float inMeans, float inLoss) {
    arena[dLoss + lane] = inLoss;
    for (int i = 0; i < judged.size(); i++) {
      weigh(arena, lane, i, inLoss);
    }
    if (weight >= 0) {
      arena[weight + lane] = inMeans;
    }
  }

  /** Says the same of one of the {@link #judged}, if it counts by itself. */
  public void weigh(float[] arena, int lane, int place, float inLoss) {
    int counts = judged.get(place).counts();
    if (counts >= 0) {
      arena[counts + lane] = inLoss;
    }
  }

  /** Where the network's output is after a block. */
  public int output() {
    return output;
  }

  /** Where each lane's loss of the network's own output is after a block. */
  public int loss() {
    return loss;
  }

  /** Where what training makes small is after a block: that loss, and with heads theirs too. */
  public int objective() {
    return objective;
  }

  /** Behind the network's output and what it is trained by; behind them the network's own loss, where that is another. */
  private List<Value> gradients() {
    return graph.outputs().subList(2, 2 + source.gradients().size());
  }

  /** In how many parts the parameters can be prepared. */
  public int packSteps() {
    return pack.length;
  }

  /** Prepares the parameters for the kernels: part {@code part} of {@code parts}, so that workers may share it. */
  public void pack(Frame frame, int part, int parts) {
    for (int i = part; i < pack.length; i += parts) {
      pack[i].run(frame);
    }
  }

  /** How many times all blocks of a batch must have come equally far, the end included. */
  public int phases() {
    return phases.count();
  }

  /** Takes a block through a phase. */
  public void block(Frame frame, int phase) {
    phases.block(phase, frame);
  }

  /** How many steps take a block through a phase. */
  public int steps(int phase) {
    return phases.steps(phase).length;
  }

  /** In how many parts such a step can be done, by as many workers. */
  public int parts(int phase, int step) {
    return phases.steps(phase)[step].parts();
  }

  /** Whether several workers can share a step. */
  public boolean isShared() {
    return IntStream.range(0, phases()).anyMatch(p -> Arrays.stream(phases.steps(p)).anyMatch(s -> s.parts() > 1));
  }

  /** Does a part of a step. */
  public void part(Frame frame, int phase, int step, int part) {
    phases.steps(phase)[step].run(frame, part);
  }

  /** Does a step, as a whole. */
  public void step(Frame frame, int phase, int step) {
    phases.steps(phase)[step].run(frame);
  }

  /** Takes two blocks through a phase, side by side. */
  public void block(Frame frame, Frame other, int phase) {
    phases.block(phase, frame, other);
  }

  /** Whether two blocks side by side are faster than one after the other: a recurrence reads its weights once for both. */
  public boolean isPaired() {
    return paired;
  }

  /**
   * What follows a phase, once all blocks of the batch are through it.
   *
   * @param frames of the blocks, in their order
   * @param examples of the batch
   */
  public void batch(Frame[] frames, int blocks, int examples, int phase) {
    phases.batch(phase, frames, blocks, examples);
  }

  /**
   * Takes a block through a phase, stage by stage, and looks at what each leaves.
   *
   * @param first the place of its first example in the batch
   * @param lanes how many of its lanes hold examples
   */
  public void watchedBlock(Frame frame, int phase, int first, int lanes, Watch watch) {
    int index = 0;
    for (int before = 0; before < phase; before++) {
      index += phases.stages(before).size();
    }
    for (Stage stage : phases.stages(phase)) {
      if (!watch.looksAt(index)) {
        return;
      }
      for (Step step : stage.block) {
        step.run(frame);
      }
      look(stage, index++, frame, first, lanes, watch);
    }
  }

  private Stage producer(Value value) {
    return stages.stream().filter(s -> s.node.outputs().contains(value)).findFirst().orElseThrow();
  }

  private void look(Stage stage, int index, Frame frame, int first, int lanes, Watch watch) {
    for (Value out : stage.node.outputs()) {
      boolean shared = out.isShared();
      if (out.isGathered() || shared && !ofGradients.containsKey(out)) {
        // A sum over the batch: it is seen in what reads it.
        continue;
      }
      float[] values = shared ? frame.shard.all() : frame.arena;
      int at = shared ? parameterPlace(out) : placement.at(out);
      for (int lane = 0; lane < (shared ? 1 : lanes); lane++) {
        for (int e = 0; e < out.shape().size(); e++) {
          float value = values[at + (shared ? e : e * Lanes.BLOCK + lane)];
          if (!Float.isFinite(value)) {
            boolean backward = stages.indexOf(stage) > stages.indexOf(producer(graph.outputs().get(1)));
            watch.found(index, new Watch.Found(stage.node.name(), backward, shared ? parameter(out) : "", shared ? -1 : first + lane, value));
            return;
          }
        }
      }
    }
  }

  /** Where the parameter lies whose gradient a value is. */
  private int parameterPlace(Value gradient) {
    return placement.at(graph.parameters().stream().filter(p -> p.name().equals(parameter(gradient))).findFirst().orElseThrow().value());
  }

  /** Takes a batch of a single block through all phases, adding the nanoseconds of each stage to {@code nanos}. */
  void timedBlock(Frame frame, long[] nanos) {
    Frame[] frames = {frame};
    long begin = System.nanoTime();
    int i = 0;
    for (int phase = 0; phase < phases.count(); phase++) {
      for (Stage stage : phases.stages(phase)) {
        for (Step step : stage.block) {
          step.run(frame);
        }
        for (LateStep step : stage.late) {
          for (int part = 0; part < step.parts(); part++) {
            step.run(frame.kept, 0, part, 1, frame.gradients);
          }
        }
        long end = System.nanoTime();
        nanos[i++] += end - begin;
        begin = end;
      }
      phases.batch(phase, frames, 1, Lanes.BLOCK);
    }
  }

  /** Times every stage by itself, on one thread, for some seconds; parameters stay as they are. */
  public Profile profile(float[] parameters, Profile.Source source) {
    return Profile.of(this, parameters.clone(), Memory.allocate(packedSize), source);
  }

  /**
   * What a stage is; multiply-adds and bytes read and written are those of one block.
   *
   * @param parameters that it reads, or whose gradients it adds to, by name
   */
  public record StageInfo(
      String name, String kernel, String output, int place, long multiplyAdds, long bytes, List<String> parameters) {}

  /** The stages in order. */
  public List<StageInfo> stages() {
    return stages.stream().map(this::info).toList();
  }

  private StageInfo info(Stage stage) {
    Node n = stage.node;
    List<Value> values = Stream.concat(n.inputs().stream(), n.outputs().stream()).toList();
    return new StageInfo(
        n.name(),
        stage.kernel,
        n.output().shape().toString(),
        placement.at(n.output()),
        n.operation().multiplyAdds() * Lanes.BLOCK,
        values.stream().mapToLong(Plan::bytes).sum(),
        values.stream().filter(Value::isShared).map(this::parameter).toList());
  }

  /** The name of a parameter, also for its gradient. */
  private String parameter(Value value) {
    return ofGradients.getOrDefault(value, value.name());
  }

  private static long bytes(Value value) {
    return (long) Float.BYTES * value.shape().size() * (value.isShared() ? 1 : Lanes.BLOCK);
  }

  /** What a pass of the compiler did: the nodes that went, and those that came. */
  public record Change(String pass, String purpose, List<String> gone, List<String> come) {}

  /** The passes in order; the first is the network as it was defined. */
  public List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    List<String> before = List.of();
    for (Passes.Pass pass : passes) {
      List<String> after = pass.graph().nodes().stream().map(Plan::line).toList();
      changes.add(new Change(pass.name(), pass.purpose(), without(before, after), without(after, before)));
      before = after;
    }
    return changes;
  }

  private static String line(Node node) {
    return node.name() + " = " + node.operation().name() + "  " + node.output().shape();
  }

  private static List<String> without(List<String> lines, List<String> others) {
    Set<String> known = new HashSet<>(others);
    return lines.stream().filter(l -> !known.contains(l)).toList();
  }

  /** The pieces of memory that a worker's values share, by place. */
  public List<Placement.Piece> memory() {
    return placement.pieces();
  }

  /** A kernel, for people to read; {@code bytecode} is empty where it is written by hand. */
  public record Code(String pseudocode, String bytecode) {}

  /** The kernels of a stage. */
  public List<Code> code(StageInfo info) {
    List<Code> codes = new ArrayList<>();
    for (Stage stage : stages) {
      if (stage.node.name().equals(info.name())) {
        String byHand = Handwritten.pseudocode(stage.node.operation());
        if (!byHand.isEmpty()) {
          codes.add(new Code(byHand, ""));
        }
        stage.generated.forEach(d -> codes.add(new Code(d.program().toString(), d.listing())));
      }
    }
    return codes;
  }

  /** Floats of a worker's values, and what they would be if none shared memory. */
  public int valueFloats() {
    return placement.end();
  }

  public int unsharedFloats() {
    return placement.unshared();
  }

  public void endShard(Frame frame) {
    for (Step step : end) {
      step.run(frame);
    }
  }
}
