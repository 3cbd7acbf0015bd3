package dev.lanewise.repl.text;

import java.util.regex.Pattern;

/** Colours, or none. */
public enum Style {
  PLAIN,
  COLOURED;

  /**
   * Stands for the control character that begins our own colours, until {@link Output} writes them. Half of a character that no text has: what
   * others have written cannot colour.
   */
  static final char ESCAPE = '\udb7f';

  /** Ends it. */
  public static final String END = begin("0");

  /** With what follows the control character, as the first group. */
  static final Pattern CODES = Pattern.compile(ESCAPE + "(\\[[0-9;]*m)");

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

  /** Begins what a terminal is to show in a way that the numbers say. */
  public static String begin(String code) {
    return ESCAPE + "[" + code + "m";
  }

  /** The text alone. */
  static String without(String coloured) {
    return CODES.matcher(coloured).replaceAll("");
  }

  private String paint(String code, String text) {
    return switch (this) {
      case PLAIN -> text;
      case COLOURED -> begin(code) + text + END;
    };
  }
}
