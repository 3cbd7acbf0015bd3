package dev.lanewise.dsl.law;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An array of NumPy's, which scripts read: one row for each example.
 *
 * @param dims of an example
 * @param of the bound of whole numbers; 0 for numbers
 * @param floats the numbers, or none
 * @param ints the whole numbers, or none
 */
record NumPy(int count, List<Integer> dims, int of, float[] floats, int[] ints) {
  NumPy(int count, List<Integer> dims, float[] values) {
    this(count, dims, 0, values, new int[0]);
  }

  NumPy(int count, List<Integer> dims, int[] values) {
    this(count, dims, java.util.Arrays.stream(values).max().orElse(0) + 1, new float[0], values);
  }

  /** Normal numbers, or whole numbers below a bound, each of which is there. */
  static NumPy drawn(Pick pick, int count, List<Integer> dims, int of) {
    int size = count * dims.stream().reduce(1, (a, b) -> a * b);
    if (of == 0) {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = pick.normal();
      }
      return new NumPy(count, dims, values);
    }
    int[] values = new int[size];
    for (int i = 0; i < size; i++) {
      values[i] = i < of ? of - 1 - i : pick.whole(0, of - 1);
    }
    return new NumPy(count, dims, values);
  }

  /** The examples in another order. */
  NumPy ordered(int[] order) {
    int size = (ints.length + floats.length) / count;
    float[] f = floats.clone();
    int[] w = ints.clone();
    for (int i = 0; i < count; i++) {
      System.arraycopy(of == 0 ? floats : ints, order[i] * size, of == 0 ? f : w, i * size, size);
    }
    return new NumPy(count, dims, of, f, w);
  }

  /** Each number changed by at most its last bit; whole numbers stay. */
  NumPy perturbed(Pick pick) {
    float[] f = floats.clone();
    for (int i = 0; i < f.length; i++) {
      f[i] *= (float) (1 + Rounding.LAST_BIT * pick.whole(-1, 1));
    }
    return new NumPy(count, dims, of, f, ints);
  }

  byte[] npy() {
    List<Integer> all = new ArrayList<>(List.of(count));
    all.addAll(dims);
    String shape = all.size() == 1 ? "(" + count + ",)" : all.toString().replace('[', '(').replace(']', ')');
    String header = "{'descr': '" + (of == 0 ? "<f4" : "<i4") + "', 'fortran_order': False, 'shape': " + shape + ", }";
    int padding = 63 - (10 + header.length()) % 64;
    byte[] head = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(10 + head.length + 4 * (ints.length + floats.length)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0).putShort((short) head.length).put(head);
    for (float v : floats) {
      bytes.putFloat(v);
    }
    for (int v : ints) {
      bytes.putInt(v);
    }
    return bytes.array();
  }

  static void npz(Path file, Map<String, NumPy> arrays) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, NumPy> a : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(a.getKey() + ".npy"));
        zip.write(a.getValue().npy());
        zip.closeEntry();
      }
    }
  }
}
