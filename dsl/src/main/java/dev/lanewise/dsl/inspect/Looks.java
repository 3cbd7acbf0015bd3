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
  private static final List<Look> OF_FILES = List.of(
      new Magnitudes(), new UselessColumns(), (data, split) -> TellingColumn.of(data, split).stream().toList(), new ClassCounts(),
      (data, split) -> RepeatedExamples.of(data, split).stream().toList(), new BlankImages());

  private Looks() {}

  /** Of a table, which a script's check has read: what is wrong with it, and how one writes that it is not. The rest is told when a script runs. */
  public static List<Doubt> whenChecked(CheckedData data) {
    if (!isTable(data)) {
      return List.of();
    }
    try {
      return all(data, ((Origin.Files) data.origin()).data().load()).filter(Doubt::isCurable).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** What was not told before. */
  public static List<Doubt> whenRead(CheckedData data, DataSplit split) {
    return all(data, split).filter(d -> !isTable(data) || !d.isCurable()).toList();
  }

  private static boolean isTable(CheckedData data) {
    return data.origin() instanceof Origin.Files(String _, var files) && files.table().isPresent();
  }

  /** What a script does not allow. */
  private static Stream<Doubt> all(CheckedData data, DataSplit split) {
    boolean files = data.origin() instanceof Origin.Files;
    Stream<Look> all = Stream.concat(files ? OF_FILES.stream() : Stream.of(), Stream.of(new UnfitNormalization()));
    return all.flatMap(l -> l.of(data, split).stream()).filter(d -> !data.allows(d.concern()));
  }

  /** Whether something is told when the data is read. */
  public static boolean tells(CheckedData data, Concern concern) {
    return data.origin() instanceof Origin.Files && !data.allows(concern);
  }
}
