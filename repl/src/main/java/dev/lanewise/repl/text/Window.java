package dev.lanewise.repl.text;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What text is laid out for. It is asked again and again, because windows are resized. */
public interface Window {
  /** A file or a pipe: as wide as a usual terminal, and without an end. */
  Window NONE = new Window() {
    @Override
    public int columns() {
      return 80;
    }

    @Override
    public int rows() {
      return 0;
    }
  };

  int columns();

  /**
   * What draws an image when it is written, for terminals that can show true ones. Empty for all others, which then are not kept waiting by
   * what makes the image.
   */
  default Optional<String> image(Supplier<BufferedImage> image) {
    return Optional.empty();
  }

  /**
   * Shows lines, as they are to be sent, page by page to somebody who can turn the pages. False if there is nobody, or nothing to turn them with: then nothing was shown.
   */
  default boolean pages(List<String> lines) {
    return false;
  }

  /** 0 if there is no end below. */
  int rows();

  default boolean isTerminal() {
    return rows() > 0;
  }
}
