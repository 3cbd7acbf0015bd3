package dev.lanewise.dsl.doctor;

/**
 * Something that was found.
 *
 * @param shows a sentence with the figures that show it
 * @param where it is in the script
 * @param change to try
 * @param isKnown whether a warning has said so before the training
 */
public record Finding(Cause cause, String shows, Where where, String change, boolean isKnown) {
  /** Of what nobody has been warned of. */
  public Finding(Cause cause, String shows, Where where, String change) {
    this(cause, shows, where, change, false);
  }
}
