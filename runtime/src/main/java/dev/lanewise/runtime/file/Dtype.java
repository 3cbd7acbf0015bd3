package dev.lanewise.runtime.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a file of safetensors holds a number, little-endian. Whatever it is, it is read as the nearest 32-bit float: 64-bit floats and integers
 * above 2^24 lose digits, and what no 32-bit float can hold becomes infinite.
 */
enum Dtype {
  BOOL(1) {
    @Override
    float next(ByteBuffer in) {
      return in.get() == 0 ? 0 : 1;
    }
  },
  U8(1) {
    @Override
    float next(ByteBuffer in) {
      return Byte.toUnsignedInt(in.get());
    }
  },
  I8(1) {
    @Override
    float next(ByteBuffer in) {
      return in.get();
    }
  },
  U16(2) {
    @Override
    float next(ByteBuffer in) {
      return Short.toUnsignedInt(in.getShort());
    }
  },
  I16(2) {
    @Override
    float next(ByteBuffer in) {
      return in.getShort();
    }
  },
  U32(4) {
    @Override
    float next(ByteBuffer in) {
      return Integer.toUnsignedLong(in.getInt());
    }
  },
  I32(4) {
    @Override
    float next(ByteBuffer in) {
      return in.getInt();
    }
  },
  U64(8) {
    @Override
    float next(ByteBuffer in) {
      long bits = in.getLong();
      // Halved, with the lost bit kept as a sticky one, so that it is rounded once and rightly.
      return bits >= 0 ? bits : 2 * (float) (bits >>> 1 | bits & 1);
    }
  },
  I64(8) {
    @Override
    float next(ByteBuffer in) {
      return in.getLong();
    }
  },
  F16(2) {
    @Override
    float next(ByteBuffer in) {
      return Float.float16ToFloat(in.getShort());
    }
  },
  /** The upper half of a 32-bit float. */
  BF16(2) {
    @Override
    float next(ByteBuffer in) {
      return Float.intBitsToFloat(in.getShort() << 16);
    }
  },
  F32(4) {
    @Override
    float next(ByteBuffer in) {
      return in.getFloat();
    }

    @Override
    void read(ByteBuffer in, float[] out, int at, int count) {
      in.asFloatBuffer().get(out, at, count);
    }
  },
  F64(8) {
    @Override
    float next(ByteBuffer in) {
      return (float) in.getDouble();
    }
  };

  private final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** Of one number. */
  int bytes() {
    return bytes;
  }

  abstract float next(ByteBuffer in);

  /** Reads {@code count} numbers. */
  void read(ByteBuffer in, float[] out, int at, int count) {
    for (int i = 0; i < count; i++) {
      out[at + i] = next(in);
    }
  }

  static Optional<Dtype> named(Object name) {
    return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst();
  }
}
