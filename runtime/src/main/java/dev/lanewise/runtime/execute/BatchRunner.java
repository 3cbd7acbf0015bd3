package dev.lanewise.runtime.execute;

import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.ShardSums;
import dev.lanewise.runtime.kernel.table.RowSums;
import dev.lanewise.runtime.plan.Frame;
import dev.lanewise.runtime.plan.Gradients;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.plan.Kept;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.plan.Watch;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Takes batches through a plan. A batch is cut into blocks of 16 examples, the blocks into at most 16 shards, fewer where gradients are long: that
 * many workers can help.
 * Which worker takes which shard depends on the moment; what a shard computes, and the order in which shards are added, does not. So the
 * result has the same bits for any number of threads.
 */
public final class BatchRunner {
  private static final int LANES = Lanes.BLOCK;

  private static final int MAX_SHARDS = 16;
  /** So many also where that needs much memory. */
  private static final int LEAST_SHARDS = 4;
  /** Gradients of all shards, if they are more than the least: 512 MB. */
  private static final int SHARED_FLOATS = 1 << 27;

  private static final int MANY_PARAMETERS = 100_000;

  /** Keeps the random numbers of augmentation apart from those of dropout. */
  private static final long AUGMENTED = 0x6175676d656e74L;

  private final Plan plan;
  private final Workers workers;
  /** One for each worker; but where a plan has several phases, one for each block, since its values must last. */
  private final Frame[] frames;
  private final boolean ofBlocks;
  /** Whether all blocks go from one large step to the next together, so that more workers can help with these than there are blocks. */
  private final boolean besides;
  private final float[] packed;
  private final Gradients[] shardGradients;
  private final int mostShards;
  private final Kept kept;
  // Kept, so that running a batch allocates nothing.
  private final Workers.Parts packing = this::packPart;
  private final Workers.Parts running = this::shard;
  private final Workers.Parts ending = this::late;
  private final Workers.Parts stepping = this::step;
  private final Workers.Parts beginning = this::beginBlock;
  private final Workers.Parts passing = this::pass;
  private final Workers.Parts sharing = this::share;
  private final Workers.Parts finishing = this::endBlock;
  private final int packingParts;
  private final List<Scores> scores;
  /** Of each example of the batch, one after the other; empty if the plan has none. */
  private final float[] inputGradients;
  /** Where the plan's parts are among those of the examples. */
  private final int[] parts;

  // The batch at work: fields, for the same reason.
  private Dataset data;
  /** The part of an example that the first input takes. */
  private int main;
  private int[] order;
  private int from;
  private int count;
  private int blocks;
  private int shards;
  /** Of the gradients: those of the first batch since the last step. */
  private int added;
  private boolean clears;
  /** What an example counts in the loss, and in those that are judged by themselves: 0 where nothing counts, for nothing is to be made smaller there. */
  private final float[] shares;
  private Computation weighing;
  private List<Counting> counting;
  private int phase;
  private int lateStep;
  /** The block that all workers are at. */
  private Frame together;
  private int stepAtWork;
  /** Behind the steps that each block takes by itself. */
  private int stepsEnd;
  private int stepParts;
  private long key;
  private final boolean training;
  private Augmentation augmentation;
  private Watch watch;
  private final float[] parameters;
  /** Null where all shards are computed here. */
  private Shards elsewhere;

  /**
   * @param batch the largest batch that will come
   */
  public BatchRunner(Plan plan, Workers workers, float[] parameters, int batch) {
    this.plan = plan;
    this.workers = workers;
    this.parameters = parameters;
    this.parts = new int[plan.parts().size()];
    this.training = plan.isTraining();
    this.packed = Memory.allocate(plan.packedSize());
    this.besides = areBesides(plan, batch, workers.count());
    this.ofBlocks = besides || plan.phases() > 1;
    this.packingParts = Math.min(plan.packSteps(), Math.min(MAX_SHARDS, blocks(plan, batch)));
    float[] ofBatch = Memory.allocate(plan.batchSize(blocks(plan, batch)));
    this.kept = new Kept(plan, blocks(plan, batch), workers.count());
    this.frames = new Frame[frames(plan, batch, workers.count())];
    Arrays.setAll(frames, i -> new Frame(plan, parameters, packed, ofBatch, kept, besides || plan.isOfChannels()));
    this.mostShards = mostShards(plan);
    this.shardGradients = new Gradients[training ? shardsUpTo(plan, mostShards, blocks(plan, batch)) : 0];
    Arrays.setAll(shardGradients, i -> i == 0 ? plan.gradientsOfShard() : plan.gradientsOfFurtherShard());
    ShardSums.prepare();
    this.scores = plan.judged().stream().map(j -> new Scores(j, j.name().isEmpty() ? plan.objective() : j.loss(), batch, plan.isAcross())).toList();
    this.shares = new float[scores.size()];
    this.inputGradients = new float[plan.dInput() < 0 ? 0 : Math.multiplyExact(batch, plan.inputs())];
  }

