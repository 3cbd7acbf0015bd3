package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.DataSplit;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** All that is looked at. Data that comes with Lanewise, or is made, is what it is: of that only settings are looked at. */
public final class Looks {
  private static final Look NORMALIZATION = new UnfitNormalization();
  /** Of whose doubts all can be cured. */
  private static final List<Look> CURABLE = List.of(new UselessColumns(), NORMALIZATION);
  private static final List<Look> BOTH = List.of(new Magnitudes(), new ClassCounts(), (data, split) -> RepeatedExamples.of(data, split).stream().toList());
  /** All of whose doubts ask for thought. */
  private static final List<Look> THOUGHTFUL = List.of((data, split) -> TellingColumn.of(data, split).stream().toList(), new BlankImages());

  private Looks() {}

  /** Of a table, which a script's check has read: what is wrong with it, and how one writes that it is not. The rest is told when a script runs. */
  public static List<Doubt> whenChecked(CheckedData data) {
    if (!isTable(data)) {
      return List.of();
    }
    try {
      return told(Stream.of(CURABLE, BOTH), data, ((Origin.Files) data.origin()).data().load()).filter(Doubt::isCurable).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** What was not told before. */
  public static List<Doubt> whenRead(CheckedData data, DataSplit split) {
    if (isTable(data)) {
      return told(Stream.of(BOTH, THOUGHTFUL), data, split).filter(d -> !d.isCurable()).toList();
    }
    boolean files = data.origin() instanceof Origin.Files;
    return told(files ? Stream.of(CURABLE, BOTH, THOUGHTFUL) : Stream.of(List.of(NORMALIZATION)), data, split).toList();
  }

  private static boolean isTable(CheckedData data) {
    return data.origin() instanceof Origin.Files(String _, var files) && files.table().isPresent();
  }

  /** What a script does not allow. */
  private static Stream<Doubt> told(Stream<List<Look>> looks, CheckedData data, DataSplit split) {
    return looks.flatMap(List::stream).flatMap(l -> l.of(data, split).stream()).filter(d -> !data.allows(d.concern()));
  }

  /** Whether something is told when the data is read. */
  public static boolean tells(CheckedData data, Concern concern) {
    return data.origin() instanceof Origin.Files && !data.allows(concern);
  }
}
