package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.call.SettingEdits;
import dev.lanewise.dsl.check.network.StepEdits;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.OutputKind.Wanted;
import dev.lanewise.dsl.meaning.OutputKind;
import dev.lanewise.dsl.meaning.TargetRange;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Objective;
import java.util.Optional;

/** The end of a network against the loss that it is trained by: what {@link OutputKind} says of both. */
record Ends(Problems problems, Statement.Train train, CheckedNet net, CheckedData data) {
  private static final String CROSS_ENTROPY = "cross_entropy";
  private static final String LOGITS = "bce_with_logits";

  void check(Computation loss) {
    CheckedNet.Layer last = OutputKind.maker(net);
    if (last == null) {
      return;
    }
    CheckedNet.Layer end = net.layers().get(net.result() - 1);
    if (end.computation() instanceof Dropout) {
      told(end, Code.L043, "dropout after the last layer throws outputs away that the loss needs", remove(end).saying("remove it, or move it before the last layer"));
    }
    if (!(Objective.comparesOutput(loss) && (!(loss instanceof Objective o) || o.told() != Objective.SUM))) {
      return;
    }
    OutputKind gives = OutputKind.of(net);
    String name = Objective.main(loss).name();
    if (gives == OutputKind.PROBABILITIES && net.output().size() == 1) {
      Remedy remedy = name.equals(LOGITS) ? remove(last) : write(last, "sigmoid");
      told(last, Code.L132, "softmax of a single number is always 1", remedy);
      return;
    }
    switch (Wanted.by(loss)) {
      case SCORES -> scores(gives, last, name);
      case PROBABILITIES -> probabilities(gives, last, name);
      case LOGARITHMS -> logarithms(gives, last, name);
      case NUMBERS -> numbers(gives, last, name);
      case EMBEDDINGS -> embeddings(gives, last, name);
      case ANYTHING -> { }
    }
  }

  private void scores(OutputKind gives, CheckedNet.Layer last, String loss) {
    if (loss.equals(LOGITS) && isBeyond(loss)) {
      return;
    }
    boolean softmax = !loss.equals(LOGITS) && !loss.equals("hinge");
    switch (gives) {
      case PROBABILITIES -> told(
          last, Code.L041, softmax ? "softmax before " + loss + ": the loss applies it already" : "softmax before " + loss + ": the loss takes scores of any size", remove(last));
      case SHARES -> told(
          last, Code.L042, loss.equals(LOGITS) ? "sigmoid before `" + loss + "`: the loss applies it already" : "sigmoid before " + loss + ": the loss takes scores of any size", remove(last));
      case NOT_NEGATIVE, TO_SIX -> told(last, Code.L132, activation(last) + " before `" + loss + "` cuts off all scores below 0, and with them their gradients", remove(last));
      case BETWEEN -> {
        if (!loss.equals("hinge")) {
          told(last, Code.L132, activation(last) + " before `" + loss + "` keeps scores between -1 and 1, so that no answer can be sure", remove(last));
        }
      }
      case LOGARITHMS -> {
        if (softmax) {
          told(last, Code.L132, "log_softmax before `" + loss + "`: the loss applies it already", remove(last).saying("remove it, or loss = nll"));
        }
      }
      case ANY, UNKNOWN -> { }
    }
  }

  private void probabilities(OutputKind gives, CheckedNet.Layer last, String loss) {
    if (isBeyond(loss)) {
      return;
    }
    String message = "`" + loss + "` takes probabilities, and the last layer gives " + gives.gives();
    switch (gives) {
      case ANY -> told(
          last, Code.L132, message, loss(LOGITS).map(e -> Remedy.of("loss = bce_with_logits, or sigmoid at the end", e)).orElseGet(() -> after(last, "sigmoid")));
      case NOT_NEGATIVE, TO_SIX, BETWEEN, LOGARITHMS -> told(last, Code.L132, message, write(last, "sigmoid"));
      case SHARES, PROBABILITIES, UNKNOWN -> { }
    }
  }

  /** Whether numbers to predict are no probabilities, which such a loss takes them for. */
  private boolean isBeyond(String loss) {
    Optional<TargetRange> range = TargetRange.of(data);
    boolean beyond = range.isPresent() && !OutputKind.SHARES.reaches(range.get().low(), range.get().high());
    if (beyond) {
      problems.report(
          Code.L133, lossSpan(), "`" + loss + "` takes what is right for a probability, but the numbers to predict of " + data.name() + " go from "
              + range.get().lowText() + " to " + range.get().highText(),
          loss("mse").map(e -> Remedy.of("write `mse`", e)).orElse(Remedy.NONE));
    }
    return beyond;
  }

