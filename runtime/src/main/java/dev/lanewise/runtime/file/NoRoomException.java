package dev.lanewise.runtime.file;

import java.io.IOException;

/** Neither memory nor the disk beside it holds what is to be read. */
public final class NoRoomException extends IOException {
  private static final long serialVersionUID = 1;

  NoRoomException(String message, IOException cause) {
    super(message, cause);
  }
}
