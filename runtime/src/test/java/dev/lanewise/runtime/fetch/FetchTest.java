package dev.lanewise.runtime.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.source.MedMnist;
import dev.lanewise.runtime.fetch.Loopback.Manner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FetchTest {
  private static final byte[] CONTENT = content();
  private static final RemoteFile FILE = file("data.bin", CONTENT);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path folder;
  private final List<Long> told = new ArrayList<>();

  private static byte[] content() {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static RemoteFile file(String name, byte[] bytes) {
    try {
      return new RemoteFile(name, bytes.length, HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private boolean fetch(Loopback server, Duration patience) throws IOException {
    try (Fetch fetch = new Fetch(server.uri(), patience, (_, done) -> told.add(done), () -> false)) {
      return fetch.into(folder, FILE);
    }
  }

  private void assertFetched() throws IOException {
    assertThat(Files.readAllBytes(folder.resolve("data.bin"))).isEqualTo(CONTENT);
    assertThat(folder.resolve("data.bin.part")).doesNotExist();
  }

  @Test
  void aFileIsFetchedAndItsProgressTold() throws IOException {
    try (Loopback server = new Loopback(CONTENT)) {
      assertThat(fetch(server, LONG)).isTrue();
      assertFetched();
      assertThat(server.ranges()).containsExactly("all");
      assertThat(told).startsWith(0L).endsWith((long) CONTENT.length).isSorted().hasSizeLessThan(110);
    }
  }

  @Test
  void whatIsThereIsNotFetched() throws IOException {
    Files.writeString(folder.resolve("data.bin"), "mine");
    try (Loopback server = new Loopback(CONTENT)) {
      assertThat(fetch(server, LONG)).isTrue();
      assertThat(server.ranges()).isEmpty();
    }
    assertThat(Files.readString(folder.resolve("data.bin"))).isEqualTo("mine");
  }

  @Test
  void aConnectionThatBreaksOffIsGoneOnWith() throws IOException {
    try (Loopback server = new Loopback(CONTENT, Manner.BREAKS_OFF, Manner.HANGS_UP, Manner.BREAKS_OFF)) {
      assertThat(fetch(server, LONG)).isTrue();
      assertFetched();
      assertThat(server.ranges()).containsExactly("all", "100000-", "100000-", "166666-");
    }
  }

  @Test
  void aPartOfAnEarlierCallIsGoneOnWith() throws IOException {
    Files.write(folder.resolve("data.bin.part"), Arrays.copyOf(CONTENT, 1_000));
    try (Loopback server = new Loopback(CONTENT)) {
      assertThat(fetch(server, LONG)).isTrue();
      assertFetched();
      assertThat(server.ranges()).containsExactly("1000-");
      assertThat(told).startsWith(1_000L);
    }
  }

  @Test
  void aServerThatKnowsNoRangesSendsAll() throws IOException {
    Files.write(folder.resolve("data.bin.part"), Arrays.copyOf(CONTENT, 1_000));
    try (Loopback server = new Loopback(CONTENT, Manner.WHOLE)) {
      assertThat(fetch(server, LONG)).isTrue();
      assertFetched();
    }
  }

  @Test
  void aPartOfAnotherFileIsFetchedAnew() throws IOException {
    for (int length : new int[] {5_000, CONTENT.length, CONTENT.length + 7}) {
      Files.deleteIfExists(folder.resolve("data.bin"));
      Files.write(folder.resolve("data.bin.part"), new byte[length]);
      try (Loopback server = new Loopback(CONTENT)) {
        assertThat(fetch(server, LONG)).isTrue();
        assertFetched();
        assertThat(server.ranges()).endsWith("all");
      }
    }
  }

  @Test
  void aServerThatFallsSilentIsLeftAndThePartKept() throws IOException {
    try (Loopback server = new Loopback(CONTENT, Manner.STALLS, Manner.SILENT, Manner.SILENT, Manner.SILENT)) {
      assertThatThrownBy(() -> fetch(server, SHORT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("data.bin: ")
          .hasMessageContaining("; 10 of 300000 bytes are there: run it again to go on from them");
      assertThat(folder.resolve("data.bin")).doesNotExist();
      assertThat(folder.resolve("data.bin.part")).hasBinaryContent(Arrays.copyOf(CONTENT, 10));
      assertThat(fetch(server, LONG)).isTrue();
      assertFetched();
      assertThat(server.ranges().getLast()).isEqualTo("10-");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PROMISES_LESS", "SENDS_MORE", "NOT_FOUND", "WRONG_BYTES"})
  void aServerThatLiesIsRefused(Manner manner) throws IOException {
    String message = switch (manner) {
      case PROMISES_LESS -> "the server has 299999 bytes, expected 300000";
      case SENDS_MORE -> "the server sends more than the 300000 bytes that are expected";
      case NOT_FOUND -> "the server answers with status 404";
      default -> "the SHA-256 is ";
    };
    try (Loopback server = new Loopback(CONTENT, manner)) {
      assertThatThrownBy(() -> fetch(server, LONG)).isInstanceOf(IOException.class)
          .hasMessageContaining("/files/data.bin: ").hasMessageContaining(message);
      assertThat(folder.resolve("data.bin")).doesNotExist();
      assertThat(fetch(server, LONG)).isTrue();
      assertFetched();
    }
  }

  @Test
  void aPartThatBeginsElsewhereIsRefused() throws IOException {
    Files.write(folder.resolve("data.bin.part"), Arrays.copyOf(CONTENT, 1_000));
    try (Loopback server = new Loopback(CONTENT, Manner.WRONG_RANGE)) {
      assertThatThrownBy(() -> fetch(server, LONG)).hasMessageContaining("the server answers with status 206");
    }
  }

  @Test
  void whatIsStoppedLeavesAPart() throws IOException {
    try (Loopback server = new Loopback(CONTENT)) {
      boolean[] stop = {false};
      try (Fetch fetch = new Fetch(server.uri(), LONG, (_, done) -> stop[0] = done > 0, () -> stop[0])) {
        assertThat(fetch.into(folder, FILE)).isFalse();
      }
      assertThat(folder.resolve("data.bin")).doesNotExist();
      long part = Files.size(folder.resolve("data.bin.part"));
      assertThat(part).isBetween(1L, CONTENT.length - 1L);
      assertThat(fetch(server, LONG)).isTrue();
      assertFetched();
      assertThat(server.ranges()).containsExactly("all", part + "-");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "STALLS"})
  void aServerThatSaysNothingCanBeLeft(Manner manner) throws IOException {
    try (Loopback server = new Loopback(CONTENT, manner)) {
      int[] asked = {0};
      try (Fetch fetch = new Fetch(server.uri(), LONG, (_, _) -> { }, () -> ++asked[0] > 4)) {
        assertThat(fetch.into(folder, FILE)).isFalse();
      }
      assertThat(folder.resolve("data.bin")).doesNotExist();
    }
  }

  @Test
  void anArchiveIsUnpackedOnce() throws IOException {
    byte[] archive = tarGz("folder/a.bin", new byte[] {1, 2, 3}, "folder/../../b.bin", new byte[600]);
    Downloads set = new Downloads(List.of(file("set.tar.gz", archive)), Optional.empty(), List.of("a.bin", "b.bin"));
    Path inner = folder.resolve("inner");
    try (Loopback server = new Loopback(archive)) {
      assertThat(set.fetch(inner, server.uri(), LONG, (_, _) -> { }, () -> false)).isTrue();
      assertThat(inner.resolve("a.bin")).hasBinaryContent(new byte[] {1, 2, 3});
      assertThat(inner.resolve("b.bin")).hasBinaryContent(new byte[600]);
      try (var all = Files.list(folder)) {
        assertThat(all).containsExactly(inner);
      }
      Files.delete(inner.resolve("set.tar.gz"));
      assertThat(set.fetch(inner, server.uri(), LONG, (_, _) -> { }, () -> false)).isTrue();
      assertThat(server.ranges()).hasSize(1);
    }
  }

  @Test
  void aDamagedArchiveIsRefused() throws IOException {
    byte[] archive = tarGz("a.bin", new byte[2_000], "b.bin", new byte[600]);
    for (int length = 1; length < archive.length; length++) {
      Path file = Files.write(folder.resolve("x.tar.gz"), Arrays.copyOf(archive, length));
      assertThatThrownBy(() -> TarGz.unpack(file, folder.resolve("to"), 10_000)).as("%d bytes", length)
          .isInstanceOf(IOException.class);
    }
    Path whole = Files.write(folder.resolve("x.tar.gz"), archive);
    assertThatThrownBy(() -> TarGz.unpack(whole, folder.resolve("to"), 1_000))
        .hasMessageContaining("offset 0: a file of 2000 bytes");
    // The limit is for all files together.
    assertThatThrownBy(() -> TarGz.unpack(whole, folder.resolve("to"), 2_500))
        .hasMessageContaining("offset 2560: a file of 600 bytes, expected at most 500");
  }

  private static byte[] tarGz(String first, byte[] one, String second, byte[] two) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(entry(first, one));
      out.write(entry(second, two));
      out.write(new byte[1024]);
    }
    return packed.toByteArray();
  }

  private static byte[] entry(String name, byte[] bytes) {
    byte[] entry = new byte[512 + (bytes.length + 511) / 512 * 512];
    System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, entry, 0, name.length());
    System.arraycopy(String.format("%011o", bytes.length).getBytes(StandardCharsets.US_ASCII), 0, entry, 124, 11);
    entry[156] = '0';
    System.arraycopy(bytes, 0, entry, 512, bytes.length);
    return entry;
  }

  @Test
  void theKnownSetsAreComplete() {
    for (Downloads set : List.of(Downloads.MNIST, Downloads.FASHION_MNIST, Downloads.CIFAR10, Downloads.PNEUMONIA)) {
      assertThat(set.files()).isNotEmpty();
      assertThat(set.from().map(URI::toString).orElse("/")).endsWith("/");
    }
    assertThat(Downloads.MNIST.from()).isEmpty();
    assertThat(Downloads.PNEUMONIA.files().getFirst().name()).isEqualTo(MedMnist.named("pneumonia").orElseThrow().file());
  }
}