  private void logarithms(OutputKind gives, CheckedNet.Layer last, String loss) {
    String message = "`" + loss + "` takes logarithms of probabilities, and the last layer gives " + gives.gives();
    switch (gives) {
      case ANY -> told(last, Code.L132, message, after(last, "log_softmax").saying("log_softmax at the end, or loss = cross_entropy"));
      case PROBABILITIES, NOT_NEGATIVE, TO_SIX, SHARES, BETWEEN -> told(last, Code.L132, message, write(last, "log_softmax"));
      case LOGARITHMS, UNKNOWN -> { }
    }
  }

  private void numbers(OutputKind gives, CheckedNet.Layer last, String loss) {
    if (data.target().isClass() && data.target().classes() > 1 && net.output().size() == data.target().classes()) {
      classes(gives, last, loss);
      return;
    }
    Optional<TargetRange> range = data.target().isNumbers() && gives.isBent() ? TargetRange.of(data) : Optional.empty();
    if (range.isEmpty()) {
      return;
    }
    if (range.get().measured()) {
      told(last, Code.L132, "the last layer gives " + gives.gives() + ", but what it is to predict is brought to mean 0 and deviation 1", remove(last));
    } else if (!gives.reaches(range.get().low(), range.get().high())) {
      told(last, Code.L132, gives.unreached(range.get().low(), range.get().high()), remove(last));
    }
  }

  /** A loss of numbers, which sees in classes 0 and 1. Sums of products are no such numbers; what ends between 0 and 1 may be trained so. */
  private void classes(OutputKind gives, CheckedNet.Layer last, String loss) {
    if (gives == OutputKind.SHARES || gives == OutputKind.BETWEEN || gives == OutputKind.UNKNOWN) {
      return;
    }
    Remedy remedy = loss(CROSS_ENTROPY).map(e -> Remedy.of("write `cross_entropy`", e)).orElse(Remedy.NONE);
    if (gives == OutputKind.PROBABILITIES) {
      Remedy whole = removed(last).map(remedy::and).orElse(remedy);
      problems.report(Code.L133, lossSpan(), "`" + loss + "` compares numbers, but here are classes: cross_entropy learns them faster, and applies softmax itself", StepEdits.weighed(whole, net, last));
    } else {
      problems.report(Code.L133, lossSpan(), "`" + loss + "` compares numbers, but here are classes: cross_entropy learns them faster", remedy);
    }
  }

  private void embeddings(OutputKind gives, CheckedNet.Layer last, String loss) {
    if (gives == OutputKind.PROBABILITIES || gives == OutputKind.LOGARITHMS) {
      told(last, Code.L132, activation(last) + " before `" + loss + "`: embeddings are compared by their places, and are no probabilities", remove(last));
    }
  }

  private static String activation(CheckedNet.Layer layer) {
    return layer.computation().name();
  }

  private void told(CheckedNet.Layer layer, Code code, String message, Remedy remedy) {
    problems.inside(layer.source()).report(code, layer.span(), message, layer.source() == problems.source() ? StepEdits.weighed(remedy, net, layer) : Remedy.say(remedy.text()));
  }

  private Remedy remove(CheckedNet.Layer layer) {
    return StepEdits.of(layer).removal(layer.span());
  }

  private Optional<Edit> removed(CheckedNet.Layer layer) {
    return Optional.of(StepEdits.of(layer).remove(layer.span())).filter(_ -> layer.source() == problems.source());
  }

  private static Remedy write(CheckedNet.Layer layer, String activation) {
    return Remedy.write(layer.span(), activation);
  }

  private static Remedy after(CheckedNet.Layer layer, String activation) {
    return Remedy.of("write `" + activation + "` behind it", StepEdits.of(layer).after(layer.span(), activation));
  }

  private Optional<Setting> lossSetting() {
    return train.settings().stream().filter(s -> s.key().text().equals("loss")).findFirst();
  }

  private Span lossSpan() {
    return lossSetting().map(s -> s.value().span()).orElse(train.net().span());
  }

  /** Another loss in its place, if a single one is written. */
  private Optional<Edit> loss(String name) {
    return lossSetting().filter(s -> !Call.of(s.value()).name().isEmpty()).map(s -> SettingEdits.value(s.value(), name));
  }
}
