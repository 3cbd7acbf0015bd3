package dev.lanewise.benchmarks;

/**
 * What {@code java -jar benchmarks.jar} starts. It is compiled for Java 8, so that an old Java can say that it is one: JMH would run
 * every benchmark in vain, and print an empty table.
 */
public final class Start {
  private static final int MINIMUM = 25;

  private Start() {}

  public static void main(String[] arguments) throws Exception {
    String version = System.getProperty("java.specification.version");
    if (version.startsWith("1.") || Integer.parseInt(version) < MINIMUM) {
      System.err.println("benchmarks: needs Java " + MINIMUM + " or newer, and this is Java " + version
          + ". `lanewise bench` finds one that is.");
      System.exit(2);
    }
    org.openjdk.jmh.Main.main(arguments);
  }
}
