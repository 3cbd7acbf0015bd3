package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.NotFinite;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.plan.Watch;
import java.util.Locale;
import java.util.Optional;

/** Says where training left the numbers: which example, which layer's value, or which gradient, was the first that is NaN or infinite. */
record Guard(Model model, TrainSettings settings, DataSplit data, BatchRunner runner) {
  private static final String FIRST = ". No step has been taken yet: look at the data, and at what this layer computes";
  private static final String LATER = ". A learning rate that is too high is the usual cause: try a tenth of it";

  /** The examples of a step: {@code order[from] … order[end - 1]}. */
  record Step(int[] order, int from, int end) {}

  /** @param loss of the batch that has just run, which the optimiser has not followed yet */
  DivergedException ofLoss(double loss, Step step, int epoch, int batch) {
    String what = String.format(Locale.ROOT, "the loss of %s became %s", model.name(), word((float) loss));
    return new DivergedException(what + when(epoch, batch) + cause(step, epoch, batch));
  }

  DivergedException ofGradient(Step step, int epoch, int batch) {
    return new DivergedException("a gradient of " + model.name() + " is no number" + when(epoch, batch) + cause(step, epoch, batch));
  }

  private String cause(Step step, int epoch, int batch) {
    return ofData(step).orElseGet(() -> origin() + advice(epoch, batch));
  }

  /** Others than those of the step may have had a part in it: what is mixed in, or compared with. */
  private Optional<String> ofData(Step step) {
    return NotFinite.first(data.train(), step.order, step.from, step.end)
        .or(() -> isMixed() ? NotFinite.first(data.train()) : Optional.empty())
        .map(found -> "the data is the cause: `" + data.name() + ".train.item(" + found.item() + ")` has " + found.text()
            + ". Leave the example out, or replace the value");
  }

  private boolean isMixed() {
    return !data.train().isOnDisk() && (data.augmentation() != null || settings.loss() instanceof Comparison);
  }

  private static String advice(int epoch, int batch) {
    return epoch == 1 && batch == 1 ? FIRST : LATER;
  }

  private static String when(int epoch, int batch) {
    return " in epoch " + epoch + ", batch " + batch + "; ";
  }

  private String origin() {
    Optional<NotFiniteParameter> found = model.notFinite().stream().findFirst();
    if (found.isPresent()) {
      return "the step before it made " + found.get().parameter() + " overflow";
    }
    // By the operations' own formulas, one by one: in the kernels, several are one.
    return runner.inspect(Plan.training(model.graph(), settings.loss(), KernelSet.SCALAR), model.parameters().clone())
        .map(this::text)
        .orElse("the parameters are still finite: look for inputs or a loss that overflow");
  }

  private String text(Watch.Found found) {
    String where = found.example() < 0 ? "" : " (example " + (found.example() + 1) + " of the batch)";
    return "the first value that is none is " + what(found) + where + ": " + word(found.value());
  }

  /** Gradients are called after the value they belong to, {@code drelu1}, or after the layer that is gone back through, {@code conv1.dx}. */
  private String what(Watch.Found found) {
    if (!found.parameter().isEmpty()) {
      return "in the gradient of " + found.parameter();
    }
    if (!found.backward()) {
      return found.stage().matches("loss(\\..*)?") ? "in the loss" : "what " + found.stage() + " makes";
    }
    String value = found.stage().substring(1);
    boolean isOfValue = model.graph().nodes().stream().anyMatch(n -> n.name().equals(value));
    return isOfValue ? "the gradient of what " + value + " makes" : "a gradient on the way back through " + found.stage().replaceFirst("\\.d\\w*$", "");
  }

  private static String word(float value) {
    return Float.isNaN(value) ? "NaN" : value > 0 ? "infinite" : "minus infinite";
  }
}
