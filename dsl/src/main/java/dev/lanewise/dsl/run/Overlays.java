package dev.lanewise.dsl.run;

import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.runtime.data.Augmentation.Over;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parts of examples that lie over their images, and move with them: masks, and classes at each place. */
final class Overlays {
  /** So many examples tell what is nothing. */
  private static final int LOOKED_AT = 100;

  private Overlays() {}

  static List<Over> of(CheckedData data, Dataset examples) {
    List<Over> over = new ArrayList<>();
    List<Field> fields = data.fields();
    for (int i = Dataset.TARGET; i < fields.size(); i++) {
      if (data.liesOver(i)) {
        Field field = fields.get(i);
        over.add(new Over(i, field.shape(), field.isWhole(), field.isWhole() ? commonest(examples, i) : 0));
      }
    }
    return over;
  }

  /** What most places have; of several the least. */
  private static float commonest(Dataset examples, int field) {
    float[] values = new float[examples.fields().get(field).shape().size()];
    Map<Float, Integer> counts = new HashMap<>();
    for (int i = 0; i < Math.min(LOOKED_AT, examples.size()); i++) {
      examples.readField(field, i, values, 0, 1);
      for (float value : values) {
        counts.merge(value, 1, Integer::sum);
      }
    }
    float best = Float.POSITIVE_INFINITY;
    for (Map.Entry<Float, Integer> e : counts.entrySet()) {
      int most = counts.getOrDefault(best, 0);
      best = e.getValue() > most || e.getValue() == most && e.getKey() < best ? e.getKey() : best;
    }
    return best;
  }
}
