package dev.lanewise.exchange.bent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Archives, taken apart and put together again, so that it is what is packed that is bent, and not its checksum alone. */
final class Archives {
  /** More than the memory that the readers have. */
  private static final int BOMB = 200 << 20;

  private Archives() {}

  static Map<String, byte[]> entries(Path archive) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry e : Collections.list(zip.entries())) {
        all.put(e.getName(), zip.getInputStream(e).readAllBytes());
      }
    }
    return all;
  }

  /** @param stored not packed, as PyTorch has it */
  static byte[] of(Map<String, byte[]> entries, boolean stored) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> e : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(e.getKey());
        if (stored) {
          CRC32 sum = new CRC32();
          sum.update(e.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(e.getValue().length);
          entry.setCrc(sum.getValue());
        }
        out.putNextEntry(entry);
        out.write(e.getValue());
      }
    }
    return bytes.toByteArray();
  }

  /** With an entry whose few bytes are 200 MB of zeros. */
  static byte[] bomb(Map<String, byte[]> entries, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.setLevel(Deflater.BEST_SPEED);
      for (Map.Entry<String, byte[]> e : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(e.getKey()));
        if (e.getKey().equals(name)) {
          zeros(out);
        } else {
          out.write(e.getValue());
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void zeros(OutputStream out) throws IOException {
    byte[] piece = new byte[1 << 20];
    for (int i = 0; i < BOMB; i += piece.length) {
      out.write(piece);
    }
  }
}
