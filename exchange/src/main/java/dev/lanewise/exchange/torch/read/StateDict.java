package dev.lanewise.exchange.torch.read;

import dev.lanewise.dsl.exchange.StateReader;
import dev.lanewise.runtime.file.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A {@code state_dict} that {@code torch.save} has written: as an archive, or in the form before PyTorch 1.6; also the parameters of an archive of TorchScript. */
public final class StateDict implements StateReader {
  /** What a dictionary of a training calls its parameters. */
  private static final List<String> INSIDE = List.of("state_dict", "model_state_dict", "model");
  private static final Set<String> NUMBERS =
      Set.of("DoubleStorage", "FloatStorage", "HalfStorage", "BFloat16Storage", "LongStorage", "IntStorage", "ShortStorage", "CharStorage", "ByteStorage", "BoolStorage");
  private static final int MOST_AXES = 16;
  private static final int DEEPEST = 50;
  /** The last eight bytes of the number that files before PyTorch 1.6 begin with. */
  private static final long MAGIC = 0xa86a20f9469cfc6cL;

  /** Where the numbers of a storage lie. */
  @FunctionalInterface
  private interface Storages {
    ByteBuffer of(String key) throws IOException;
  }

  @Override
  public List<String> endings() {
    return List.of(".pt", ".pth", ".bin", ".ckpt");
  }