  /**
   * Whether there is the memory for one of these.
   *
   * @param ofOptimizer floats that an optimiser will take besides
   * @param ofFiles floats that copies of parameters will take
   * @throws dev.lanewise.runtime.tensor.MemoryException if not, saying what takes how much
   */
  public static void checkMemory(String network, Plan plan, Workers workers, int batch, long ofOptimizer, long ofFiles) {
    Footprint.of(plan, batch, workers.count()).with(ofOptimizer, ofFiles).check(network);
  }

  /** How many workers' memory there is, or blocks'. A single block is the work of one. */
  static int frames(Plan plan, int batch, int workers) {
    int blocks = blocks(plan, batch);
    return areBesides(plan, batch, workers) || plan.phases() > 1 ? Math.max(blocks, workers) : blocks == 1 ? 1 : plan.isPaired() && blocks >= 4 ? 2 * workers : workers;
  }

  /** Whether steps are shared: in a training with more workers than blocks, each of which is a shard by itself. A single block is the work of one. */
  static boolean areBesides(Plan plan, int batch, int workers) {
    int blocks = blocks(plan, batch);
    return plan.isTraining() && blocks > 1 && blocks < workers && shards(plan, mostShards(plan), blocks) == blocks && plan.isShared();
  }

  /** By the number of parameters alone: the bits of a sum depend on how it is cut. */
  static int mostShards(Plan plan) {
    int most = Math.clamp(SHARED_FLOATS / plan.shardEnd(), LEAST_SHARDS, MAX_SHARDS);
    // Of small blocks the sums would take as long as what is summed.
    return plan.isAcross() && plan.shardEnd() > MANY_PARAMETERS ? LEAST_SHARDS : most;
  }

  /** In how many shards so many blocks, or fewer, are cut: three blocks that do not go side by side have more of them than four that do. */
  static int shardsUpTo(Plan plan, int most, int blocks) {
    return Math.max(shards(plan, most, blocks), shards(plan, most, Math.min(blocks, 3)));
  }

  /** In how many shards so many blocks are cut: where two go side by side, each has two, if there is work for several then. */
  static int shards(Plan plan, int most, int blocks) {
    return Math.min(most, plan.isPaired() && blocks >= 4 ? (blocks + 1) / 2 : blocks);
  }

  static int blocks(Plan plan, int examples) {
    return (examples + plan.examplesOfBlock() - 1) / plan.examplesOfBlock();
  }

  /** Says by which loss examples, or their places, count in the mean, from now on: until then all count alike. */
  public void weigh(Computation by) {
    weighing = by;
    counting = scores.stream().map(s -> new Counting(s.judged().name().isEmpty() ? by : Objective.of(by, s.judged().name()))).toList();
    data = null;
  }

  /** What some examples count in the mean of the loss, and in those of the losses that are {@link #judged} by themselves: their number, unless {@link #weigh} says otherwise. */
  public double[] weights(Dataset dataset, int[] exampleOrder, int first, int examples) {
    of(dataset);
    double[] all = new double[scores.size()];
    Arrays.setAll(all, i -> weight(i, dataset, exampleOrder, first, examples));
    return all;
  }

  private double weight(int place, Dataset dataset, int[] exampleOrder, int first, int examples) {
    return counting == null ? examples : counting.get(place).of(dataset, exampleOrder, first, examples);
  }

  /** The mean of the batch's losses; of several with means of their own the sum of these, as they count. */
  public double loss() {
    if (!countsApart()) {
      return mean(scores());
    }
    double sum = 0;
    for (int i = 1; i < scores.size(); i++) {
      sum += scores.get(i).judged().factor() * mean(scores.get(i));
    }
    return sum;
  }

