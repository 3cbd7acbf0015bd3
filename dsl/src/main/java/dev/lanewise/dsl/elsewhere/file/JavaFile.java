package dev.lanewise.dsl.elsewhere.file;

import java.util.Optional;
import java.util.regex.Pattern;

/** A program in Java, as for Deeplearning4j. */
final class JavaFile implements OtherFile.Reader {
  private static final Pattern SIGNS = Pattern.compile("(?m)^\\s*(?:package [\\w.]+;|import (?:static )?[\\w.]+(?:\\.\\*)?;|(?:public |final |abstract )+class \\w+)");

  @Override
  public Optional<OtherFile> read(String text) {
    return SIGNS.matcher(text).find() ? Optional.of(new OtherFile(text.contains("deeplearning4j") ? "a Java program (Deeplearning4j)" : "a Java program", Optional.empty())) : Optional.empty();
  }
}
