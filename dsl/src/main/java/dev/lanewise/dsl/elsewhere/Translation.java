package dev.lanewise.dsl.elsewhere;

import java.util.List;

/**
 * A call of another library, as it is written here.
 *
 * @param library as its users call it
 * @param name of the call there
 * @param here what it is called here; empty if nothing is needed
 * @param text the same with its arguments; several steps have arrows between them
 * @param lost arguments that there is nothing for
 * @param differing what is another number where nobody gives it
 * @param sure whether it is what the call does there
 */
public record Translation(String library, String name, String here, String text, List<String> lost, List<Differing> differing, boolean sure) {
  /** An argument that nobody gives. */
  public record Differing(String name, String there, String here) {}

  public Translation {
    lost = List.copyOf(lost);
    differing = List.copyOf(differing);
  }

  /** The same as one of several things that could be meant. */
  Translation perhaps() {
    return new Translation(library, name, here, text, lost, differing, false);
  }
}