  private static double mean(Scores of) {
    return of.weight() == 0 ? 0 : of.lossSum() / of.weight();
  }

  /** Whether each loss has a mean of its own. */
  public boolean countsApart() {
    return scores.stream().anyMatch(s -> s.judged().factor() != 0);
  }

  /** What has come of the batch's examples; and what more of it is kept, from now on. */
  public Scores scores() {
    return scores.getFirst();
  }

  /** The same of each output that is judged: first the network's own. */
  public List<Scores> judged() {
    return scores;
  }

  /** The gradient of each example's own loss with respect to its input, one example after the other; empty if the plan has none. */
  public float[] inputGradients() {
    return inputGradients;
  }

  /** By which {@link #augment} changes the examples of a batch. */
  public static long changes(long batchKey) {
    return batchKey ^ AUGMENTED;
  }

  /** Changes every example a little, from now on; null leaves them as they are. */
  public void augment(Augmentation change) {
    if (change != null && plan.isOfChannels()) {
      throw new IllegalArgumentException("examples whose channels are lanes are read as they are");
    }
    augmentation = change;
  }

  /** Brings the packed forms of the parameters up to date. */
  public void pack() {
    workers.run(packingParts, packing);
  }

  private void packPart(int worker, int part) {
    plan.pack(frames[worker], part, packingParts);
  }

  /** Runs the examples {@code order[from] … order[from + count - 1]}; afterwards losses, hits and gradients can be read. */
  public void run(Dataset dataset, int[] exampleOrder, int first, int examples, long batchKey) {
    run(dataset, exampleOrder, first, examples, batchKey, weights(dataset, exampleOrder, first, examples), true);
  }

  /**
   * The same for a batch that is one of several between two steps, whose gradients are added up.
   *
   * @param all what the examples of all these batches count, see {@link #weights}
   * @param begins whether it is the first of them, which is the largest
   */
  public void run(
      Dataset dataset, int[] exampleOrder, int first, int examples, long batchKey, double[] all, boolean begins) {
    if (dataset.isOnDisk() && elsewhere == null) {
      workers.ahead().announce(dataset, exampleOrder, first + examples);
    }
    begin(dataset, exampleOrder, first, examples, batchKey, all, begins);
    if (elsewhere != null) {
      elsewhere.run(new Shards.Batch(Arrays.copyOfRange(exampleOrder, first, first + examples), batchKey, all, parameters), shards, this::take);
      return;
    }
    for (phase = 0; phase < plan.phases(); phase++) {
      if (blocks < workers.count() && plan.isOfChannels()) {
        together();
      } else if (besides && blocks > 1 && shards == blocks && watch == null) {
        sideBySide();
      } else {
        workers.run(shards, running);
      }
      if (ofBlocks) {
        plan.batch(frames, blocks, examples, phase);
      }
    }
    for (lateStep = 0; training && lateStep < plan.lateSteps(); lateStep++) {
      workers.run(plan.lateParts(lateStep), ending);
    }
  }

