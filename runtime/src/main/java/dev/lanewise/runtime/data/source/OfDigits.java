package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Target;
import java.util.List;

/** Pictures that are put together of handwritten digits, in parts. */
public sealed interface OfDigits permits Scenes, Captions {
  /** The parts of an example: its picture first. */
  List<Field> fields();

  /** What is to be learned first. */
  Target target();

  /**
   * Pictures of the training digits, and a fifth as many of those to test on. The same seed, the same pictures.
   *
   * @param digits images of one channel, with original values from 0 to 1
   * @throws IllegalArgumentException if they are no such digits
   */
  DataSplit of(DataSplit digits, long seed);
}
