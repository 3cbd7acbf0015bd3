package dev.lanewise.repl.render;

/** Colours, or none. */
public enum Style {
  PLAIN,
  COLOURED;

  public String good(String text) {
    return paint("32", text);
  }

  public String bad(String text) {
    return paint("31", text);
  }

  public String warning(String text) {
    return paint("33", text);
  }

  public String strong(String text) {
    return paint("1", text);
  }

  public String faint(String text) {
    return paint("2", text);
  }

  /** One of several things that are to be told apart. */
  public String series(int index, String text) {
    return paint(new String[] {"36", "33", "35", "32", "34", "31"}[index % 6], text);
  }

  private String paint(String code, String text) {
    return switch (this) {
      case PLAIN -> text;
      case COLOURED -> "\u001b[" + code + "m" + text + "\u001b[0m";
    };
  }
}
