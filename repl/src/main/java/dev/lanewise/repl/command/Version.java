package dev.lanewise.repl.command;

import dev.lanewise.runtime.kernel.Lanes;
import java.lang.module.ModuleDescriptor;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: everything that a report of a fault or of a time must mention. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "Lanewise " + lanewise(),
      "JDK      " + System.getProperty("java.vm.version") + " (" + System.getProperty("java.vendor") + ")",
      "vectors  " + Lanes.bits() + " bits",
      "threads  " + Runtime.getRuntime().availableProcessors()
    };
  }

  /** As the build wrote it into the module; classes outside a module do not know. */
  static String lanewise() {
    ModuleDescriptor module = Version.class.getModule().getDescriptor();
    return module == null ? "(not packaged)" : module.rawVersion().orElse("(unknown)");
  }
}
