package dev.lanewise.dsl.glass;

import dev.lanewise.dsl.lower.InUnit;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What there is to look at: a network, and the examples that it learns from.
 *
 * @param trained the network as it is now
 * @param data as it is shown them; empty where the script has none that fit
 * @param loss by which it is to learn; empty where nothing says that
 */
public record Scene(Trained trained, Optional<DataSplit> data, Optional<Computation> loss) {
  /** A network by itself, which training does not change. */
  Scene still() {
    return new Scene(trained.still(), data, loss);
  }

  /** Those to test on, or else those to learn from. */
  Optional<Dataset> examples() {
    return data.map(DataSplit::test).filter(t -> t != null && t.size() > 0).or(() -> data.map(DataSplit::train));
  }

  /** Names of the classes; none where numbers are predicted, or nobody says. */
  List<String> classes() {
    List<String> known = data.map(d -> d.world().classes()).orElse(List.of());
    int classes = examples().map(Dataset::classes).orElse(0);
    return known.isEmpty() ? IntStream.range(0, classes).mapToObj(Integer::toString).toList() : known;
  }

  /** Whether the network says one of the classes: it has a score for each, or one that tells two apart. */
  boolean saysClass() {
    int classes = classes().size();
    Shape output = trained.net().output();
    return output.isFlat() && classes > 1 && examples().filter(e -> e.classes() == classes).isPresent() && (output.size() == classes || classes == 2 && output.size() == 1);
  }

  /** By which a test judges it. */
  Optional<Computation> tested() {
    return loss.map(l -> trained.world().map(w -> InUnit.tested(trained.net(), w, l)).orElse(l));
  }
}
