package dev.lanewise.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Writes whole files: beside the path, forced to the disk, moved into place, and the folder forced too. Whatever happens, a kill or a
 * power cut, the path then holds either what it held before or all that was written.
 *
 * <pre>{@code AtomicFile.write(path, channel -> AtomicFile.writeFully(channel, bytes)); }</pre>
 */
public final class AtomicFile {
  private static final String PART = ".part";
  private static final String UUIDS = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private AtomicFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Writer {
    void write(FileChannel channel) throws IOException;
  }

  /**
   * @throws IOException if the folder is missing or not writable, a folder is in the way, or the disk full
   */
  public static void write(Path path, Writer writer) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + ": expected a file, found a folder");
    }
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new IOException(path + ": the folder " + folder + " does not exist");
    }
    // Not createTempFile: its files are readable by their owner alone, and the file would stay so.
    Path beside = folder.resolve(path.getFileName() + "." + UUID.randomUUID() + PART);
    try {
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        writer.write(channel);
        channel.force(true);
      }
      move(beside, path);
      force(folder);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /**
   * Removes what writers of this path left behind when they were killed. Only for whoever is the one writer of the path: the file of
   * another one at work would go too, and its write fail.
   */
  public static void clear(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      return;
    }
    Predicate<String> left = Pattern.compile(Pattern.quote(path.getFileName() + ".") + UUIDS + Pattern.quote(PART)).asMatchPredicate();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, f -> left.test(f.getFileName().toString()))) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** A channel may take less than it is given. */
  public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The new name is in the folder, not in the file. Where a folder cannot be opened as a file (Windows), the system sees to it. */
  private static void force(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
