package dev.lanewise.exchange.torch;

import dev.lanewise.dsl.exchange.WeightsReader;
import dev.lanewise.runtime.file.Allowance;
import dev.lanewise.runtime.file.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Files of {@code torch.save} and {@code torch.jit.save}: an archive of a pickle and storages, or, of old, pickles one after the other with the storages behind them. */
public final class TorchFile implements WeightsReader {
  private static final int DEEPEST = 50;
  private static final String REMEDY = "a file of that size is not read";
  /** Where checkpoints of trainings have the parameters. */
  private static final List<String> WITHIN = List.of("state_dict", "model_state_dict", "model_state", "model", "module", "net", "params_ema", "params", "weights", "ema");

  /** How a storage's numbers are written. */
  private enum Type {
    DOUBLE("float64", 8), FLOAT("float32", 4), HALF("float16", 2), BFLOAT16("bfloat16", 2), LONG("int64", 8), INT("int32", 4), SHORT("int16", 2), CHAR("int8", 1), BYTE("uint8", 1), BOOL("bool", 1);

    private final String word;
    private final int bytes;

    Type(String word, int bytes) {
      this.word = word;
      this.bytes = bytes;
    }

    float at(ByteBuffer in, int place) {
      return switch (this) {
        case DOUBLE -> (float) in.getDouble(place);
        case FLOAT -> in.getFloat(place);
        case HALF -> Float.float16ToFloat(in.getShort(place));
        case BFLOAT16 -> Float.intBitsToFloat(in.getShort(place) << 16);
        case LONG -> in.getLong(place);
        case INT -> in.getInt(place);
        case SHORT -> in.getShort(place);
        case CHAR -> in.get(place);
        case BYTE -> in.get(place) & 0xff;
        case BOOL -> in.get(place) == 0 ? 0 : 1;
      };
    }

    static Optional<Type> of(String name) {
      for (Type t : values()) {
        if (name.equalsIgnoreCase(t.name() + "Storage") || name.equals(t.word)) {
          return Optional.of(t);
        }
      }
      return Optional.empty();
    }
  }

