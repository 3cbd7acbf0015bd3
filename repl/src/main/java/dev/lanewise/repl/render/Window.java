package dev.lanewise.repl.render;

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

  /** 0 if there is no end below. */
  int rows();

  default boolean isTerminal() {
    return rows() > 0;
  }
}
