package dev.lanewise.repl.conversation;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.text.Columns;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.List;
import java.util.Locale;

/** What times, and reports of faults, depend on. */
public final class Info {
  private static final double MEGABYTE = 1 << 20;

  private Info() {}

  static List<String> lines(Options options, Voice voice) {
    Runtime java = Runtime.getRuntime();
    long used = java.totalMemory() - java.freeMemory();
    return Columns.lines(
        voice.say(new Table("", List.of(), List.of(
            List.of("version", "Lanewise " + version()),
            List.of("JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")),
            List.of("system", System.getProperty("os.name") + " " + System.getProperty("os.arch")),
            List.of("vectors", Lanes.bits() + " bits, " + Lanes.bits() / 32 + " numbers at a time"),
            List.of("kernels", options.kernels() == KernelSet.VECTOR ? "vector" : "scalar: the slow reference"),
            List.of("threads", options.threads() + " of " + java.availableProcessors() + " processors"),
            List.of("memory", megabytes(used) + " used, at most " + megabytes(java.maxMemory()))))),
        voice.window(), voice.style());
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.0f MB", bytes / MEGABYTE);
  }

  /** As the build wrote it into the jar; classes outside of it do not know. */
  public static String version() {
    String built = Info.class.getPackage().getImplementationVersion();
    return built == null ? "(not packaged)" : built;
  }
}
