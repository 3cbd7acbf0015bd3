package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.runtime.data.DataSplit;
import java.util.List;

/** Looks at examples as they are read, before they are normalised. */
interface Look {
  List<Doubt> of(CheckedData data, DataSplit split);
}
