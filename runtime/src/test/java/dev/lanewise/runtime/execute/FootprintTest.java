package dev.lanewise.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lanewise.runtime.tensor.MemoryException;
import org.junit.jupiter.api.Test;

class FootprintTest {
  private static final long ALL = Runtime.getRuntime().maxMemory() / Float.BYTES;

  private static MemoryException refused(Footprint footprint) {
    return catchThrowableOfType(MemoryException.class, () -> footprint.check("N"));
  }

  @Test
  void whatFitsIsNotTold() {
    assertThatCode(() -> new Footprint(32, ALL / 100, false, 0, ALL / 100, 0, 0).check("N")).doesNotThrowAnyException();
  }

  @Test
  void whatTakesMostSaysWhatToDo() {
    assertThat(refused(new Footprint(512, ALL, true, 0, ALL / 10, 0, 0)).remedy())
        .startsWith("take a smaller batch, since it is looked at as a whole (batch normalisation, or a loss that compares its examples), or give the JVM more: LANEWISE_JAVA_OPTIONS=-Xmx");
    assertThat(refused(new Footprint(32, ALL / 10, true, 0, ALL / 3, 2 * ALL / 3, 0)).remedy())
        .startsWith("take sgd without momentum, which keeps nothing for each weight, or give the JVM more: LANEWISE_JAVA_OPTIONS=-Xmx");
    assertThat(refused(new Footprint(32, ALL, false, 0, ALL / 10, 0, 0)).remedy())
        .startsWith("take fewer threads or a smaller network, or give the JVM more: LANEWISE_JAVA_OPTIONS=-Xmx");
  }

  /** Arrays of more than 2^31 bytes, and sums of more: figures are of longs. */
  @Test
  void tellsWhatTakesHowMuch() {
    long floats = 1L << 40;
    assertThat(refused(new Footprint(64, floats, true, 2 * floats, 3 * floats, 4 * floats, 5 * floats)))
        .hasMessageStartingWith(
            "to train `N` needs 62,914,560 MB: 64 examples at a time 4,194,304, gradients 12,582,912, the optimiser 16,777,216, ordered weights"
                + " 8,388,608, copies 20,971,520; of the ")
        .hasMessageEndingWith(" are free");
    assertThat(refused(new Footprint(32, floats, false, 0, 0, 0, 0)))
        .hasMessageStartingWith("to take 32 examples through `N` at a time needs 4,194,304 MB; of the ");
  }
}
