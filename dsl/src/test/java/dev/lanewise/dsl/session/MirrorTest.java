package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.fetch.Downloads;
import dev.lanewise.runtime.fetch.RemoteFile;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A script that fetches its data from a server on this machine, which breaks off and lies: only the authors' own bytes have the
 * right SHA-256, and the samples hold the same images packed by another gzip. So fetching succeeds here with the sums of these.
 */
class MirrorTest {
  private static final Path FILES = Path.of("../samples/mnist");
  private static final String LARGEST = "train-images-idx3-ubyte.gz";
  private static final List<String> NAMES = List.of(
      LARGEST, "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz");

  @TempDir Path folder;
  private final List<SessionEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private ServerSocket socket;
  /** How often the largest file's connection still breaks off after a third. */
  private volatile int breaks;
  /** What is served in place of the largest file; null for the file. */
  private volatile byte[] lie;

  private URI serve() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          answer(connection);
        } catch (IOException e) {
          // The client has gone, or the test has ended.
        }
      }
    });
    return URI.create("http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort() + "/");
  }

  private void answer(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    String name = in.readLine().split(" ")[1].substring(1);
    int from = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String lower = line.toLowerCase(Locale.ROOT);
      from = lower.startsWith("range: bytes=") ? Integer.parseInt(lower.replaceAll("[^0-9]", "")) : from;
    }
    asked.add(name + " " + from);
    byte[] all = lie != null ? lie : Files.readAllBytes(FILES.resolve(name));
    String head = from == 0
        ? "HTTP/1.1 200 OK\r\n"
        : "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + from + "-" + (all.length - 1) + "/" + all.length
            + "\r\n";
    OutputStream out = connection.getOutputStream();
    out.write((head + "Content-Length: " + (all.length - from) + "\r\nConnection: close\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII));
    boolean breaksOff = name.equals(LARGEST) && breaks > 0;
    breaks -= breaksOff ? 1 : 0;
    out.write(all, from, breaksOff ? (all.length - from) / 3 : all.length - from);
  }

  private Outcome run(URI mirror) {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      return session.run(new Source(folder.resolve("x.net").toString(),
          "data d = mnist(download = \"" + folder.resolve("digits") + "\", mirror = \"" + mirror
              + "\") { limit = 10 }\n"));
    }
  }

  private List<SessionEvent.Fetching> fetching() {
    return events.stream().filter(SessionEvent.Fetching.class::isInstance).map(SessionEvent.Fetching.class::cast)
        .toList();
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
  }

  /** The right number of bytes, in three pieces, but not the right ones. */
  @Test
  void anotherFileIsGoneOnWithToItsEndAndThenRefused() throws IOException {
    URI mirror = serve();
    breaks = 2;
    int size = (int) Downloads.MNIST.files().getFirst().size();
    lie = new byte[size];
    assertThat(run(mirror)).isEqualTo(Outcome.MISTAKE);
    int third = size / 3;
    assertThat(asked).containsExactly(
        LARGEST + " 0", LARGEST + " " + third, LARGEST + " " + (third + (size - third) / 3));
    assertThat(fetching()).allSatisfy(f -> {
      assertThat(f.file()).isEqualTo(LARGEST);
      assertThat(f.from()).isEqualTo(mirror);
      assertThat(f.into()).isEqualTo(folder.resolve("digits"));
      assertThat(f.size()).isEqualTo(size);
    });
    assertThat(fetching().stream().map(SessionEvent.Fetching::done)).isSorted().contains(0L, (long) third, (long) size);
    assertThat(Diagnosed.in(events)).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L030);
      assertThat(d.message()).startsWith("the data cannot be fetched: " + mirror + LARGEST + ": the SHA-256 is ")
          .endsWith("name a mirror that has the right one");
    });
    assertThat(folder.resolve("digits")).isEmptyDirectory();
  }

  @Test
  void aServerWithAFileOfAnotherSizeIsRefusedAtOnce() throws IOException {
    URI mirror = serve();
    assertThat(run(mirror)).isEqualTo(Outcome.MISTAKE);
    assertThat(asked).containsExactly(LARGEST + " 0");
    assertThat(Diagnosed.in(events)).singleElement().satisfies(d -> assertThat(d.message())
        .isEqualTo("the data cannot be fetched: " + mirror + LARGEST + ": the server has "
            + Files.size(FILES.resolve(LARGEST)) + " bytes, expected 9912422"));
  }

  @Test
  void whatHasBeenFetchedIsReadAndNotFetchedAgain() throws Exception {
    URI mirror = serve();
    breaks = 2;
    List<RemoteFile> files = new ArrayList<>();
    for (String name : NAMES) {
      byte[] bytes = Files.readAllBytes(FILES.resolve(name));
      String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      files.add(new RemoteFile(name, bytes.length, sum));
    }
    Downloads here = new Downloads(files, Optional.empty(), List.of());
    assertThat(here.fetch(folder.resolve("digits"), mirror, Duration.ofMinutes(10), (_, _) -> { }, () -> false)).isTrue();
    assertThat(asked.stream().map(a -> a.split(" ")[0]).distinct()).containsExactlyElementsOf(NAMES);
    assertThat(asked).hasSize(NAMES.size() + 2);
    assertThat(run(mirror)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(asked).hasSize(NAMES.size() + 2);
    assertThat(fetching()).isEmpty();
  }
}
