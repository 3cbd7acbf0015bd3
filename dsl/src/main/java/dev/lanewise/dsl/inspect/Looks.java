package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.DataSplit;
import java.util.List;
import java.util.stream.Stream;

/** All that is looked at. Data that comes with Lanewise, or is made, is what it is: of that only settings are looked at. */
public final class Looks {
  private static final List<Look> OF_FILES = List.of(
      new UselessColumns(), (data, split) -> TellingColumn.of(data, split).map(List::of).orElse(List.of()), new ClassCounts(),
      (data, split) -> RepeatedExamples.of(data, split).map(List::of).orElse(List.of()), new BlankImages());

  private Looks() {}

  /** What a script does not allow. */
  public static List<Doubt> of(CheckedData data, DataSplit split) {
    boolean files = data.origin() instanceof CheckedData.Origin.Files;
    Stream<Look> all = Stream.concat(files ? OF_FILES.stream() : Stream.of(), Stream.of(new UnfitNormalization()));
    return all.flatMap(l -> l.of(data, split).stream()).filter(d -> !data.allows(d.concern())).toList();
  }

  /** Whether something is told when the data is read. */
  public static boolean tells(CheckedData data, Concern concern) {
    return data.origin() instanceof CheckedData.Origin.Files && !data.allows(concern);
  }
}
