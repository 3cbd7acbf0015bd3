package dev.lanewise.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
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
  private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  private static final int MOST_LINKS = 40;
  private static final String PART = ".part";
  private static final String UUIDS = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private AtomicFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Writer {
    void write(FileChannel channel) throws IOException;
  }

  /**
   * A symbolic link stays, and what it leads to is replaced. The new file has the mode of the old one, and its owner where that may be given.
   *
   * @throws IOException if the folder is missing or not writable, something else than a file is in the way, or the disk full
   */
  public static void write(Path path, Writer writer) throws IOException {
    Path target = followed(path);
    Path folder = target.getParent();
    if (!Files.isDirectory(folder)) {
      throw new IOException(path + ": the folder " + folder + " does not exist");
    }
    if (Files.exists(target)) {
      checkRegular(path);
      if (!Files.isWritable(target)) {
        throw new AccessDeniedException(path.toString());
      }
    }
    // Not createTempFile: its files are readable by their owner alone, and the file would stay so.
    Path beside = folder.resolve(target.getFileName() + "." + UUID.randomUUID() + PART);
    try {
      try (FileChannel channel = created(beside, target)) {
        writer.write(channel);
        channel.force(true);
      }
      move(beside, target);
      force(folder);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** @throws IOException if a path leads to a folder, a pipe, a device or the like: nothing of that kind is replaced, or looked into */
  static void checkRegular(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + ": expected a file, found a folder");
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException(path + ": expected a file, found a pipe or a device");
    }
  }

  /** Where a path leads: also by a link to what is not there yet. */
  private static Path followed(Path path) throws IOException {
    Path at = path.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(at); links++) {
      if (links == MOST_LINKS) {
        throw new IOException(path + ": the links lead in a circle");
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    return at;
  }

  /** A new file for what takes the place of an old one, never open to more people than that. */
  private static FileChannel created(Path beside, Path old) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(old, PosixFileAttributeView.class);
    if (view == null || !Files.exists(old)) {
      return FileChannel.open(beside, NEW);
    }
    PosixFileAttributes was = view.readAttributes();
    FileChannel channel = FileChannel.open(beside, NEW, PosixFilePermissions.asFileAttribute(was.permissions()));
    like(was, Files.getFileAttributeView(beside, PosixFileAttributeView.class));
    return channel;
  }

  private static void like(PosixFileAttributes was, PosixFileAttributeView now) throws IOException {
    PosixFileAttributes is = now.readAttributes();
    try {
      if (!is.group().equals(was.group())) {
        now.setGroup(was.group());
      }
      if (!is.owner().equals(was.owner())) {
        now.setOwner(was.owner());
      }
    } catch (IOException notAllowed) {
      // Only the system's administrator may give a file away.
    }
    try {
      now.setPermissions(was.permissions());
    } catch (IOException notThere) {
      // Some file systems have one mode for all; it was made with no more rights than the old one had.
    }
  }

  /**
   * Removes what writers of this path left behind when they were killed. Only for whoever is the one writer of the path: the file of
   * another one at work would go too, and its write fail.
   */
  public static void clear(Path path) throws IOException {
    Path target = followed(path);
    Path folder = target.getParent();
    if (!Files.isDirectory(folder)) {
      return;
    }
    Predicate<String> left = Pattern.compile(Pattern.quote(target.getFileName() + ".") + UUIDS + Pattern.quote(PART)).asMatchPredicate();
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
