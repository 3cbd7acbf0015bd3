package dev.lanewise.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.format.Idx;
import dev.lanewise.runtime.data.format.Npz;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that promise much. */
class AllowanceTest {
  @TempDir Path folder;

  @Test
  void filesOfAJobShareIt() throws IOException {
    Path file = folder.resolve("a.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(new byte[] {0, 0, 8, 1, 0, 0, 0, 100});
      out.write(new byte[100]);
    }
    Allowance allowance = new Allowance(150);
    assertThat(Idx.read(file, allowance).dims()).containsExactly(100);
    assertThatThrownBy(() -> Idx.read(file, allowance)).isInstanceOf(IOException.class)
        .hasMessageContaining("a.gz: offset 4: dimensions [100] are over the limit");
    assertThatThrownBy(() -> new Allowance(1 << 20).take("x", 3 << 20, "take less"))
        .hasMessage("x: unpacked, the data needs 3 MB, and the limit is 1 MB: take less");
  }

  /** Zeros: a megabyte for each gigabyte. What is declared is found to be too much before the first is unpacked. */
  @Test
  void arraysOfAnArchiveShareIt() throws IOException {
    Path file = folder.resolve("bomb.npz");
    long size = Runtime.getRuntime().maxMemory() / 3;
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : new String[] {"x.npy", "y.npy"}) {
        zip.putNextEntry(new ZipEntry(name));
        byte[] zeros = new byte[1 << 20];
        for (long done = 0; done < size; done += zeros.length) {
          zip.write(zeros);
        }
      }
    }
    assertThatThrownBy(() -> Npz.read(file, List.of("x", "y"))).isInstanceOf(IOException.class)
        .hasMessageContaining("bomb.npz: y.npy: unpacked, the data needs ").hasMessageContaining("save the arrays as .npy");
    assertThatThrownBy(() -> Npz.read(file, List.of("x"))).hasMessageContaining("x.npy: offset 0: not a .npy file");
  }

  /** Of what is underway, no more at once than there is memory for. */
  @Test
  void whatIsUnderwayWaits() {
    long most = 1L << 16;
    while (Allowance.passes(2 * most)) {
      most *= 2;
    }
    long third = most / 3 * 2;
    AtomicInteger now = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    IntStream.range(0, 200).parallel().forEach(_ -> {
      try {
        Allowance.underway(third * 2, () -> {
          together.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.yield();
          return now.decrementAndGet();
        });
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    });
    assertThat(together.get()).isEqualTo(1);
    assertThat(Allowance.passes(1L << 50)).isFalse();
  }
}
