package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** Texts that have been read. @param notes what is told of how they were taken */
record OpenedTexts(DataSplit load, List<String> notes) implements OpenedData {
  @Override
  public Shape shape() {
    return load.train().shape();
  }

  @Override
  public Target target() {
    return load.train().target();
  }

  @Override
  public List<Field> fields() {
    return load.train().fields();
  }

  @Override
  public boolean hasTest() {
    return load.test() != null;
  }
}
