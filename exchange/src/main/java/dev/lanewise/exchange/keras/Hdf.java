package dev.lanewise.exchange.keras;

import dev.lanewise.exchange.draft.Fixed;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HDF5 file in memory: numbers and texts, nothing else. Links that lead out of it are not followed. */
final class Hdf {
  private static final int DEEPEST = 40;
  private static final int MOST = 100_000;

  private final String name;
  private final HdfFile file;
  private final long size;

  private Hdf(String name, HdfFile file, long size) {
    this.name = name;
    this.file = file;
    this.size = size;
  }

  /** What may fail within the library in any way. */
  @FunctionalInterface
  interface Work<T> {
    T done() throws IOException;
  }

  /** @param name for messages */
  static Hdf of(String name, byte[] bytes) throws IOException {
    return guarded(name, () -> new Hdf(name, HdfFile.fromBytes(bytes), bytes.length));
  }

  /** A damaged file leads the library astray in many ways: whatever it throws, it is the file that is wrong. */
  private static <T> T guarded(String name, Work<T> work) throws IOException {
    try {
      return work.done();
    } catch (RuntimeException | StackOverflowError | NoClassDefFoundError e) {
      throw new IOException(name + " is no HDF5 file that can be read, or it is damaged", e);
    }
  }

  /** A text that belongs to the file itself; empty if there is none. */
  String text(String attribute) throws IOException {
    return guarded(name, () -> {
      Attribute found = file.getAttribute(attribute);
      if (found == null) {
        return "";
      }
      check(attribute, found.getSize(), found.getSizeInBytes());
      return found.getData() instanceof String s ? s : "";
    });
  }

  /** All numbers below a group, by their paths from there. */
  Map<String, Numbers> numbers(String group) throws IOException {
    return guarded(name, () -> {
      Map<String, Numbers> found = new LinkedHashMap<>();
      Node start = group.isEmpty() ? file : file.getChild(group);
      if (start instanceof Group g) {
        collect(g, "", found, 0);
      }
      return found;
    });
  }

  private void collect(Group group, String path, Map<String, Numbers> found, int depth) throws IOException {
    if (depth > DEEPEST || found.size() > MOST) {
      throw new IOException(name + " holds too many groups");
    }
    for (Map.Entry<String, Node> e : group.getChildren().entrySet()) {
      String at = path.isEmpty() ? e.getKey() : path + "/" + e.getKey();
      Node node = e.getValue();
      if (node.isLink()) {
        continue;
      }
      if (node instanceof Dataset d) {
        found.put(at, new Numbers(at, d));
      } else if (node instanceof Group g) {
        collect(g, at, found, depth + 1);
      }
    }
  }

  private void check(String what, long count, long bytes) throws IOException {
    // What is packed may be larger than the file, but not by so much.
    if (count < 0 || bytes < 0 || bytes > 1100 * size || bytes > Integer.MAX_VALUE - 8) {
      throw new IOException(name + ": `" + what + "` says that it is larger than the file");
    }
  }

  /** Numbers that are read when they are asked for. */
  final class Numbers {
    private final String path;
    private final Dataset data;

    Numbers(String path, Dataset data) {
      this.path = path;
      this.data = data;
    }

    Fixed read() throws IOException {
      return guarded(name, () -> {
        check(path, data.getSize(), data.getSizeInBytes());
        Object flat = data.getDataFlat();
        float[] values = switch (flat) {
          case float[] f -> f;
          case double[] d -> floats(d.length, i -> (float) d[i]);
          case int[] n -> floats(n.length, i -> n[i]);
          case long[] n -> floats(n.length, i -> n[i]);
          case Float f -> new float[] {f};
          case Double d -> new float[] {d.floatValue()};
          case Integer n -> new float[] {n};
          case Long n -> new float[] {n};
          case null, default -> throw new IOException(name + ": `" + path + "` is not numbers");
        };
        int[] dims = data.isScalar() ? new int[0] : data.getDimensions();
        long count = 1;
        for (int d : dims) {
          count *= d;
        }
        if (count != values.length) {
          throw new IOException(name + ": `" + path + "` has not as many numbers as it says");
        }
        return Fixed.of(dims, values);
      });
    }
  }

  private static float[] floats(int count, java.util.function.IntToDoubleFunction of) {
    float[] made = new float[count];
    for (int i = 0; i < count; i++) {
      made[i] = (float) of.applyAsDouble(i);
    }
    return made;
  }
}
