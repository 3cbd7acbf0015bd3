package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedData.Normalize;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import java.util.List;
import java.util.Locale;

/** A mean and a deviation that were given, and leave the numbers far from 0 and 1: often those of other data, or of bytes. */
final class UnfitNormalization implements Look {
  private static final int LOOKED_AT = 500;
  private static final double FAR = 4;
  private static final double NARROW = 0.05;

  @Override
  public List<Doubt> of(CheckedData data, DataSplit split) {
    if (!(data.normalize() instanceof Normalize.By(var by)) || split.train().fields().getFirst().isWhole()) {
      return List.of();
    }
    Dataset some = split.normalize(by).train().spread(LOOKED_AT);
    float[] values = new float[some.shape().size()];
    double sum = 0, squares = 0;
    long count = 0;
    for (int i = 0; i < some.size(); i++) {
      some.read(i, values, 0, 1);
      for (float value : values) {
        sum += value;
        squares += (double) value * value;
        count++;
      }
    }
    double mean = sum / count;
    double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
    return Math.abs(mean) <= FAR && deviation <= FAR && deviation >= NARROW ? List.of() : List.of(new Doubt(
        Concern.NORMALIZE, Code.L144,
        String.format(Locale.ROOT, "`normalize` leaves the numbers of %s with mean %.3g and deviation %.3g, in place of 0 and 1", data.name(), mean, deviation),
        Concern.NORMALIZE.orAllow("say normalize = auto"), new Cure.Setting("normalize", "auto")));
  }
}
