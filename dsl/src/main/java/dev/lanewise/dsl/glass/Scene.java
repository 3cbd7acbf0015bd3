package dev.lanewise.dsl.glass;

import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.operation.Computation;
import java.util.Optional;

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
}
