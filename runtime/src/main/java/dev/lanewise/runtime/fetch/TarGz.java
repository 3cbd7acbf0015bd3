package dev.lanewise.runtime.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks a compressed archive of the Unix program tar (POSIX ustar): for each file a header of 512 bytes, its bytes,
 * and zeros up to a multiple of 512.
 */
public final class TarGz {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_DIGITS = 11;
  private static final int TYPE_AT = 156;

  private TarGz() {}

  /**
   * Writes the archive's files into a folder, by their last names: the folders of the archive are passed over, so that
   * no name leads out.
   *
   * @param most bytes of all files together: nothing is written that goes beyond
   * @throws IOException naming archive and offset
   */
  public static void unpack(Path archive, Path folder, long most) throws IOException {
    Files.createDirectories(folder);
    long offset = 0;
    long left = most;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
      byte[] header = in.readNBytes(BLOCK);
      while (header.length == BLOCK && header[0] != 0) {
        long size = size(archive, offset, header);
        if (size > left) {
          throw new IOException(archive + ": offset " + offset + ": a file of " + size + " bytes, expected at most "
              + left);
        }
        left -= size;
        offset += BLOCK;
        boolean file = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
        String name = name(header);
        if (file && !name.isEmpty() && !name.startsWith(".")) {
          copy(in, size, folder.resolve(name));
        } else {
          in.skipNBytes(size);
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        offset += (size + BLOCK - 1) / BLOCK * BLOCK;
        header = in.readNBytes(BLOCK);
      }
      if (header.length < BLOCK) {
        throw new EOFException("the archive ends early");
      }
      // To the end, where the checksum is.
      in.transferTo(OutputStream.nullOutputStream());
    } catch (EOFException | ZipException e) {
      throw new IOException(archive + ": offset " + offset + ": the archive is damaged (" + e.getMessage()
          + "): fetch it again", e);
    }
  }

  private static long size(Path archive, long offset, byte[] header) throws IOException {
    String octal = new String(header, SIZE_AT, SIZE_DIGITS, StandardCharsets.US_ASCII).strip();
    if (!octal.matches("[0-7]+")) {
      throw new IOException(archive + ": offset " + (offset + SIZE_AT) + ": expected a size in octal digits");
    }
    return Long.parseLong(octal, 8);
  }

  private static String name(byte[] header) {
    int end = 0;
    while (end < NAME && header[end] != 0) {
      end++;
    }
    String path = new String(header, 0, end, StandardCharsets.UTF_8);
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private static void copy(InputStream in, long size, Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try (var out = Files.newOutputStream(beside)) {
      byte[] piece = new byte[1 << 16];
      long left = size;
      while (left > 0) {
        int n = in.read(piece, 0, (int) Math.min(left, piece.length));
        if (n < 0) {
          throw new EOFException("the archive ends in " + file.getFileName());
        }
        out.write(piece, 0, n);
        left -= n;
      }
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
