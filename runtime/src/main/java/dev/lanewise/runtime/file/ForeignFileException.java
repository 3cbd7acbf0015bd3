package dev.lanewise.runtime.file;

import java.io.IOException;

/** A file holds something else than is read here, see {@link Foreign}; the message says what. */
public final class ForeignFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final String remedy;

  ForeignFileException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** What to do with it; empty if there is nothing. */
  public String remedy() {
    return remedy;
  }
}
