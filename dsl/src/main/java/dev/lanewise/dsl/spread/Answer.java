package dev.lanewise.dsl.spread;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What comes back of a task: what it was asked for, or the mistake that kept it from that. Whoever does the task again comes to the same mistake, so that is an answer too. */
public sealed interface Answer {
  byte MISTAKE = 0;
  byte DONE = 1;

  record Done(byte[] what) implements Answer {}

  /** @param from where the mistake is in the script @param to where that ends */
  record Mistake(Code code, int from, int to, String message, String remedy) implements Answer {
    public MistakeException thrown() {
      return new MistakeException(code, new Span(from, to), message, remedy);
    }

    private byte[] written() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.writeUTF(code.name());
        out.writeInt(from);
        out.writeInt(to);
        out.writeUTF(message);
        out.writeUTF(remedy);
        out.writeByte(MISTAKE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  }

  /** What was asked for as it is, or the mistake; the last byte says which. */
  default byte[] bytes() {
    return switch (this) {
      case Done(byte[] what) -> {
        byte[] bytes = Arrays.copyOf(what, what.length + 1);
        bytes[what.length] = DONE;
        yield bytes;
      }
      case Mistake m -> m.written();
    };
  }

  /** What was asked for: a look at these bytes. @throws MistakeException what was made of it elsewhere */
  static ByteBuffer of(byte[] bytes) {
    int size = bytes.length - 1;
    if (bytes[size] == DONE) {
      return ByteBuffer.wrap(bytes, 0, size).slice();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, size))) {
      throw new Mistake(Code.valueOf(in.readUTF()), in.readInt(), in.readInt(), in.readUTF(), in.readUTF()).thrown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
