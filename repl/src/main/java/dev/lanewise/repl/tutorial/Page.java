package dev.lanewise.repl.tutorial;

/**
 * What a step says in one language.
 *
 * @param text what is to be understood
 * @param task what is to be typed
 * @param done what is said after the right answer
 */
record Page(String title, String text, String task, String done) {
  /** {@code # title}, the text, {@code » task}, {@code ✓ what is said at the end}. */
  static Page of(String written) {
    String[] head = written.strip().split("\\R", 2);
    String[] task = head[1].split("(?m)^» ", 2);
    String[] done = task[1].split("(?m)^✓ ", 2);
    return new Page(head[0].substring(2), task[0].strip(), done[0].strip(), done[1].strip());
  }
}