  @Override
  public List<Tensor> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer head = ByteBuffer.allocate(2);
      channel.read(head);
      return head.array()[0] == 'P' && head.array()[1] == 'K' ? archive(file) : old(channel, file);
    } catch (ZipException | EOFException e) {
      throw new IOException(file + " is damaged, or was cut off", e);
    }
  }

  private static List<Tensor> archive(Path file) throws IOException {
    long most = Files.size(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry pickle = null;
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
        ZipEntry entry = all.nextElement();
        pickle = entry.getName().equals("data.pkl") || entry.getName().endsWith("/data.pkl") ? entry : pickle;
      }
      if (pickle == null) {
        throw new IOException(file + " is an archive, but none that torch.save has written");
      }
      String folder = pickle.getName().substring(0, pickle.getName().length() - "data.pkl".length());
      Object read = Pickle.read(bytes(zip, pickle, most));
      Map<String, ByteBuffer> known = new HashMap<>();
      return tensors(read, most, key -> {
        ByteBuffer found = known.get(key);
        if (found == null) {
          ZipEntry entry = zip.getEntry(folder + "data/" + key);
          if (entry == null) {
            throw new IOException(file + " has no numbers `" + key + "`, which it speaks of");
          }
          found = bytes(zip, entry, most);
          known.put(key, found);
        }
        return found;
      });
    }
  }

  /** What is larger than the file would have to be unpacked; torch.save packs nothing. */
  private static ByteBuffer bytes(ZipFile zip, ZipEntry entry, long most) throws IOException {
    if (entry.getSize() < 0 || entry.getSize() > Math.min(most, Integer.MAX_VALUE - 8)) {
      throw new IOException("`" + entry.getName() + "` is larger than the file that it is in");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return ByteBuffer.wrap(in.readNBytes((int) entry.getSize())).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static List<Tensor> old(FileChannel channel, Path file) throws IOException {
    if (channel.size() > Integer.MAX_VALUE) {
      throw new IOException(file + " is larger than 2 GB, in a form before PyTorch 1.6");
    }
    ByteBuffer in = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    if (!Long.valueOf(MAGIC).equals(magic(in, file))) {
      throw new IOException(file + " is no file that torch.save has written");
    }
    // The file's version, and what is known of the machine.
    Pickle.read(in);
    Pickle.read(in);
    Object read = Pickle.read(in);
    Object keys = Pickle.read(in);
    int behind = in.position();
    Map<String, Integer> widths = new HashMap<>();
    widths(read, widths, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
    return tensors(read, channel.size(), key -> storage(in, behind, keys, key, widths, file));
  }

  private static Object magic(ByteBuffer in, Path file) throws IOException {
    try {
      return Pickle.read(in);
    } catch (IOException e) {
      throw new IOException(file + " is no file that torch.save has written", e);
    }
  }

  /** How many bytes a number takes of each storage that is spoken of anywhere, be it the optimiser's. */
  private static void widths(Object value, Map<String, Integer> widths, Set<Object> seen, int depth) {
    if (depth > DEEPEST || value == null || !seen.add(value)) {
      return;
    }
    switch (value) {
      case Pickle.Outside(Object id) when id instanceof List<?> all && all.size() >= 3 && all.get(1) instanceof Pickle.Global type && all.get(2) instanceof String key -> widths.put(key, width(type));
      case Pickle.Called called -> called.with().forEach(v -> widths(v, widths, seen, depth + 1));
      case Pickle.Scripted object -> object.attributes().values().forEach(v -> widths(v, widths, seen, depth + 1));
      case Map<?, ?> map -> map.values().forEach(v -> widths(v, widths, seen, depth + 1));
      case List<?> list -> list.forEach(v -> widths(v, widths, seen, depth + 1));
      default -> { }
    }
  }

  /** One storage after the other, each behind how many numbers it has. */
  private static ByteBuffer storage(ByteBuffer in, int from, Object keys, String key, Map<String, Integer> widths, Path file) throws IOException {
    ByteBuffer at = in.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(from);
    for (Object each : keys instanceof List<?> list ? list : List.of()) {
      if (at.remaining() < Long.BYTES) {
        break;
      }
      if (!(each instanceof String name)) {
        throw new IOException(file + " is damaged: a storage of it has no name");
      }
      Integer width = widths.get(name);
      if (width == null) {
        throw new IOException(file + " does not say of what numbers `" + name + "` are");
      }
      long bytes = at.getLong() * width;
      if (bytes < 0 || bytes > at.remaining()) {
        break;
      }
      if (key.equals(each)) {
        return at.slice(at.position(), (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
      }
      at.position(at.position() + (int) bytes);
    }
    throw new IOException(file + " ends before the numbers `" + key + "`");
  }

  private record Storage(String type, String key, int width) {}

  private static Optional<Storage> outside(Object value) {
    if (value instanceof Pickle.Called(Pickle.Global what, List<?> with) && what.name().startsWith("_rebuild_tensor") && with.size() >= 4
        && with.getFirst() instanceof Pickle.Outside(Object id) && id instanceof List<?> all && all.size() >= 3 && all.get(1) instanceof Pickle.Global type && all.get(2) instanceof String key) {
      return Optional.of(new Storage(type.name(), key, width(type)));
    }
    return Optional.empty();
  }

  private static int width(Pickle.Global type) {
    return switch (type.name()) {
      case "ComplexDoubleStorage" -> 16;
      case "DoubleStorage", "LongStorage", "ComplexFloatStorage" -> 8;
      case "FloatStorage", "IntStorage" -> 4;
      case "HalfStorage", "BFloat16Storage", "ShortStorage" -> 2;
      default -> 1;
    };
  }

  private static Map<?, ?> entries(Object read) {
    if (read instanceof Map<?, ?> map) {
      for (String inside : INSIDE) {
        if (map.get(inside) instanceof Map<?, ?> found) {
          return found;
        }
      }
      return map;
    }
    Map<String, Object> made = new LinkedHashMap<>();
    if (read instanceof Pickle.Scripted object) {
      attributes(object, "", made, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
    }
    return made;
  }

  /** Those of an object and of the objects in it. */
  private static void attributes(Pickle.Scripted object, String prefix, Map<String, Object> made, Set<Object> seen, int depth) {
    if (depth < DEEPEST && seen.add(object.attributes())) {
      object.attributes().forEach((name, value) -> {
        if (value instanceof Pickle.Scripted inner) {
          attributes(inner, prefix + name + ".", made, seen, depth + 1);
        } else {
          made.put(prefix + name, value);
        }
      });
    }
  }

  private static List<Tensor> tensors(Object read, long most, Storages storages) throws IOException {
    List<Tensor> made = new ArrayList<>();
    long all = 0;
    for (Map.Entry<?, ?> e : entries(read).entrySet()) {
      Optional<Storage> storage = outside(e.getValue());
      if (storage.isPresent() && e.getKey() instanceof String name) {
        Tensor tensor = tensor(name, (Pickle.Called) e.getValue(), storage.get(), storages, most - all);
        all += tensor.values().length;
        made.add(tensor);
      }
    }
    if (made.isEmpty()) {
      throw new IOException("it holds no parameters by their names");
    }
    return made;
  }

  /** @param room how many numbers there can be at most: a file has more bytes than numbers */
  private static Tensor tensor(String name, Pickle.Called call, Storage storage, Storages storages, long room) throws IOException {
    if (!NUMBERS.contains(storage.type())) {
      throw new IOException("`" + name + "` is of numbers that are not read: " + storage.type());
    }
    int[] sizes = wholes(call.with().get(2)), strides = wholes(call.with().get(3));
    long offset = call.with().get(1) instanceof Long o ? o : -1;
    long count = 1, last = offset;
    for (int i = 0; i < sizes.length && i < strides.length; i++) {
      count = count * sizes[i];
      last += (long) (sizes[i] - 1) * strides[i];
      if (count > room) {
        break;
      }
    }
    ByteBuffer in = storages.of(storage.key());
    if (offset < 0 || sizes.length != strides.length || sizes.length > MOST_AXES || count > room || count > 0 && last >= in.capacity() / storage.width()) {
      throw new IOException("the numbers of `" + name + "` do not lie in the file");
    }
    float[] values = new float[(int) count];
    int[] at = new int[sizes.length];
    int place = (int) offset;
    for (int i = 0; i < values.length; i++) {
      values[i] = number(in, storage, place);
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        place += strides[axis];
        if (++at[axis] < sizes[axis]) {
          break;
        }
        place -= strides[axis] * sizes[axis];
        at[axis] = 0;
      }
    }
    return new Tensor(name, IntStream.of(sizes).boxed().toList(), values);
  }

  private static int[] wholes(Object list) throws IOException {
    List<?> all = list instanceof Pickle.Called c && c.with().size() == 1 && c.with().getFirst() instanceof List<?> inner ? inner : list instanceof List<?> l ? l : List.of(-1L);
    int[] made = new int[all.size()];
    for (int i = 0; i < made.length; i++) {
      if (!(all.get(i) instanceof Long n) || n < 0 || n > Integer.MAX_VALUE) {
        throw new IOException("a tensor's shape is no list of whole numbers");
      }
      made[i] = (int) (long) n;
    }
    return made;
  }

  private static float number(ByteBuffer in, Storage storage, int place) {
    return switch (storage.type()) {
      case "DoubleStorage" -> (float) in.getDouble(8 * place);
      case "LongStorage" -> in.getLong(8 * place);
      case "IntStorage" -> in.getInt(4 * place);
      case "FloatStorage" -> in.getFloat(4 * place);
      case "HalfStorage" -> Float.float16ToFloat(in.getShort(2 * place));
      case "BFloat16Storage" -> Float.intBitsToFloat(in.getShort(2 * place) << 16);
      case "ShortStorage" -> in.getShort(2 * place);
      case "ByteStorage" -> in.get(place) & 0xff;
      case "CharStorage", "BoolStorage" -> in.get(place);
      default -> throw new IllegalArgumentException(storage.type());
    };
  }
}
