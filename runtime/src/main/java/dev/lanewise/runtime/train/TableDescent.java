package dev.lanewise.runtime.train;

import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.kernel.element.UpdateKernel;
import dev.lanewise.runtime.symbolic.Update;
import dev.lanewise.runtime.tensor.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of all tables, which take no longer for a larger table but for what the optimiser itself has to do to every row: nothing, if a step
 * leaves a parameter as it is whose gradient is 0, or the optimiser is lazy. Averages are of all rows.
 */
final class TableDescent {
  private final Workers workers;
  private BatchRunner runner;
  private final List<TableSteps> tables = new ArrayList<>();
  private final float[] parameters;
  private final float[][] state;
  private final float[] scalars;
  /** Of all rows; null where only those have a step that were touched. */
  private final UpdateKernel all;
  private final UpdateKernel touched;
  /** Of all rows, after the step of those that were touched; null without averages. */
  private final UpdateKernel averaging;
  private final float[][] average;
  private final Aside[] aside;
  private final Workers.Parts adding = this::add;
  private final Workers.Parts steppingAll = this::stepAll;
  private final Workers.Parts steppingTouched = this::stepTouched;
  private final Workers.Parts averagingAll = this::average;
  private volatile boolean broken;

  /**
   * @param state what is kept for each parameter, by the names of the update; averages are the last of these
   * @param scalars the numbers of the step at work, by the names of the update
   */
  TableDescent(Model model, TrainSettings settings, UpdateKernel kernel, float[][] state, float[] scalars, BatchRunner runner, Workers workers) {
    this.workers = workers;
    this.runner = runner;
    this.parameters = model.parameters();
    this.state = state;
    this.scalars = scalars;
    int at = Memory.BASE + model.graph().wholeCount();
    for (Parameter table : model.graph().tables()) {
      tables.add(new TableSteps(tables.size(), at, table));
      at = tables.getLast().end();
    }
    Update update = settings.update();
    boolean some = settings.optimizer().lazy() || settings.step().isStillAtZero();
    boolean averages = some && settings.average() > 0;
    this.all = some ? null : kernel;
    this.touched = some ? new UpdateKernel(settings.step()) : null;
    this.averaging = averages ? new UpdateKernel(update.averaging()) : null;
    this.average = averages ? new float[][] {state[update.state().size() - 1]} : null;
    this.aside = new Aside[tables.isEmpty() ? 0 : workers.count()];
    for (int i = 0; i < aside.length; i++) {
      aside[i] = new Aside(state.length);
    }
  }

  void follow(BatchRunner other) {
    runner = other;
  }

  /** Adds up the gradients of the batch. Answers whether all of them are numbers. */
  boolean add() {
    broken = false;
    if (!tables.isEmpty()) {
      workers.run(tables.size(), adding);
    }
    return !broken;
  }

  private void add(int worker, int table) {
    if (!tables.get(table).add(runner)) {
      broken = true;
    }
  }

  /** The sum of the squares of all gradients. */
  double squares() {
    double squares = 0;
    for (int t = 0; t < tables.size(); t++) {
      squares += tables.get(t).squares();
    }
    return squares;
  }

  void step() {
    if (tables.isEmpty()) {
      return;
    }
    if (all != null) {
      workers.run(tables.size() * Descent.MOST_PARTS, steppingAll);
      return;
    }
    workers.run(tables.size() * touchedParts(), steppingTouched);
    if (averaging != null) {
      workers.run(tables.size() * Descent.MOST_PARTS, averagingAll);
    }
  }

  /** Few rows are one worker's: another would take longer to wake. */
  private int touchedParts() {
    int most = 0;
    for (int t = 0; t < tables.size(); t++) {
      most = Math.max(most, tables.get(t).touched());
    }
    return Math.clamp(most / Descent.LEAST_PART, 1, Descent.MOST_PARTS);
  }

  private void stepAll(int worker, int part) {
    tables.get(part / Descent.MOST_PARTS)
        .all(all, parameters, state, scalars, part % Descent.MOST_PARTS, Descent.MOST_PARTS, aside[worker]);
  }

  private void stepTouched(int worker, int part) {
    int parts = touchedParts();
    tables.get(part / parts).touched(touched, parameters, state, scalars, part % parts, parts, aside[worker]);
  }

  private void average(int worker, int part) {
    tables.get(part / Descent.MOST_PARTS)
        .all(averaging, parameters, average, scalars, part % Descent.MOST_PARTS, Descent.MOST_PARTS, aside[worker]);
  }
}
