package dev.lanewise.runtime.train;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When and where a training first began: what tells it from all others, however often it is gone on with.
 *
 * @param process the number of the process that began it
 */
public record Birth(Instant at, long process) {
  public static Birth now() {
    return new Birth(Instant.now().truncatedTo(ChronoUnit.MICROS), ProcessHandle.current().pid());
  }

  /** {@code 2026-03-01T10:15:30.123456Z 4711}. */
  @Override
  public String toString() {
    return at + " " + process;
  }

  /** @throws UnfitException if it is none */
  static Birth of(String text) {
    String[] words = text.split(" ");
    try {
      return new Birth(Instant.parse(words[0]), Long.parseLong(words[1]));
    } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new UnfitException("the file does not say when its training began, but \"" + text + "\"");
    }
  }
}
