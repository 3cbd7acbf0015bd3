package dev.lanewise.runtime.file;

import java.io.IOException;
import java.nio.file.Path;

/** Another process has a file that only one may have. */
public final class ClaimedException extends IOException {
  private static final long serialVersionUID = 1;

  /** @param by who has it, in a few words */
  ClaimedException(Path path, String by) {
    super(path + " is in use by " + by);
  }
}
