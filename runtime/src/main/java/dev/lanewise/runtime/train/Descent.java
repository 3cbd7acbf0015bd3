package dev.lanewise.runtime.train;

import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.kernel.element.UpdateKernel;
import dev.lanewise.runtime.kernel.lane.Finite;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Muon;
import dev.lanewise.runtime.symbolic.Update;
import dev.lanewise.runtime.tensor.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The steps of the optimiser: adds up the gradients of a batch, limits them, moves the parameters, and averages them. Elementwise, so the
 * workers' parts do not matter.
 */
public final class Descent {
  /** Parameters that one worker goes through faster than another wakes. */
  static final int LEAST_PART = 8192;
  static final int MOST_PARTS = 16;
  private static final String AVERAGE = "average";
  private static final String MOMENTUM = "momentum";

  private final Model model;
  private final TrainSettings settings;
  private BatchRunner runner;
  private final Workers workers;
  private final UpdateKernel kernel;
  private final TableDescent tables;
  private final List<String> names;
  private final float[][] state;
  /** Where the parameters lie that are trained, but for tables, which follow. */
  private final int first;
  private final int end;
  // Of the step at work.
  private final float[] scalars;
  private final int scale;
  private final int kept;
  private final Muon muon;
  private final List<Still> still;
  private double rate;
  private volatile boolean broken;
  // Kept, so that a step allocates nothing.
  private final Workers.Parts updating = this::update;
  private final Workers.Parts adding = this::add;
  private final Workers.Parts turning = this::turn;
  private final int parts;
  private final Aside[] aside;

  public Descent(Model model, TrainSettings settings, BatchRunner runner, Workers workers) {
    this.model = model;
    this.settings = settings;
    this.runner = runner;
    this.workers = workers;
    this.first = Memory.BASE + model.graph().bufferCount();
    this.end = Memory.BASE + model.graph().wholeCount();
    this.parts = Math.clamp((end - first) / LEAST_PART, 1, MOST_PARTS);
    Update update = settings.update();
    this.kernel = new UpdateKernel(update);
    Muon.Settings matrices = settings.optimizer().matrices();
    this.muon = matrices == null ? null : new Muon(matrices, model.graph());
    this.names = new ArrayList<>(update.state());
    if (muon != null) {
      names.add(MOMENTUM);
    }
    this.scalars = new float[update.scalars().size()];
    this.scale = update.scalars().indexOf("scale");
    this.kept = update.scalars().indexOf("kept");
    this.state = new float[names.size()][];
    Arrays.setAll(state, i -> Memory.allocate(model.graph().parameterCount()));
    this.still = still(model.graph());
    this.tables = new TableDescent(model, settings, kernel, state, scalars, runner, workers);
    this.aside = new Aside[workers.count()];
    Arrays.setAll(aside, i -> new Aside(state.length));
    if (kept >= 0) {
      // Until the first step, which a batch that ends the training may never reach.
      System.arraycopy(model.parameters(), 0, state[names.indexOf(AVERAGE)], 0, Memory.BASE + model.graph().parameterCount());
    }
  }

  /** From now on gradients come from another runner, of the same network. */
  void follow(BatchRunner other) {
    runner = other;
    tables.follow(other);
  }

  /** The same for another model of the same network, before its first step. */
  Descent of(Model other) {
    return new Descent(other, settings, runner, workers);
  }

  /** How many numbers are kept for each parameter: as many as are named, and for matrices what a step works with. */
  static int kept(TrainSettings settings) {
    return settings.update().state().size() + (settings.optimizer().matrices() == null ? 0 : 4);
  }

  /** What has no gradients, in the order in which it lies. @param isFrozen otherwise training keeps account of it: a running mean */
  private record Still(int begin, int end, boolean isFrozen) {}

  private static List<Still> still(Graph graph) {
    List<Still> still = new ArrayList<>();
    int at = Memory.BASE;
    for (Parameter p : graph.parameters().stream().filter(p -> !p.isTrainable()).toList()) {
      still.add(new Still(at, at + p.shape().size(), p.spec().trainable() || p.spec().isConstant()));
      at += p.shape().size();
    }
    return still;
  }

