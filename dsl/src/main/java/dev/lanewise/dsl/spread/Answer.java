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

/** What comes back of a task: what it was asked for, or the mistake that kept it from that. Whoever does the task again comes to the same mistake, so that is an answer too. */
public sealed interface Answer {
  record Done(byte[] what) implements Answer {}

  /** @param from where the mistake is in the script @param to where that ends */
  record Mistake(Code code, int from, int to, String message, String remedy) implements Answer {
    public MistakeException thrown() {
      return new MistakeException(code, new Span(from, to), message, remedy);
    }
  }

  default byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      switch (this) {
        case Done(byte[] what) -> {
          out.writeBoolean(true);
          out.write(what);
        }
        case Mistake m -> {
          out.writeBoolean(false);
          out.writeUTF(m.code.name());
          out.writeInt(m.from);
          out.writeInt(m.to);
          out.writeUTF(m.message);
          out.writeUTF(m.remedy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What was asked for. @throws MistakeException what was made of it elsewhere */
  static byte[] of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readBoolean()) {
        return in.readAllBytes();
      }
      throw new Mistake(Code.valueOf(in.readUTF()), in.readInt(), in.readInt(), in.readUTF(), in.readUTF()).thrown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
