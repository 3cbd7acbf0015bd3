package dev.lanewise.runtime.data.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** NumPy's archive of several arrays: a ZIP file of .npy files, compressed or not. */
public final class Npz {
  private static final int PIECE = 1 << 16;
  /** Bytes are held twice while they are put together. */
  private static final long MOST = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

  private Npz() {}

  /**
   * The arrays of these names.
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
      List<NumberArray> arrays = new ArrayList<>();
      for (String name : names) {
        arrays.add(array(archive, zip, name));
      }
      return arrays;
    } catch (ZipException | IllegalArgumentException e) {
      throw new IOException(archive + ": not a readable .npz archive: " + e.getMessage(), e);
    }
  }

  private static NumberArray array(Path archive, ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      List<String> there = Collections.list(zip.entries()).stream().limit(20)
          .map(e -> e.getName().replaceFirst("\\.npy$", "")).toList();
      throw new IOException(archive + ": has no array `" + name + "`; there is " + String.join(", ", there)
          + ": say which are meant, npz(…, x = \"…\", y = \"…\")");
    }
    String place = archive + ": " + entry.getName();
    byte[] bytes;
    try (InputStream in = zip.getInputStream(entry)) {
      bytes = unpacked(in);
    } catch (IOException e) {
      throw new IOException(place + ": the array is damaged"
          + (e.getMessage() == null ? "" : ": " + e.getMessage()), e);
    }
    if (bytes.length > MOST) {
      throw new IOException(place + ": over the limit of " + (MOST >> 20)
          + " MB: save the array as .npy, which is mapped, not read");
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (crc.getValue() != entry.getCrc()) {
      throw new IOException(place + ": the array is damaged: its checksum is not that of the archive");
    }
    return Npy.parse(place, MemorySegment.ofArray(bytes));
  }

  /** In pieces: memory is taken as bytes arrive, not as the archive promises. One byte over the limit is enough. */
  private static byte[] unpacked(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    for (int n = in.read(piece); n >= 0 && bytes.size() <= MOST; n = in.read(piece)) {
      bytes.write(piece, 0, n);
    }
    return bytes.toByteArray();
  }
}
