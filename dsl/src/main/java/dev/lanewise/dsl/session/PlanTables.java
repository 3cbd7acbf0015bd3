package dev.lanewise.dsl.session;

import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.plan.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a plan and its profile look like as tables. */
final class PlanTables {
  /** Stages that take less of the time than this are summed up. */
  private static final double SMALL = 0.004;

  private PlanTables() {}

  /** Stages in the order in which they run, each with its kernel; then the memory. */
  static Table plan(String net, Plan plan) {
    List<List<String>> rows = new ArrayList<>();
    for (Plan.StageInfo s : plan.stages()) {
      rows.add(List.of(s.name(), s.kernel(), s.output(), count(s.multiplyAdds()), count(s.place())));
    }
    rows.add(List.of("memory of a worker's values", kilobytes(plan.valueFloats()), "", "", ""));
    rows.add(List.of("saved by sharing", kilobytes(plan.unsharedFloats() - plan.valueFloats()), "", "", ""));
    rows.add(List.of("sums, packed weights", kilobytes(plan.arenaSize() - plan.valueFloats() + plan.packedSize()), "", "", ""));
    return new Table(
        net + ": the plan of its training, for blocks of 16 examples",
        List.of("stage", "kernel", "output", "multiply-adds", "place"),
        rows);
  }

  /** The generated kernels of a layer, forward and backward, as pseudo-code. */
  static Table kernels(String layer, Plan plan) {
    List<List<String>> rows = new ArrayList<>();
    plan.programs().forEach((stage, programs) -> {
      if (belongs(stage, layer)) {
        rows.add(List.of("# " + stage + (programs.isEmpty() ? ": written by hand" : "")));
        programs.forEach(p -> p.lines().forEach(line -> rows.add(List.of(line))));
      }
    });
    return new Table(layer + ": the kernels generated for it", List.of("pseudo-code, over 16 examples at once"), rows);
  }

  /** Whether a stage computes a layer, alone or fused with others, or one of its parameters' gradients. */
  private static boolean belongs(String stage, String layer) {
    return List.of(stage.split("\\+")).contains(layer) || stage.startsWith("d" + layer + ".");
  }

  /** Where the time goes, and how near each stage is to what the core can do. */
  static Table profile(String net, Profile profile) {
    List<List<String>> rows = new ArrayList<>();
    double small = 0;
    int count = 0;
    for (Profile.Timed t : profile.stages()) {
      if (t.micros() < SMALL * profile.micros()) {
        small += t.micros();
        count++;
      } else {
        rows.add(row(t, profile));
      }
    }
    rows.add(List.of(count + " small stages", "", micros(small), share(small, profile), "", "", ""));
    rows.add(List.of("packing, adding lanes", "", micros(profile.rest()), share(profile.rest(), profile), "", "", ""));
    rows.add(List.of("total", "", micros(profile.micros()), "100.0 %", "", "", ""));
    return new Table(
        String.format(
            Locale.ROOT,
            "%s: a block of 16 examples on one thread; %,.0f examples/s; FMA peak of a core %.0f GFLOP/s",
            net, profile.examplesPerSecond(), profile.peak() / 1e9),
        List.of("stage", "kernel", "µs", "share", "GFLOP/s", "of peak", "kB moved"),
        rows);
  }

  private static List<String> row(Profile.Timed t, Profile profile) {
    boolean multiplies = t.flops() > 0;
    return List.of(
        t.stage().name(),
        t.stage().kernel(),
        micros(t.micros()),
        share(t.micros(), profile),
        multiplies ? String.format(Locale.ROOT, "%.1f", t.flops() / 1e9) : "",
        multiplies ? String.format(Locale.ROOT, "%.0f %%", 100 * t.flops() / profile.peak()) : "",
        count(t.stage().bytes() / 1024));
  }

  private static String micros(double micros) {
    return String.format(Locale.ROOT, "%.1f", micros);
  }

  private static String share(double micros, Profile profile) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * micros / profile.micros());
  }

  private static String count(long count) {
    return count == 0 ? "" : String.format(Locale.ROOT, "%,d", count);
  }

  private static String kilobytes(int floats) {
    return String.format(Locale.ROOT, "%,d kB", floats / 256);
  }
}
