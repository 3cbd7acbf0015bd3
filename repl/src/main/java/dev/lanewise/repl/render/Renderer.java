package dev.lanewise.repl.render;

import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionListener;

/** Shows what a session tells. */
public interface Renderer extends SessionListener {
  /** Something went wrong before there was a script to point into: a file that cannot be read, say. */
  void problem(String message);

  /** Takes away what is drawn over and over, so that others can write. */
  default void clear() {}

  /** From any thread: the window has another size now. */
  default void resized() {}

  /** The run is over; nothing follows. */
  void finish(Outcome outcome);
}
