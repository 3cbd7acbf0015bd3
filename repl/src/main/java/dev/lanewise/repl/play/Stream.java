package dev.lanewise.repl.play;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Events on their way to a page. Each has a number; who comes back says the last that it has seen, and goes on there. Of events that replace each other only the latest is kept, so a page that is slow misses
 * pictures, and no news.
 */
final class Stream {
  /** Of older ones nobody will ask. */
  private static final int MOST = 2000;
  private static final Set<String> REPLACED = Set.of("state", "net", "acts", "tested", "diagnosed");

  /** @param data JSON */
  record Event(long id, String kind, String data) {}

  private final Deque<Event> events = new ArrayDeque<>();
  private long last;
  private boolean closed;

  synchronized void tell(String kind, String data) {
    if (REPLACED.contains(kind)) {
      events.removeIf(e -> e.kind().equals(kind));
    }
    events.addLast(new Event(++last, kind, data));
    if (events.size() > MOST) {
      events.removeFirst();
    }
    notifyAll();
  }

  /** The number of the last one. */
  synchronized long last() {
    return last;
  }

  /** Whether all that came after a number is still there, or has been replaced. */
  synchronized boolean reaches(long id) {
    return id > 0 && id <= last && (events.isEmpty() || events.size() < MOST || events.getFirst().id() <= id + 1);
  }

  /** Those that came after a number; waits until there are some. Nothing if none came in that time. */
  synchronized List<Event> after(long id, long milliseconds) throws InterruptedException {
    long end = System.nanoTime() + milliseconds * 1_000_000;
    while (last <= id && !closed) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return List.of();
      }
      wait(left);
    }
    List<Event> found = new ArrayList<>();
    events.stream().filter(e -> e.id() > id).forEach(found::add);
    return found;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }
}
