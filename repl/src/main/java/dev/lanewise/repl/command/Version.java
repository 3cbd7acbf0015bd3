package dev.lanewise.repl.command;

import dev.lanewise.repl.conversation.Info;
import dev.lanewise.runtime.kernel.Lanes;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: everything that a report of a fault or of a time must mention. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "Lanewise " + Info.version(),
      "JDK      " + System.getProperty("java.vm.version") + " (" + System.getProperty("java.vendor") + ")",
      "vectors  " + Lanes.bits() + " bits",
      "threads  " + Runtime.getRuntime().availableProcessors()
    };
  }
}
