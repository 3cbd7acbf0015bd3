package dev.lanewise.dsl.diagnostic;

import dev.lanewise.runtime.file.ClaimedException;
import dev.lanewise.runtime.file.FileForm;
import dev.lanewise.runtime.file.ForeignFileException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in a sentence; Java's messages are often the bare file name. */
public final class Reasons {
  private Reasons() {}

  public static String of(Exception e) {
    return switch (e) {
      case NoSuchFileException f when f.getReason() == null -> "there is no " + f.getFile();
      case AccessDeniedException f -> f.getFile() + " may not be opened";
      case FileSystemException f when f.getReason() == null -> f.getFile() + " is not such a file";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  /** A hint where to look, if something is not there; empty if it is, and the mistake is in it. */
  public static String whereMissing(Exception e, String hint) {
    return e instanceof NoSuchFileException ? hint : "";
  }

  /** What can be done about it; empty where the reason says all. */
  public static String remedy(Exception e) {
    return switch (e) {
      case ForeignFileException f -> f.remedy();
      case FileForm.OtherFileException _ -> "choose another name, or delete that file first";
      case ClaimedException _ -> "wait until it ends, or name another file in `resume`";
      default -> "";
    };
  }
}
