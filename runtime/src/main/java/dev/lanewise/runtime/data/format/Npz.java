package dev.lanewise.runtime.data.format;

import dev.lanewise.runtime.file.Allowance;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** NumPy's archive of several arrays: a ZIP file of .npy files, compressed or not. */
public final class Npz {
  /** What a byte can be unpacked to, at most: zlib's own figure. */
  private static final int EXPANSION = 1032;

  private Npz() {}

  /**
   * The arrays of these names, which share one {@link Allowance}.
   *
   * @throws IOException naming file and array, with the offset in the array's own file
   */
  public static List<NumberArray> read(Path archive, List<String> names) throws IOException {
    if (Files.isDirectory(archive)) {
      throw new IOException(archive + ": expected a file, found a folder");
    }
    // What Java's reader says of a missing file is the bare name.
    Files.newByteChannel(archive).close();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      // All that is declared is looked at before anything is unpacked.
      Allowance allowance = new Allowance();
      for (String name : names) {
        allow(archive, entry(archive, zip, name), allowance);
      }
      List<NumberArray> arrays = new ArrayList<>();
      for (String name : names) {
        arrays.add(array(archive, zip, entry(archive, zip, name)));
      }
      return arrays;
    } catch (ZipException | IllegalArgumentException e) {
      throw new IOException(archive + ": not a readable .npz archive" + instead(archive) + ": " + e.getMessage(), e);
    }
  }

  private static String instead(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      byte[] head = in.readNBytes(16);
      return head.length > 0 && head[0] == 'P' ? ", it may be cut off" : FileKind.instead(head);
    }
  }

  private static ZipEntry entry(Path archive, ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      List<String> there = Collections.list(zip.entries()).stream().limit(20)
          .map(e -> e.getName().replaceFirst("\\.npy$", "")).toList();
      throw new IOException(archive + ": has no array `" + name + "`; there is " + String.join(", ", there)
          + ": say which are meant, npz(…, x = \"…\", y = \"…\")");
    }
    return entry;
  }

  private static void allow(Path archive, ZipEntry entry, Allowance allowance) throws IOException {
    String place = archive + ": " + entry.getName();
    if (entry.getSize() < 0 || entry.getSize() > EXPANSION * (entry.getCompressedSize() + 1)) {
      throw damaged(place, "it cannot unpack to the " + entry.getSize() + " bytes that the archive says", null);
    }
    allowance.take(place, entry.getSize(), "save the arrays as .npy, which are mapped, not read");
    if (entry.getSize() > Integer.MAX_VALUE - 8) {
      throw new IOException(place + ": over the limit of 2048 MB: save the array as .npy, which is mapped, not read");
    }
  }

  private static NumberArray array(Path archive, ZipFile zip, ZipEntry entry) throws IOException {
    String place = archive + ": " + entry.getName();
    byte[] bytes;
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] head = in.readNBytes((int) Math.min(entry.getSize(), Npy.HEAD));
      // What the array's own header says must be what the archive says.
      Npy.check(place, MemorySegment.ofArray(head), entry.getSize());
      bytes = Arrays.copyOf(head, (int) entry.getSize());
      int read = in.readNBytes(bytes, head.length, bytes.length - head.length);
      if (head.length + read != bytes.length || in.read() >= 0) {
        throw damaged(place, "it has not the size that the archive says", null);
      }
    } catch (ZipException | EOFException e) {
      throw damaged(place, e.getMessage(), e);
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (crc.getValue() != entry.getCrc()) {
      throw damaged(place, "its checksum is not that of the archive", null);
    }
    return Npy.parse(place, MemorySegment.ofArray(bytes));
  }

  private static IOException damaged(String place, String why, Throwable cause) {
    return new IOException(place + ": the array is damaged" + (why == null ? "" : ": " + why), cause);
  }
}
