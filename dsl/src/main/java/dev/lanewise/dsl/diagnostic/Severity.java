package dev.lanewise.dsl.diagnostic;

/** Whether a script can run in spite of a diagnostic. */
public enum Severity {
  ERROR,
  WARNING;

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
