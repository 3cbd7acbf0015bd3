package dev.lanewise.repl.play;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Options;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The open pages, each with a session of its own: as many as memory allows. A page that nobody looks at any more makes room, unless it works. */
final class Pages implements AutoCloseable {
  /** What a session may need. */
  private static final long BYTES = 192L << 20;
  private static final int MOST = 32;
  /** After so long without a page a session that does nothing is closed. */
  private static final long FORGOTTEN = TimeUnit.MINUTES.toNanos(30);
  /** After so long it may be, if others need room. */
  private static final long LEFT = TimeUnit.SECONDS.toNanos(30);

  /** So long a page may be away that is loaded again. */
  private static final long RELOAD = TimeUnit.SECONDS.toNanos(2);

  private static final class Entry {
    final Player player;
    int watched;
    long since = System.nanoTime();

    Entry(Player player) {
      this.player = player;
    }
  }

  private final Options options;
  private final Shelf shelf;
  private final String first;
  private final Map<String, Entry> entries = new HashMap<>();
  private final int most = (int) Math.clamp(Runtime.getRuntime().maxMemory() / BYTES, 1, MOST);

  /** @param first the script that a new page opens; empty for none */
  Pages(Options options, Shelf shelf, String first) {
    this.options = options;
    this.shelf = shelf;
    this.first = first;
  }

  Shelf shelf() {
    return shelf;
  }

  /** @param language that the page speaks, if it is new @throws Refusal if there are too many */
  synchronized Player player(String id, Language language) {
    if (!id.matches("[0-9a-f]{16}")) {
      throw Refusal.of("a page is called by 16 hexadecimal digits", "");
    }
    Entry entry = entries.get(id);
    if (entry == null) {
      close(FORGOTTEN);
      if (entries.size() >= most) {
        close(LEFT);
      }
      if (entries.size() >= most) {
        throw new Refusal(503, "there are " + most + " open pages, and no more memory", "close one of them");
      }
      Options own = new Options(options.threads(), options.seed(), options.kernels(), false, language);
      entry = new Entry(new Player(own, first.isEmpty() ? shelf.source("", "") : shelf.open(first), first));
      entries.put(id, entry);
      if (!first.isEmpty()) {
        entry.player.take(entry.player.source(), first);
      }
    }
    return entry.player;
  }

  private void close(long after) {
    long now = System.nanoTime();
    entries.values().removeIf(e -> {
      boolean old = e.watched == 0 && now - e.since > after && !e.player.isWorking();
      if (old) {
        e.player.close();
      }
      return old;
    });
  }

  /** Sessions that work though nobody looks at them any more, and what their scripts are called. */
  synchronized Map<String, String> left() {
    Map<String, String> left = new TreeMap<>();
    entries.forEach((page, entry) -> {
      if (isLeft(entry)) {
        left.put(page, entry.player.name());
      }
    });
    return left;
  }

  /** Stops such a session. */
  synchronized void end(String page) {
    Optional.ofNullable(entries.get(page)).filter(Pages::isLeft).ifPresent(entry -> entry.player.stop());
  }

  private static boolean isLeft(Entry entry) {
    return entry.watched == 0 && System.nanoTime() - entry.since > RELOAD && entry.player.isWorking();
  }

  /** A page looks, or does not any more. */
  synchronized void watched(String id, boolean begins) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.watched += begins ? 1 : -1;
      entry.since = System.nanoTime();
    }
  }

  @Override
  public synchronized void close() {
    entries.values().forEach(e -> e.player.stream().tell("gone", "{\"reason\":\"closed\"}"));
    entries.values().forEach(e -> e.player.close());
    entries.clear();
  }
}
