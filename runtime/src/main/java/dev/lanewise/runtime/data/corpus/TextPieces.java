package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.text.Utf8;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of text in pieces of some size, mapped into memory: it may be larger than that. A piece ends before an end of a line that follows no space, where no tokenizer puts anything together; where there is none for long, at the end of a character.
 */
final class TextPieces {
  /** Where a piece begins, and on which line. */
  private record Start(long at, long line) {}

  private final Path file;
  private final MemorySegment bytes;
  private final List<Start> starts = new ArrayList<>();

  private TextPieces(Path file, MemorySegment bytes, int size) {
    this.file = file;
    this.bytes = bytes;
    long line = 1;
    for (long at = 0; at < bytes.byteSize();) {
      starts.add(new Start(at, line));
      long end = end(Math.min(bytes.byteSize(), at + size), size);
      for (long i = at; i < end; i++) {
        line += at(i) == '\n' ? 1 : 0;
      }
      at = end;
    }
  }

  /** @param size of a piece in bytes, about */
  static TextPieces of(Path file, int size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new TextPieces(file, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()), size);
    }
  }

  private byte at(long i) {
    return bytes.get(ValueLayout.JAVA_BYTE, i);
  }

  private long end(long from, int most) {
    long last = Math.min(bytes.byteSize(), from + most);
    for (long i = from; i > 0 && i < last; i++) {
      boolean line = at(i) == '\n' || at(i) == '\r';
      if (line && (at(i - 1) > ' ' || at(i - 1) < 0)) {
        return i;
      }
    }
    long end = from;
    while (end < bytes.byteSize() && Utf8.follows(at(end))) {
      end++;
    }
    return end;
  }

  long bytes() {
    return bytes.byteSize();
  }

  int count() {
    return starts.size();
  }

  /** @throws IOException naming the line and the byte that is no UTF-8 */
  String text(int piece) throws IOException {
    long from = starts.get(piece).at;
    long to = piece + 1 < starts.size() ? starts.get(piece + 1).at : bytes.byteSize();
    ByteBuffer own = bytes.asSlice(from, to - from).asByteBuffer();
    return Utf8.read(own, file, from, starts.get(piece).line);
  }
}
