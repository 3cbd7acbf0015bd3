package dev.lanewise.runtime.train;

import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.attack.Attacker;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Held;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.random.Draws;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The attacks within a training: each batch is attacked with the parameters that it is to change, and after each epoch a short attack on examples that are kept aside tells
 * whether the network withstands more than the one that it is trained with. Where it does not any more, all of a sudden, it has overfitted to that one (Wong, Rice and Kolter
 * 2020, "Fast is better than free"): it ends as it was an epoch before.
 */
final class Hardening {
  /** Kept apart from what the training itself draws. */
  private static final long DRAWN = 0x61747461636b65L;

  /** So many examples are looked at after an epoch. */
  private static final int LOOKED_AT = 512;

  /** A network that is right about so much less of them than before has overfitted. */
  private static final double COLLAPSE = 0.2;

  private final String net;
  private final TrainSettings settings;
  private final Attack attack;
  private final DataSplit data;
  private Attacker attacker;
  private final Engine engine;
  private final Held clean;
  private double before = Double.NaN;
  private float[] kept = new float[0];

  /** @param model in training @param size of its batches, at most */
  Hardening(Model model, DataSplit data, TrainSettings settings, int size, Engine engine) {
    this.net = model.name();
    this.settings = settings;
    this.attack = settings.adversarial().orElseThrow();
    this.data = data;
    this.engine = engine;
    resize(model, size);
    Dataset aside = data.validation() == null ? data.train() : data.validation();
    this.clean = Held.of(aside, data.world().normalization(), 0, Math.min(LOOKED_AT, aside.size()));
  }

  /** From now on batches have another size. */
  void resize(Model model, int size) {
    attacker = engine.attacker(model, data, settings.loss(), attack, Math.min(size, data.train().size()));
  }

  /** Before the first batch of a step. */
  void pack() {
    attacker.pack();
  }

  /** A batch, changed as a training changes it, and then attacked. @param key of the batch */
  Held of(int[] order, int from, int count, long key) {
    Held batch = Held.read(data.train(), data.augmentation(), data.world().normalization(), order, from, count, BatchRunner.changes(key));
    attacker.away(batch, Draws.mix(key, DRAWN), 0, () -> { });
    return batch;
  }

  /** What the network is looked at with. */
  TrainEvent.Probe probe() {
    return new TrainEvent.Probe(attack.probe(), clean.size());
  }

  /** What the network withstands as it is now. */
  Withstood look(Model model) {
    double right = engine.score(model, clean, null, settings.loss()).accuracy();
    double attacked = engine.score(model, attacked(model), null, settings.loss()).accuracy();
    return new Withstood(right, attacked);
  }

  private Held attacked(Model model) {
    int size = clean.size();
    Held tried = clean.some(IntStream.range(0, size).toArray());
    Attacker own = engine.attacker(model, data, settings.loss(), attack.probe(), size);
    own.pack();
    own.away(tried, Draws.mix(settings.seed(), DRAWN), 0, () -> { });
    return tried;
  }

  /**
   * Whether the network has overfitted since it was last looked at: not where it has just become worse, so that its own attack fools it too.
   *
   * @param own the share that it was right about under its own attack
   */
  Optional<TrainEvent.Overfitted> collapsed(Withstood now, double own, int epoch) {
    return now.attacked() < before - COLLAPSE && now.attacked() < own - COLLAPSE
        ? Optional.of(new TrainEvent.Overfitted(net, epoch, attack.probe(), before, now.attacked()))
        : Optional.empty();
  }

  /** Keeps parameters, to go back to them. */
  void keep(Withstood now, float[] parameters) {
    before = now.attacked();
    kept = parameters.clone();
  }

  /** Gives a network the parameters that were kept. */
  void takeBack(Model model) {
    System.arraycopy(kept, 0, model.parameters(), 0, kept.length);
  }
}
