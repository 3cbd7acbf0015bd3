package dev.lanewise.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that is replaced again and again is one process's alone while it holds a claim: a lock of the system on a file beside it, {@code
 * run.safetensors.lock}, which says who holds it. The system drops the lock of a process that dies; the file it leaves blocks nobody, and goes
 * with the next claim.
 *
 * <pre>{@code try (Claim claim = Claim.of(Optional.of(path))) { … } }</pre>
 */
public final class Claim implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String SIGNATURE = "process ";
  private static final FileForm FORM = FileForm.beginning("a lock", SIGNATURE);
  private static final int LONGEST = 200;
  /** What this process holds: closing any channel of a file would drop the system's locks on it, so no second one is opened. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path lock;
  private final FileChannel channel;

  /** @param channel null where there is nothing to lock */
  private Claim(Path lock, FileChannel channel) {
    this.lock = lock;
    this.channel = channel;
  }

  /**
   * @param path empty for none
   * @throws ClaimedException if somebody else has it
   * @throws IOException if a file of that name is no lock
   */
  public static Claim of(Optional<Path> path) throws IOException {
    if (path.isEmpty()) {
      return new Claim(null, null);
    }
    Path real = Files.exists(path.get()) ? path.get().toRealPath() : path.get().toAbsolutePath().normalize();
    Path lock = real.resolveSibling(real.getFileName() + LOCK);
    if (!HELD.add(lock)) {
      throw new ClaimedException(path.get(), "another training of this process");
    }
    try {
      return new Claim(lock, locked(path.get(), lock));
    } catch (IOException | RuntimeException | Error e) {
      HELD.remove(lock);
      throw e;
    }
  }

  /** Null where no file can be made: what cannot be written needs no claim, and whoever writes says why it cannot. */
  private static FileChannel locked(Path path, Path lock) throws IOException {
    Optional<FileChannel> channel = Optional.empty();
    while (channel.isEmpty()) {
      try {
        if (!Files.exists(lock)) {
          Files.createFile(lock);
        }
        channel = attempt(path, lock);
      } catch (FileAlreadyExistsException e) {
        // Somebody was faster: whether they have it, the lock says.
      } catch (ClaimedException e) {
        throw e;
      } catch (FileSystemException e) {
        return null;
      }
    }
    return channel.get();
  }

  /** Empty if the file is another one by now: whoever held it has removed it, and a lock on what is gone keeps nobody out. */
  private static Optional<FileChannel> attempt(Path path, Path lock) throws IOException {
    Object before = key(lock);
    FileChannel channel;
    try {
      FORM.check(lock);
      channel = FileChannel.open(lock, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    boolean kept = false;
    try {
      if (!takes(channel)) {
        throw new ClaimedException(path, holder(channel));
      }
      boolean same = before != null && before.equals(key(lock));
      if (same) {
        sign(channel);
      }
      kept = same;
      return kept ? Optional.of(channel) : Optional.empty();
    } catch (ClaimedException e) {
      throw e;
    } catch (IOException e) {
      // A full disk: it is ours, and nobody needs it.
      Files.deleteIfExists(lock);
      throw e;
    } finally {
      if (!kept) {
        channel.close();
      }
    }
  }

  /** Whether it is this process's now. */
  private static boolean takes(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** What tells a file from another that has its name later; null if there is none. */
  private static Object key(Path lock) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(lock, BasicFileAttributes.class);
      return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static void sign(FileChannel channel) throws IOException {
    String who = SIGNATURE + ProcessHandle.current().pid() + ", since " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
    channel.truncate(0);
    AtomicFile.writeFully(channel, ByteBuffer.wrap(who.getBytes(StandardCharsets.UTF_8)));
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    channel.read(bytes, 0);
    String who = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    return who.isEmpty() ? "another process" : who;
  }

  /** The file goes first, while nobody else can have it. */
  @Override
  public void close() throws IOException {
    if (lock == null) {
      return;
    }
    try (FileChannel held = channel) {
      if (held != null) {
        Files.deleteIfExists(lock);
      }
    } finally {
      HELD.remove(lock);
    }
  }
}
