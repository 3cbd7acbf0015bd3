package dev.lanewise.runtime.data.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/** What an array in a file is made of. */
public enum Element {
  BOOL("b1", 1),
  U1("u1", 1),
  I1("i1", 1),
  U2("u2", 2),
  I2("i2", 2),
  U4("u4", 4),
  I4("i4", 4),
  /** Values from 2^63 on are rounded to the nearest double. */
  U8("u8", 8),
  I8("i8", 8),
  F2("f2", 2),
  F4("f4", 4),
  F8("f8", 8);

  private final String code;
  private final int bytes;

  Element(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** By NumPy's code without the byte order. */
  static Optional<Element> of(String code) {
    for (Element e : values()) {
      if (e.code.equals(code)) {
        return Optional.of(e);
      }
    }
    return Optional.empty();
  }

  public int bytes() {
    return bytes;
  }

  public boolean isWhole() {
    return this != F2 && this != F4 && this != F8;
  }

  /** The element at an offset in bytes, at any alignment. */
  double at(MemorySegment data, ByteOrder order, long offset) {
    return switch (this) {
      case BOOL -> data.get(ValueLayout.JAVA_BYTE, offset) == 0 ? 0 : 1;
      case U1 -> data.get(ValueLayout.JAVA_BYTE, offset) & 255;
      case I1 -> data.get(ValueLayout.JAVA_BYTE, offset);
      case U2 -> data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset) & 0xffff;
      case I2 -> data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset);
      case U4 -> data.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset) & 0xffffffffL;
      case I4 -> data.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset);
      case U8 -> unsigned(data.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), offset));
      case I8 -> data.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), offset);
      case F2 -> Float.float16ToFloat(data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset));
      case F4 -> data.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), offset);
      case F8 -> data.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), offset);
    };
  }

  /** Half of it, with the last bit kept for rounding, and twice that. */
  private static double unsigned(long value) {
    return value >= 0 ? value : 2.0 * (value >>> 1 | value & 1);
  }

  @Override
  public String toString() {
    return code;
  }
}
