package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.runtime.plan.Placement;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.plan.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a plan and its profile look like as tables. */
public final class PlanTables {
  /** Stages that take less of the time than this are summed up. */
  private static final double SMALL = 0.004;

  private PlanTables() {}

  /** Stages in the order in which they run, each with its kernel; then the memory. */
  public static Table plan(String net, Plan plan) {
    List<List<String>> rows = new ArrayList<>();
    for (Plan.StageInfo s : plan.stages()) {
      rows.add(List.of(s.name(), s.kernel(), s.output(), count(s.multiplyAdds()), count(s.place())));
    }
    rows.add(List.of("memory of a worker's values", kilobytes(plan.valueFloats()), "", "", ""));
    rows.add(List.of("saved by sharing", kilobytes(plan.unsharedFloats() - plan.valueFloats()), "", "", ""));
    int rest = plan.arenaSize() - plan.valueFloats() + plan.packedSize();
    rows.add(List.of("sums, packed weights", kilobytes(rest), "", "", ""));
    return new Table(
        net + ": the plan of its training, for blocks of 16 examples",
        List.of("stage", "kernel", "output", "multiply-adds", "place"),
        rows);
  }

  /** What each pass of the compiler changed. */
  public static Table passes(String net, Plan plan) {
    List<List<String>> rows = new ArrayList<>();
    for (Plan.Change change : plan.changes()) {
      rows.add(List.of(change.pass(), change.purpose()));
      change.gone().forEach(line -> rows.add(List.of("", "- " + line)));
      change.come().forEach(line -> rows.add(List.of("", "+ " + line)));
      if (change.gone().isEmpty() && change.come().isEmpty()) {
        rows.add(List.of("", "nothing to do"));
      }
    }
    return new Table(net + ": how its training was compiled", List.of("pass", "what it did"), rows);
  }

  /** Which values lie where, and for how long. */
  public static Table memory(String net, Plan plan) {
    List<List<String>> rows = new ArrayList<>();
    for (Placement.Piece p : plan.memory()) {
      rows.add(
          List.of(
              String.join(", ", p.values()),
              String.format(Locale.ROOT, "%,d", p.place()),
              String.format(Locale.ROOT, "%,.1f", p.floats() / 256.0),
              p.from().isEmpty() ? "the beginning" : p.from(),
              p.until().isEmpty() ? "the end" : p.until()));
    }
    String saved = kilobytes(plan.unsharedFloats() - plan.valueFloats());
    return new Table(
        net + ": memory of a worker, " + kilobytes(plan.valueFloats()) + "; sharing saves " + saved,
        List.of("values", "place", "kB", "from", "until"),
        rows);
  }

  /** The kernels of a layer, forward and backward: pseudo-code, and of generated ones the bytecode it became. */
  public static Table kernels(String layer, Plan plan) {
    List<String> lines = new ArrayList<>();
    for (Plan.StageInfo stage : plan.stages()) {
      if (belongs(stage, layer)) {
        List<Plan.Code> codes = plan.code(stage);
        boolean byHand = codes.stream().allMatch(c -> c.bytecode().isEmpty());
        lines.add("# " + stage.name() + ": " + stage.kernel() + (byHand ? ", written by hand" : ""));
        for (Plan.Code code : codes) {
          code.pseudocode().lines().forEach(lines::add);
          if (!code.bytecode().isEmpty()) {
            lines.add("bytecode:");
            code.bytecode().lines().forEach(lines::add);
          }
        }
      }
    }
    return new Table(
        layer + ": its kernels, for blocks of 16 examples", List.of("code"), lines.stream().map(List::of).toList());
  }

  /** Whether a stage computes a layer, alone or fused with others, or uses its parameters, as the gradients do. */
  private static boolean belongs(Plan.StageInfo stage, String layer) {
    return List.of(stage.name().split("\\+")).contains(layer)
        || stage.parameters().stream().anyMatch(p -> p.startsWith(layer + "."));
  }

  /** Where the time goes, and how near each stage is to what the core can do. */
  public static Table profile(String net, Profile profile) {
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
    rows.add(List.of(count + " small stages", "", micros(small), share(small, profile), "", "", "", ""));
    rows.add(
        List.of(
            "reading, packing, adding lanes", "", micros(profile.rest()), share(profile.rest(), profile), "", "", "", ""));
    rows.add(List.of("total", "", micros(profile.micros()), "100.0 %", "", "", "", ""));
    return new Table(
        String.format(
            Locale.ROOT,
            "%s: a block of 16 examples on one thread; %,.0f examples/s; a core: %.0f GFLOP/s, memory %.0f GB/s",
            net, profile.examplesPerSecond(), profile.peak() / 1e9, profile.bandwidth() / 1e9),
        List.of("stage", "kernel", "µs", "share", "GFLOP/s", "of peak", "kB moved", "GB/s"),
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
        count(t.stage().bytes() / 1024),
        String.format(Locale.ROOT, "%.1f", t.stage().bytes() / t.micros() / 1e3));
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
