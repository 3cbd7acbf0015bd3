package dev.lanewise.spark;

import dev.lanewise.dsl.spread.Cluster;
import dev.lanewise.dsl.spread.Crew;
import dev.lanewise.dsl.spread.LostException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code spark("local[2]")}, {@code spark("spark://host:7077")}. */
public final class SparkCluster implements Cluster {
  private static final Pattern LOCAL = Pattern.compile("local(\\[(\\d+|\\*)(, *\\d+)?])?");
  private static final Pattern MASTERS = Pattern.compile("spark://[^:,/\\s]+:\\d{1,5}(,[^:,/\\s]+:\\d{1,5})*");
  private static final Pattern MASTER = Pattern.compile("([^:,/]+):(\\d{1,5})");
  /** How long a machine may take to answer. */
  private static final int PATIENCE = 5_000;

  @Override
  public String word() {
    return "spark";
  }

  @Override
  public Optional<String> strange(String address) {
    return LOCAL.matcher(address).matches() || MASTERS.matcher(address).matches()
        ? Optional.empty()
        : Optional.of("`" + address + "` is no address of Spark: `local[2]` are two threads here, `spark://host:7077` is a cluster's master");
  }

  @Override
  public Crew crew(String address) {
    if (MASTERS.matcher(address).matches()) {
      knock(address);
    }
    return new SparkCrew(master(address));
  }

  /** Threads here try again what fails, as a cluster does. */
  static String master(String address) {
    Matcher local = LOCAL.matcher(address);
    if (!local.matches() || local.group(3) != null) {
      return address;
    }
    return "local[" + (local.group(2) == null ? "1" : local.group(2)) + "," + SparkCrew.TRIES + "]";
  }

  /** Spark itself would try for a minute. */
  private static void knock(String address) {
    Matcher masters = MASTER.matcher(address.substring("spark://".length()));
    String why = "";
    while (masters.find()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(masters.group(1), Integer.parseInt(masters.group(2))), PATIENCE);
        return;
      } catch (IOException | IllegalArgumentException e) {
        why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      }
    }
    throw new LostException(
        "no master of Spark answers at " + address + ": " + why, "start one with `sbin/start-master.sh` and `sbin/start-worker.sh`, or write on = spark(\"local[2]\")");
  }
}
