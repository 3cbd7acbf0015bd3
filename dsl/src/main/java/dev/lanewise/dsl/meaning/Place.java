package dev.lanewise.dsl.meaning;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a file is that a script names.
 *
 * @param path as it is counted: from the script's folder
 * @param before as it was counted in the releases before: from the working folder
 */
public record Place(Path path, Path before) {
  /** Whether there is no such file, but one where it was looked for before. */
  public boolean isElsewhere() {
    return !Files.exists(path) && Files.exists(before);
  }

  /** What to do if it is not there; empty if nobody knows. */
  public String remedy() {
    return isElsewhere() ? "a path counts from the script's folder, and there is such a file in the one that you are in: move it, or write the whole path" : "";
  }
}
