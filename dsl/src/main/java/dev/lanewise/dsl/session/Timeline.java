package dev.lanewise.dsl.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What can be taken back, and put back again. */
final class Timeline {
  /** So many statements are remembered; each holds the parameters of the networks it has changed. */
  private static final int MOST = 100;

  /** @param what the statement; @param other how things were before it, or after it if it is taken back */
  private record Step(String what, Moment other) {}

  /** @param what the statement; @param to how things are now */
  record Move(String what, Moment to) {}

  private final Deque<Step> past = new ArrayDeque<>();
  private final Deque<Step> future = new ArrayDeque<>();

  /** Something was done; what had been taken back cannot be put back any more. */
  void done(String what, Moment before) {
    past.push(new Step(what, before));
    future.clear();
    if (past.size() > MOST) {
      past.removeLast();
    }
  }

  Optional<Move> back(Moment now) {
    return move(past, future, now);
  }

  Optional<Move> forth(Moment now) {
    return move(future, past, now);
  }

  private static Optional<Move> move(Deque<Step> from, Deque<Step> to, Moment now) {
    if (from.isEmpty()) {
      return Optional.empty();
    }
    Step step = from.pop();
    to.push(new Step(step.what, now));
    return Optional.of(new Move(step.what, step.other));
  }
}