  /** What is kept for each parameter, by name; laid out as the parameters. */
  List<String> names() {
    return names;
  }

  float[][] state() {
    return state;
  }

  /** The network as it is tested and kept: with averaged parameters, where there are any. */
  Model result() {
    return kept < 0 ? model : model.with(state[names.indexOf(AVERAGE)]);
  }

  /** Forgets what is kept of earlier steps, as before the first one. */
  void forget() {
    for (float[] each : state) {
      Arrays.fill(each, 0);
    }
  }

  /**
   * Takes a step.
   *
   * @param lr the learning rate
   * @param number from 1 on
   * @return false if a gradient was no number; parameters whose gradients were numbers may have moved then
   */
  public boolean step(double lr, int number) {
    rate = lr;
    settings.optimizer().scalars().at(lr, number, scalars);
    if (!tables.add()) {
      return false;
    }
    if (isAddedFirst()) {
      workers.run(parts, adding);
    }
    if (settings.clip() instanceof Clip.Norm(double most)) {
      scalars[scale] = scale(most);
    }
    if (kept >= 0) {
      // As in PyTorch, the first average is the parameters after the first step.
      scalars[kept] = number == 1 ? 0 : (float) settings.average();
      scalars[kept + 1] = 1 - scalars[kept];
    }
    broken = false;
    if (muon != null) {
      workers.run(muon.count(), turning);
      if (broken) {
        return false;
      }
    }
    workers.run(parts, updating);
    tables.step();
    averageStill();
    return !broken;
  }

  /** What brings the norm of all gradients down to the limit; they have been added up already. */
  private float scale(double most) {
    float[] gradient = runner.gradients(0, 0);
    double squares = 0;
    for (int i = first; i < end; i++) {
      squares += (double) gradient[i] * gradient[i];
    }
    double norm = Math.sqrt(squares + tables.squares());
    return norm > most ? (float) (most / norm) : 1;
  }

  /** Running means have no gradients, but the averaged network needs some that fit it. A mean of what is frozen would be rounded: it is copied. */
  private void averageStill() {
    float[] average = kept < 0 ? null : state[names.indexOf(AVERAGE)];
    for (int s = 0; kept >= 0 && s < still.size(); s++) {
      Still part = still.get(s);
      if (part.isFrozen) {
        System.arraycopy(model.parameters(), part.begin, average, part.begin, part.end - part.begin);
        continue;
      }
      for (int i = part.begin; i < part.end; i++) {
        average[i] = scalars[kept] * average[i] + scalars[kept + 1] * model.parameters()[i];
      }
    }
  }

  /** Where a part of the parameters begins: whole blocks. */
  private int begin(int part) {
    int blocks = (end - first + Lanes.BLOCK - 1) / Lanes.BLOCK;
    return first + (int) ((long) blocks * part / parts) * Lanes.BLOCK;
  }

  private void add(int worker, int part) {
    runner.gradients(begin(part), begin(part + 1));
  }

  /** Whether something looks at whole gradients before the elementwise step. */
  private boolean isAddedFirst() {
    return muon != null || settings.clip() instanceof Clip.Norm;
  }

  /** Each matrix is one worker's. */
  private void turn(int worker, int matrix) {
    float[] gradient = runner.gradients(0, 0);
    float factor = scale < 0 ? 1 : scalars[scale];
    float most = settings.clip() instanceof Clip.Value(double value) ? (float) value : Float.POSITIVE_INFINITY;
    if (!muon.step(matrix, model.parameters(), gradient, state[names.indexOf(MOMENTUM)], rate, factor, most)) {
      broken = true;
    }
  }

  private void update(int worker, int part) {
    int begin = begin(part);
    int end = begin(part + 1);
    float[] gradient = isAddedFirst() ? runner.gradients(begin, begin) : runner.gradients(begin, end);
    if (Finite.all(gradient, begin, end)) {
      aside[worker].run(kernel, model.parameters(), gradient, 0, state, scalars, begin, Math.min(end, this.end));
    } else {
      broken = true;
    }
  }
}
