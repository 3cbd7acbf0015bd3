package dev.lanewise.dsl.view.picture;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Parts;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Unanswered;
import java.util.ArrayList;
import java.util.List;

/**
 * Some examples as a network sees them: those to train on changed as training changes them, always the same way here.
 *
 * @param examples with their targets, in the order in which they were asked for
 * @param shown what to show of them: original values, unless they were changed
 */
public record Seen(Dataset examples, float[][] shown) {
  public static Seen of(DataSplit split, Dataset part, List<Integer> which, boolean trains) {
    boolean changes = trains && split.augmentation() != null;
    Dataset original = part.normalized(Normalization.none(part.shape()));
    float[][] values = new float[which.size()][];
    float[][] shown = new float[which.size()][];
    float[][] targets = new float[which.size()][];
    int[] labels = new int[which.size()];
    for (int i = 0; i < values.length; i++) {
      int example = which.get(i);
      values[i] = Exhibits.values(part, example);
      shown[i] = changes ? values[i] : Exhibits.values(original, example);
      if (changes) {
        split.augmentation().read(part, example, example, values[i]);
      }
      targets[i] = Exhibits.target(part, example);
      if (changes && split.augmentation().moves(Dataset.TARGET)) {
        split.augmentation().readOver(part, Dataset.TARGET, example, example, targets[i]);
      }
      labels[i] = part.label(example);
    }
    Dataset examples = part.target().isClass()
        ? new Points(part.shape(), values, labels, part.classes())
        : new Paired(new Points(part.shape(), values), new Points(part.target().shape(), targets), part.target());
    Dataset answered = part.isAnswered() ? examples : new Unanswered(examples, examples.target());
    return new Seen(split.world().parts().isEmpty() ? answered : new Parts(answered, part.fields(), further(split, part, which, changes)), shown);
  }

  private static List<Dataset> further(DataSplit split, Dataset part, List<Integer> which, boolean changes) {
    List<Dataset> further = new ArrayList<>();
    for (int field = Dataset.TARGET + 1; field < part.fields().size(); field++) {
      float[][] values = new float[which.size()][];
      for (int i = 0; i < values.length; i++) {
        values[i] = Exhibits.part(part, field, which.get(i));
        if (changes && split.augmentation().moves(field)) {
          split.augmentation().readOver(part, field, which.get(i), which.get(i), values[i]);
        }
      }
      further.add(new Points(part.fields().get(field).shape(), values));
    }
    return further;
  }
}
