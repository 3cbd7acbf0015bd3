package dev.lanewise.exchange.onnx.read;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Tensors of a file, and of files beside it. */
record Tensors(Path folder) {
  static boolean isWhole(int type) {
    return switch (DataType.forNumber(type)) {
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, BOOL, INT4, UINT4 -> true;
      case null, default -> false;
    };
  }

  /** @throws IOException if it lies in another file that cannot be read */
  Fixed read(TensorProto tensor) throws IOException {
    int[] dims = tensor.getDimsList().stream().mapToInt(d -> d < 0 || d > Integer.MAX_VALUE ? -1 : (int) (long) d).toArray();
    int size = Fixed.size(dims);
    DataType type = DataType.forNumber(tensor.getDataType());
    if (type == null || type == DataType.UNDEFINED) {
      throw new RefusedException("a tensor of an unknown type, " + tensor.getDataType());
    }
    boolean external = tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    if (external || !tensor.getRawData().isEmpty()) {
      ByteBuffer bytes = (external ? external(tensor) : tensor.getRawData().asReadOnlyByteBuffer()).order(ByteOrder.LITTLE_ENDIAN);
      return raw(dims, size, type, bytes).named(tensor.getName());
    }
    return typed(dims, size, type, tensor).named(tensor.getName());
  }

  private static Fixed raw(int[] dims, int size, DataType type, ByteBuffer bytes) {
    int width = switch (type) {
      case FLOAT, INT32, UINT32 -> 4;
      case DOUBLE, INT64, UINT64 -> 8;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
      case INT8, UINT8, BOOL -> 1;
      default -> throw refused(type);
    };
    if (bytes.remaining() != (long) width * size) {
      throw new RefusedException("a tensor of " + size + " values has " + bytes.remaining() + " bytes");
    }
    if (isWhole(type.getNumber())) {
      long[] made = new long[size];
      for (int i = 0; i < size; i++) {
        made[i] = switch (type) {
          case INT32 -> bytes.getInt();
          case UINT32 -> Integer.toUnsignedLong(bytes.getInt());
          case INT64, UINT64 -> bytes.getLong();
          case INT16 -> bytes.getShort();
          case UINT16 -> Short.toUnsignedInt(bytes.getShort());
          case INT8 -> bytes.get();
          default -> Byte.toUnsignedInt(bytes.get());
        };
      }
      return Fixed.wholes(dims, made);
    }
    float[] made = new float[size];
    if (type == DataType.FLOAT) {
      bytes.asFloatBuffer().get(made);
    } else {
      for (int i = 0; i < size; i++) {
        made[i] = switch (type) {
          case DOUBLE -> (float) bytes.getDouble();
          case FLOAT16 -> Float.float16ToFloat(bytes.getShort());
          default -> Float.intBitsToFloat(bytes.getShort() << 16);
        };
      }
    }
    return Fixed.of(dims, made);
  }

  private static Fixed typed(int[] dims, int size, DataType type, TensorProto tensor) {
    int count = switch (type) {
      case FLOAT -> tensor.getFloatDataCount();
      case DOUBLE -> tensor.getDoubleDataCount();
      case INT64 -> tensor.getInt64DataCount();
      case UINT32, UINT64 -> tensor.getUint64DataCount();
      case INT32, INT16, INT8, UINT16, UINT8, BOOL, FLOAT16, BFLOAT16 -> tensor.getInt32DataCount();
      default -> throw refused(type);
    };
    if (count != size) {
      throw new RefusedException("a tensor of " + size + " values has " + count);
    }
    if (isWhole(type.getNumber())) {
      long[] made = new long[size];
      for (int i = 0; i < size; i++) {
        made[i] = switch (type) {
          case INT64 -> tensor.getInt64Data(i);
          case UINT32, UINT64 -> tensor.getUint64Data(i);
          default -> tensor.getInt32Data(i);
        };
      }
      return Fixed.wholes(dims, made);
    }
    float[] made = new float[size];
    for (int i = 0; i < size; i++) {
      made[i] = switch (type) {
        case FLOAT -> tensor.getFloatData(i);
        case DOUBLE -> (float) tensor.getDoubleData(i);
        case FLOAT16 -> Float.float16ToFloat((short) tensor.getInt32Data(i));
        default -> Float.intBitsToFloat(tensor.getInt32Data(i) << 16);
      };
    }
    return Fixed.of(dims, made);
  }

  private static RefusedException refused(DataType type) {
    return new RefusedException("a tensor of type " + type.name().toLowerCase(java.util.Locale.ROOT));
  }

  private ByteBuffer external(TensorProto tensor) throws IOException {
    Map<String, String> where = new HashMap<>();
    for (StringStringEntryProto e : tensor.getExternalDataList()) {
      where.put(e.getKey(), e.getValue());
    }
    String location = where.getOrDefault("location", "");
    Path path = place(location);
    if (location.isEmpty() || !path.startsWith(folder.normalize()) || Files.exists(path) && !path.toRealPath().startsWith(folder.toRealPath())) {
      throw new IOException("its weights lie in `" + location + "`, which is not in the folder of the file: that is not read");
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException("its weights lie in `" + location + "`, which is not there: put it beside the file");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      long offset = number(where, "offset", 0);
      long length = number(where, "length", channel.size() - offset);
      if (offset < 0 || length < 0 || length > Integer.MAX_VALUE || offset + length > channel.size()) {
        throw new IOException("`" + location + "` ends before the weights of `" + tensor.getName() + "`");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
    }
  }

  private Path place(String location) throws IOException {
    try {
      return folder.resolve(location).normalize();
    } catch (InvalidPathException e) {
      throw new IOException("its weights lie in `" + location + "`, which is no name of a file", e);
    }
  }

  private static long number(Map<String, String> where, String key, long fallback) throws IOException {
    try {
      return where.containsKey(key) ? Long.parseLong(where.get(key)) : fallback;
    } catch (NumberFormatException e) {
      throw new IOException("the place of weights in another file is no number: " + where.get(key), e);
    }
  }
}