  static boolean isType(String name) {
    return Type.of(name).isPresent();
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
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
    }
    try {
      return head.length == 4 && head[0] == 'P' && head[1] == 'K' ? archive(file) : old(file);
    } catch (ZipException | IllegalArgumentException | StackOverflowError e) {
      throw new IOException(file + " is no file of PyTorch, or was cut off", e);
    } catch (ClassCastException | IndexOutOfBoundsException | ArithmeticException | NullPointerException e) {
      throw new IOException(file + " is no file of PyTorch that can be read, or it is damaged", e);
    } catch (IOException e) {
      throw e.getMessage() != null && e.getMessage().startsWith(file.toString()) ? e : new IOException(file + ": " + (e.getMessage() == null ? "it was cut off" : e.getMessage()), e);
    }
  }

  /** Where storages lie, by their keys. */
  @FunctionalInterface
  private interface Storages {
    ByteBuffer of(Pickle.Stored stored) throws IOException;
  }

  private static List<Tensor> archive(Path file) throws IOException {
    Allowance allowance = new Allowance();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String pickle = zip.stream().map(ZipEntry::getName).filter(n -> n.endsWith("/data.pkl") || n.equals("data.pkl")).findFirst()
          .orElseThrow(() -> new IOException("it is an archive, but none of torch.save: it has no data.pkl"));
      String folder = pickle.substring(0, pickle.length() - "data.pkl".length());
      ZipEntry order = zip.getEntry(folder + "byteorder");
      if (order != null && new String(entry(zip, order, allowance)).startsWith("big")) {
        throw new IOException("its numbers are big-endian, which is not read");
      }
      Object all = new Pickle(ByteBuffer.wrap(entry(zip, zip.getEntry(pickle), allowance))).read();
      Map<String, ByteBuffer> known = new HashMap<>();
      return tensors(all, stored -> {
        String key = stored.key();
        if (!known.containsKey(key)) {
          ZipEntry entry = zip.getEntry(folder + "data/" + key);
          if (entry == null) {
            throw new IOException("its storage `" + key + "` is missing: it was cut off");
          }
          known.put(key, ByteBuffer.wrap(entry(zip, entry, allowance)));
        }
        return known.get(key);
      }, allowance);
    }
  }

  private static byte[] entry(ZipFile zip, ZipEntry entry, Allowance allowance) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] piece = new byte[1 << 16];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        allowance.take(entry.getName(), 2L * count, REMEDY);
        all.write(piece, 0, count);
      }
    }
    return all.toByteArray();
  }

  /** A mark, a version, what machine wrote it; then what was saved, the keys of the storages, and each of these behind its length. */
  private static List<Tensor> old(Path file) throws IOException {
    Allowance allowance = new Allowance();
    allowance.take(file.toString(), Files.size(file), REMEDY);
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < 16 || in.get(0) != (byte) 0x80 || in.get(2) != (byte) 0x8a) {
      throw new IOException("it is no file of torch.save");
    }
    for (int i = 0; i < 3; i++) {
      new Pickle(in).read();
    }
    Object all = new Pickle(in).read();
    List<?> keys = (List<?>) new Pickle(in).read();
    Map<String, Integer> starts = new HashMap<>();
    Map<String, Integer> widths = new HashMap<>();
    widths(all, widths, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
    for (Object key : keys) {
      long count = in.remaining() < 8 ? -1 : in.getLong();
      long bytes = count * widths.getOrDefault(String.valueOf(key), 4);
      if (count < 0 || count > Integer.MAX_VALUE || bytes > in.remaining()) {
        throw new IOException("offset " + in.position() + ": its storage `" + key + "` is cut off");
      }
      starts.put(String.valueOf(key), in.position());
      in.position(in.position() + (int) bytes);
    }
    int end = in.position();
    return tensors(all, stored -> {
      Integer start = starts.get(stored.key());
      if (start == null) {
        throw new IOException("its storage `" + stored.key() + "` is missing");
      }
      return in.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(start).limit(end).slice();
    }, allowance);
  }

  private static void widths(Object value, Map<String, Integer> widths, Set<Object> seen, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("things lie within things, and so on");
    }
    if (value != null && !seen.add(value)) {
      return;
    }
    switch (value) {
      case Pickle.View(Pickle.Stored stored, _, _, _) -> widths.put(stored.key(), type(stored).bytes);
      case Map<?, ?> m -> {
        for (Object v : m.values()) {
          widths(v, widths, seen, depth + 1);
        }
      }
      case List<?> l -> {
        for (Object v : l) {
          widths(v, widths, seen, depth + 1);
        }
      }
      case null, default -> { }
    }
  }

  private static Type type(Pickle.Stored stored) throws IOException {
    String name = stored.type().name();
    return Type.of(name).orElseThrow(() -> new IOException("it has numbers of a `" + name + "`, which are not read"));
  }

  private static List<Tensor> tensors(Object all, Storages storages, Allowance allowance) throws IOException {
    Map<String, Pickle.View> views = new LinkedHashMap<>();
    if (all instanceof Pickle.Scripted s) {
      attributes(s, "", views, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
    } else {
      entries(all).forEach((name, value) -> {
        if (value instanceof Pickle.View v) {
          views.put(String.valueOf(name), v);
        }
      });
    }
    if (views.isEmpty()) {
      throw new IOException("it holds no parameters: write them by `torch.save(model.state_dict(), \"m.pt\")`");
    }
    List<Tensor> made = new ArrayList<>();
    for (Map.Entry<String, Pickle.View> e : views.entrySet()) {
      made.add(tensor(e.getKey(), e.getValue(), storages, allowance));
    }
    return made;
  }

  /** A state_dict, or that of a checkpoint. */
  private static Map<?, ?> entries(Object all) throws IOException {
    if (!(all instanceof Map<?, ?> map)) {
      throw new IOException("it holds no parameters: write them by `torch.save(model.state_dict(), \"m.pt\")`");
    }
    if (map.values().stream().anyMatch(Pickle.View.class::isInstance)) {
      return map;
    }
    for (String key : WITHIN) {
      if (map.get(key) instanceof Map<?, ?> inner && inner.values().stream().anyMatch(Pickle.View.class::isInstance)) {
        return inner;
      }
    }
    return map;
  }

  private static void attributes(Pickle.Scripted object, String prefix, Map<String, Pickle.View> views, Set<Object> seen, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("modules lie within modules, and so on");
    }
    for (Map.Entry<Object, Object> e : object.state().entrySet()) {
      String name = prefix + e.getKey();
      if (e.getValue() instanceof Pickle.View v) {
        views.put(name, v);
      } else if (e.getValue() instanceof Pickle.Scripted inner && seen.add(inner)) {
        attributes(inner, name + ".", views, seen, depth + 1);
      }
    }
  }

  private static Tensor tensor(String name, Pickle.View view, Storages storages, Allowance allowance) throws IOException {
    List<Integer> shape = new ArrayList<>();
    long size = 1, last = view.offset();
    if (!view.shape().stream().allMatch(Long.class::isInstance) || !view.strides().stream().allMatch(Long.class::isInstance)) {
      throw new IOException("`" + name + "` has a shape that is no numbers");
    }
    for (int i = 0; i < view.shape().size(); i++) {
      long dim = (Long) view.shape().get(i), stride = (Long) view.strides().get(i);
      if (dim < 0 || stride < 0 || dim > Integer.MAX_VALUE || stride > Integer.MAX_VALUE) {
        throw new IOException("`" + name + "` has a shape of " + view.shape() + " with steps of " + view.strides());
      }
      shape.add((int) dim);
      size = Math.multiplyExact(size, dim);
      last = Math.addExact(last, Math.multiplyExact(Math.max(0, dim - 1), stride));
    }
    Type type = type(view.storage());
    ByteBuffer numbers = storages.of(view.storage()).duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (view.offset() < 0 || size > 0 && last >= numbers.remaining() / type.bytes) {
      throw new IOException("`" + name + "` lies beyond its storage: the file is damaged, or was cut off");
    }
    allowance.take("`" + name + "`", 4 * size, REMEDY);
    float[] values = new float[(int) size];
    int[] at = new int[shape.size()];
    long place = view.offset();
    for (int i = 0; i < values.length; i++) {
      values[i] = type.at(numbers, (int) place * type.bytes);
      for (int axis = at.length - 1; axis >= 0; axis--) {
        place += (Long) view.strides().get(axis);
        if (++at[axis] < shape.get(axis)) {
          break;
        }
        place -= (Long) view.strides().get(axis) * shape.get(axis);
        at[axis] = 0;
      }
    }
    return new Tensor(name, shape, values);
  }
}
