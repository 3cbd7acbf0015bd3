package dev.lanewise.dsl.run;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether two processes have read the same examples, in a word: how many there are, and all numbers of some. */
final class Fingerprint {
  private static final int LOOKED_AT = 16;

  private Fingerprint() {}

  static String of(DataSplit data) {
    List<String> all = new ArrayList<>();
    for (Dataset part : new Dataset[] {data.train(), data.validation(), data.test()}) {
      all.add(part == null ? "none" : of(part));
    }
    return Digest.of(all.toArray());
  }

  private static String of(Dataset part) {
    StringBuilder told = new StringBuilder(part.size() + " " + part.fields());
    int looks = Math.min(LOOKED_AT, part.size());
    for (int i = 0; i < looks; i++) {
      int example = (int) ((long) part.size() * i / looks);
      for (int field = 0; field < part.fields().size(); field++) {
        float[] values = new float[part.fields().get(field).shape().size()];
        part.readField(field, example, values, 0, 1);
        told.append(' ').append(Arrays.hashCode(values));
      }
    }
    return told.toString();
  }
}
