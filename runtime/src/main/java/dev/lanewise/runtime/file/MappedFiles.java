package dev.lanewise.runtime.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that are mapped into memory, for as long as anybody can reach them. When one of them gets shorter, the JVM throws an InternalError
 * at whoever reads it, somewhat later and without a word about which file it was: here that can be found out.
 */
public final class MappedFiles {
  /** @param end which the file reached when it was mapped */
  private record Mapped(Path file, long end, WeakReference<MemorySegment.Scope> scope) {
    boolean isGone() {
      return scope.refersTo(null);
    }

    boolean isShrunk() {
      try {
        return Files.size(file) < end;
      } catch (IOException removed) {
        // What is mapped of it stays where it is, and can be read.
        return false;
      }
    }
  }

  private static final List<Mapped> ALL = new ArrayList<>();

  private MappedFiles() {}

  /** From an offset to the end of the file as it is now. The mapping lives as long as it can be reached, longer than the channel. */
  public static MemorySegment map(Path file, FileChannel channel, long from) throws IOException {
    long end = channel.size();
    MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, from, end - from, Arena.ofAuto());
    synchronized (ALL) {
      ALL.removeIf(Mapped::isGone);
      ALL.add(new Mapped(file, end, new WeakReference<>(mapped.scope())));
    }
    return mapped;
  }

  /** Those that are shorter now than they were. */
  public static List<Path> shrunk() {
    synchronized (ALL) {
      return ALL.stream().filter(m -> !m.isGone() && m.isShrunk()).map(Mapped::file).distinct().toList();
    }
  }
}
