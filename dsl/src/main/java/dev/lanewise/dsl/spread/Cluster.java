package dev.lanewise.dsl.spread;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Other processes, here or on other machines. A module that knows such is found by its service.
 *
 * <pre>{@code
 * try (Crew crew = Cluster.named("spark").orElseThrow().crew("local[2]")) {
 *   crew.run(errand, shared, tasks, (task, answer) -> …, () -> false);
 * }
 * }</pre>
 */
public interface Cluster {
  /** What the setting {@code on} calls it. */
  String word();

  /** Why that is no address of such processes; empty if it is one. */
  Optional<String> strange(String address);

  /**
   * Those at an address.
   *
   * @throws LostException if nobody is there
   */
  Crew crew(String address);

  /** All that there are. */
  static List<Cluster> all() {
    return ServiceLoader.load(Cluster.class).stream().map(ServiceLoader.Provider::get).collect(Collectors.toList());
  }

  /** The one of that name. */
  static Optional<Cluster> named(String word) {
    return all().stream().filter(c -> c.word().equals(word)).findFirst();
  }
}
