package dev.lanewise.dsl.view;

import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.data.DataSplit;
import java.util.Locale;

/** What there is to say of a network or of data in a line. */
public final class Summaries {
  private Summaries() {}

  /** {@code 1x28x28 -> 10, 7,850 parameters}. */
  public static String of(CheckedNet net) {
    return String.format(Locale.ROOT, "%s -> %s, %,d parameters", net.takes(), net.output(), net.parameters());
  }

  /** {@code 1x28x28, 60,000 to train, 10,000 to test}, and how the files were read, where that is not plain. */
  public static String of(CheckedData data, DataSplit split) {
    String validation =
        split.validation() == null ? "" : String.format(Locale.ROOT, ", %,d to validate", split.validation().size());
    String parts = String.format(
        Locale.ROOT, "%s, %,d to train%s, %,d to test",
        split.kind(), split.train().size(), validation, split.test().size());
    return data.origin().notes().isEmpty() ? parts : parts + "; " + String.join("; ", data.origin().notes());
  }
}