  private void begin(Dataset dataset, int[] exampleOrder, int first, int examples, long batchKey, double[] all, boolean begins) {
    of(dataset);
    order = exampleOrder;
    from = first;
    count = examples;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = all[i] == 0 ? 0 : 1f / (float) all[i];
    }
    key = batchKey;
    blocks = blocks(plan, examples);
    shards = shards(plan, mostShards, blocks);
    clears = begins;
    added = begins ? shards : added;
    for (int i = 0; i < scores.size(); i++) {
      scores.get(i).begin(examples, weight(i, dataset, exampleOrder, first, examples));
    }
  }

  /** Why the shards of its batches cannot be computed apart from each other; empty if they can. */
  private Optional<String> strange() {
    if (plan.phases() > 1) {
      return Optional.of("a layer or a loss looks across the whole batch");
    }
    if (plan.lateSteps() > 0) {
      return Optional.of("the gradients of a matrix of a million values are computed once for the whole batch");
    }
    return shardGradients[0].hasTables() ? Optional.of("it has tables, of whose gradients a shard keeps some rows") : Optional.empty();
  }

  /** Has shards computed elsewhere from now on. @throws WholeBatchException if that cannot be, with the reason */
  public void spread(Shards others) {
    strange().ifPresent(why -> {
      throw new WholeBatchException(why);
    });
    elsewhere = others;
  }

  /**
   * Computes some shards of another process's batch.
   *
   * @param bytes of the batch: its values become those of the network
   * @param begin the first of the shards @param end behind the last one
   * @return gradients, losses and answers
   */
  public byte[] shards(Dataset dataset, ByteBuffer bytes, int begin, int end) {
    Shards.Batch batch = Shards.Batch.read(bytes, parameters);
    pack();
    begin(dataset, batch.order(), 0, batch.order().length, batch.key(), batch.weights(), true);
    phase = 0;
    workers.run(end - begin, (worker, i) -> shard(worker, begin + i));
    int first = firstOf(begin);
    int examples = firstOf(end) - first;
    int size = plan.shardEnd() - Memory.BASE;
    ByteBuffer answer = ByteBuffer.allocate(8 + 4 * size * (end - begin) + scores.stream().mapToInt(s -> s.bytes(examples)).sum()).putInt(begin).putInt(end);
    for (int s = begin; s < end; s++) {
      answer.asFloatBuffer().put(shardGradients[s].whole(), Memory.BASE, size);
      answer.position(answer.position() + 4 * size);
    }
    scores.forEach(s -> s.write(answer, first, examples));
    return answer.array();
  }

  private void take(ByteBuffer answer) {
    int begin = answer.getInt();
    int end = answer.getInt();
    int size = plan.shardEnd() - Memory.BASE;
    for (int s = begin; s < end; s++) {
      answer.asFloatBuffer().get(shardGradients[s].whole(), Memory.BASE, size);
      answer.position(answer.position() + 4 * size);
    }
    scores.forEach(s -> s.read(answer, firstOf(begin), firstOf(end) - firstOf(begin)));
  }

  /** The place in the batch of a shard's first example. */
  private int firstOf(int shard) {
    return Math.min(count, first(blocks * shard / shards));
  }

  /** The examples that are run next: finds the parts that the plan takes among theirs. */
  public void of(Dataset dataset) {
    if (dataset == data) {
      return;
    }
    data = dataset;
    // The main part may have no name of its own; that the first input takes it was checked.
    main = IntStream.range(0, data.fields().size()).filter(i -> data.fields().get(i).name().equals(plan.input())).findFirst().orElse(0);
    Arrays.setAll(parts, i -> place(plan.parts().get(i).name()));
    List<Field> fields = dataset.fields();
    for (int i = 0; i < scores.size(); i++) {
      String part = scores.get(i).judged().part();
      int place = part.equals(Plan.LABEL) ? Dataset.TARGET : place(part);
      scores.get(i).of(fields.get(place));
      if (counting != null) {
        counting.get(i).of(fields.get(place), place);
      }
    }
  }

  /** The parts of the examples that are run. */
  public List<Field> fields() {
    return data.fields();
  }

  private int place(String part) {
    List<Field> fields = data.fields();
    return IntStream.range(0, fields.size()).filter(i -> fields.get(i).name().equals(part)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the examples have no part `" + part + "`, but " + fields.stream().map(Field::name).toList()));
  }

  private void shard(int worker, int shard) {
    if (training && phase == 0 && clears) {
      shardGradients[shard].clear();
    }
    int end = blocks * (shard + 1) / shards;
    boolean pairs = plan.isPaired() && watch == null;
    boolean both = false;
    for (int b = blocks * shard / shards; b < end; b++) {
      if (pairs && b + 1 < end) {
        both = true;
        blocks(frame(worker, b), frame(worker + workers.count(), b + 1), shard, b++);
      } else {
        block(frame(worker, b), shard, b);
      }
    }
    if (!ofBlocks) {
      plan.endShard(frames[worker]);
      // A shard of a single block has nothing in the second memory.
      if (both && frames.length > workers.count()) {
        plan.endShard(frames[worker + workers.count()]);
      }
    }
  }

  /** Takes one block after the other through the phase at work, each the work of all: step by step. */
  private void together() {
    for (int b = 0; b < blocks; b++) {
      together = frame(0, b);
      begin(together, 0, b);
      for (stepAtWork = 0; stepAtWork < plan.steps(phase); stepAtWork++) {
        workers.run(plan.parts(phase, stepAtWork), stepping);
      }
      end(together, b);
    }
  }

  /** Takes all blocks through the phase at work: steps that can be shared are the work of all, between them each block is the work of one. */
  private void sideBySide() {
    workers.run(blocks, beginning);
    for (stepAtWork = 0; stepAtWork < plan.steps(phase); stepAtWork = stepsEnd) {
      stepsEnd = stepAtWork + 1;
      stepParts = plan.parts(phase, stepAtWork);
      if (stepParts > 1) {
        workers.run(blocks * stepParts, sharing);
      } else {
        while (stepsEnd < plan.steps(phase) && plan.parts(phase, stepsEnd) == 1) {
          stepsEnd++;
        }
        workers.run(blocks, passing);
      }
    }
    workers.run(blocks, finishing);
  }

  private void beginBlock(int worker, int block) {
    if (phase == 0 && clears) {
      shardGradients[block].clear();
    }
    begin(frames[block], block, block);
  }

  private void pass(int worker, int block) {
    for (int step = stepAtWork; step < stepsEnd; step++) {
      plan.step(frames[block], phase, step);
    }
  }

  private void share(int worker, int part) {
    plan.part(frames[part / stepParts], phase, stepAtWork, part % stepParts);
  }

  private void endBlock(int worker, int block) {
    end(frames[block], block);
  }

  private void step(int worker, int part) {
    plan.part(together, phase, stepAtWork, part);
  }

  private Frame frame(int own, int block) {
    return frames[ofBlocks ? block : own];
  }

  private void late(int worker, int part) {
    plan.late(lateStep, kept, worker, part, blocks, shardGradients[0].whole());
  }

  /** Runs the batch that has just run once more, by another plan of the same network, with a look at every value. */
  public Optional<Watch.Found> inspect(Plan other, float[] parameters) {
    try (Workers one = new Workers(1)) {
      BatchRunner again = new BatchRunner(other, one, parameters, count);
      again.watch = new Watch();
      if (weighing != null) {
        again.weigh(weighing);
      }
      again.augmentation = augmentation;
      again.pack();
      again.run(data, order, from, count, key);
      return again.watch.found();
    }
  }

  /** Takes a block and the next one through the phase at work, side by side. */
  private void blocks(Frame frame, Frame other, int shard, int block) {
    begin(frame, shard, block);
    begin(other, shard, block + 1);
    plan.block(frame, other, phase);
    end(frame, block);
    end(other, block + 1);
  }

  /** Takes a block through the phase at work. */
  private void block(Frame frame, int shard, int block) {
    begin(frame, shard, block);
    if (watch == null) {
      plan.block(frame, phase);
    } else {
      plan.watchedBlock(frame, phase, first(block), lanes(block), watch);
    }
    end(frame, block);
  }

  private void begin(Frame frame, int shard, int block) {
    if (training) {
      frame.shard(shardGradients[shard]);
    }
    if (phase == 0) {
      frame.at(first(block), count);
      if (plan.isAcross()) {
        readAcross(frame, block);
      } else {
        read(frame, block);
      }
    }
  }

  private void end(Frame frame, int block) {
    if (phase == plan.phases() - 1) {
      for (int i = 0; i < scores.size(); i++) {
        if (plan.isAcross()) {
          scores.get(i).across(frame.arena(), block);
        } else {
          scores.get(i).block(frame.arena(), first(block), lanes(block));
        }
      }
      if (plan.dInput() >= 0) {
        keepInputGradients(frame.arena(), block * LANES);
      }
      if (ofBlocks) {
        plan.endShard(frame);
      }
    }
  }

  private void keepInputGradients(float[] arena, int first) {
    int size = plan.inputs();
    int to = first * size;
    for (int lane = 0; lane < Math.min(LANES, count - first); lane++) {
      for (int at = plan.dInput() + lane; at < plan.dInput() + size * LANES; at += LANES) {
        inputGradients[to++] = arena[at];
      }
    }
  }

  /** Of an example whose lanes are its places; each counts a sixteenth. */
  private void readAcross(Frame frame, int block) {
    float[] arena = frame.arena();
    int example = order[from + block];
    data.readField(main, example, arena, plan.x(), 1);
    data.readTarget(example, arena, plan.label(), 1);
    for (int lane = 0; lane < LANES; lane++) {
      plan.weigh(arena, lane, 1f / (LANES * count), shares[0] / LANES);
    }
    frame.key(Draws.mix(key, block));
  }

  /** The place of a block's first example in the batch. */
  private int first(int block) {
    return block * plan.examplesOfBlock();
  }

  /** How many examples a block has. */
  private int lanes(int block) {
    return Math.min(plan.examplesOfBlock(), count - first(block));
  }

  private void read(Frame frame, int block) {
    float[] arena = frame.arena();
    int begin = first(block);
    int lanes = lanes(block);
    if (plan.isOfChannels()) {
      data.readField(main, order[from + begin], arena, plan.x(), 1);
    } else if (main > 0) {
      readPart(main, begin, lanes, arena, plan.x());
    } else if (augmentation == null) {
      data.readBlock(order, from + begin, lanes, arena, plan.x());
    } else {
      augmentation.readBlock(
          data, order, from + begin, lanes, changes(key), begin, arena, plan.x());
    }
    if (!plan.isOfChannels()) {
      repeat(arena, plan.x(), plan.inputs(), lanes);
    }
    for (int i = 0; i < parts.length; i++) {
      Plan.Part part = plan.parts().get(i);
      readPart(parts[i], begin, lanes, arena, part.at());
      repeat(arena, part.at(), part.size(), lanes);
    }
    boolean moves = plan.label() >= 0 && augmentation != null && main == 0 && augmentation.moves(Dataset.TARGET);
    if (moves) {
      augmentation.readOver(data, Dataset.TARGET, order, from + begin, lanes, changes(key), begin, arena, plan.label());
      repeat(arena, plan.label(), data.target().shape().size(), lanes);
    }
    for (int lane = 0; lane < LANES; lane++) {
      boolean busy = lane < lanes;
      if (plan.label() >= 0 && !moves) {
        readTarget(busy ? begin + lane : begin, arena, plan.label() + lane);
      }
      if (training) {
        plan.weigh(arena, lane, busy ? 1f / count : 0, busy ? shares[0] : 0);
        for (int i = 1; i < shares.length; i++) {
          plan.weigh(arena, lane, i, busy ? shares[i] : 0);
        }
      } else if (plan.dInput() >= 0) {
        // Each example's loss by itself.
        plan.weigh(arena, lane, 1f, 1f);
      }
    }
    frame.key(Draws.mix(key, block));
  }

  private void readPart(int part, int begin, int lanes, float[] arena, int at) {
    if (augmentation != null && main == 0 && augmentation.moves(part)) {
      augmentation.readOver(data, part, order, from + begin, lanes, changes(key), begin, arena, at);
      return;
    }
    for (int lane = 0; lane < lanes; lane++) {
      data.readField(part, order[from + begin + lane], arena, at + lane, LANES);
    }
  }

  /**
   * The idle lanes of a batch's last block read its first example once more. They count nothing, but 0 times infinity is no
   * number: a made-up example, all zeros say, could have a gradient such as that of a square root there.
   */
  private static void repeat(float[] arena, int begin, int size, int lanes) {
    int end = begin + size * LANES;
    for (int at = begin; lanes < LANES && at < end; at += LANES) {
      Arrays.fill(arena, at + lanes, at + LANES, arena[at]);
    }
  }

  private void readTarget(int place, float[] arena, int at) {
    int example = order[from + place];
    if (augmentation == null) {
      data.readTarget(example, arena, at, LANES);
    } else {
      augmentation.readTarget(data, example, Augmentation.key(changes(key), place), arena, at, LANES);
    }
  }

  /** Adds the shards' gradients from..to, in the shards' order, into one array that holds the batch's gradient of all parameters but tables. */
  public float[] gradients(int begin, int end) {
    float[] total = shardGradients[0].whole();
    for (int s = 1; s < added; s++) {
      ShardSums.add(total, shardGradients[s].whole(), begin, Math.min(end, plan.shardEnd()));
    }
    return total;
  }

  /** Adds the shards' gradients of a table, in the shards' order; its rows are in their order then. */
  public RowSums table(int index) {
    RowSums total = shardGradients[0].table(index);
    for (int s = 1; s < added; s++) {
      total.add(shardGradients[s].table(index));
    }
    total.sort();
    return total;
  }

  /** The batch's gradient of all parameters, laid out like them: for looking at it. */
  public float[] allGradients(Graph graph) {
    gradients(Memory.BASE, Memory.BASE + graph.wholeCount());
    for (int t = 0; t < graph.tables().size(); t++) {
      table(t);
    }
    // They are together now: a step of the optimiser finds nothing to add.
    added = 1;
    return shardGradients[0].all();
  }
}
