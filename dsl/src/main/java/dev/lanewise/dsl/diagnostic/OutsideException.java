package dev.lanewise.dsl.diagnostic;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** A script names a file where it may name none. */
public final class OutsideException extends InvalidPathException {
  private static final long serialVersionUID = 1;

  /** @param folders that it may name files in */
  public OutsideException(String name, List<Path> folders) {
    super(name.isEmpty() ? "." : name, "this script may use files below `" + folders.getFirst() + "` only");
  }

  /** Why a name cannot be taken. */
  public static String said(InvalidPathException e) {
    return e instanceof OutsideException ? e.getReason() : "this is no file name: " + e.getReason();
  }
}
