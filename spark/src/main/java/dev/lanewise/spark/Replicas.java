package dev.lanewise.spark;

import dev.lanewise.dsl.replica.Replica;
import dev.lanewise.dsl.spread.Errand;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.TaskContext;

/** In an executor: what it has read already for the statements that it works for, so that each task need not read it again. */
final class Replicas {
  private static final int KEPT = 2;
  private static final Map<Errand, Replica> ALL = new LinkedHashMap<>(4, 0.75f, true);

  private Replicas() {}

  static byte[] answer(Errand errand, byte[] shared, byte[] task) {
    return of(errand).answer(shared, task);
  }

  private static Replica of(Errand errand) {
    synchronized (ALL) {
      Replica replica = ALL.computeIfAbsent(errand, e -> new Replica(e, Math.max(1, TaskContext.get().cpus())));
      if (ALL.size() > KEPT) {
        ALL.remove(ALL.keySet().iterator().next());
      }
      return replica;
    }
  }
}
