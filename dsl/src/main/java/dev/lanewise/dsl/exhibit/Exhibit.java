package dev.lanewise.dsl.exhibit;

/** What is to be looked at, as data: a terminal prints it, a file draws it, a program reads it. */
public sealed interface Exhibit permits Table, Figure, Gallery, Boundary, Spectrum, Walked {
  /** May be empty. */
  String title();
}
