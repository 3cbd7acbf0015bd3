package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Images of one colour, on which nothing is to be seen. */
final class BlankImages implements Look {
  private static final int LOOKED_AT = 2_000;
  private static final int LEAST = 2;
  private static final double SHARE = 0.005;

  @Override
  public List<Doubt> of(CheckedData data, DataSplit split) {
    Dataset some = split.train().spread(LOOKED_AT);
    if (!some.shape().isImage() || some.fields().getFirst().isWhole() || data.origin().sound().isPresent()) {
      return List.of();
    }
    float[] values = new float[some.shape().size()];
    List<Integer> blank = IntStream.range(0, some.size()).filter(i -> isBlank(some, i, values)).boxed().toList();
    if (blank.size() < LEAST || blank.size() < SHARE * some.size()) {
      return List.of();
    }
    int first = split.train().spread(blank.getFirst(), LOOKED_AT);
    return List.of(new Doubt(
        Concern.BLANK, Code.L143,
        String.format(Locale.ROOT, "%,d of %,d images of %s that were looked at are of one colour: the first is item %d", blank.size(), some.size(), data.name(), first),
        Concern.BLANK.orAllow("look at it: show(" + data.name() + ".train.item(" + first + "))")));
  }

  private static boolean isBlank(Dataset data, int example, float[] values) {
    data.read(example, values, 0, 1);
    int plane = values.length / data.shape().channels();
    for (int i = 1; i < values.length; i++) {
      if (i % plane != 0 && values[i] != values[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
