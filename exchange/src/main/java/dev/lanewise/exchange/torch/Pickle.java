package dev.lanewise.exchange.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one of Python's pickles as data. A pickle is a program for a small machine that may call anything; this machine makes numbers, texts, lists, tuples, dictionaries
 * and tensors. Whatever else a file names is refused by that name.
 */
final class Pickle {
  private static final int MOST = 5_000_000;
  private static final Object MARK = new Object();

  /** What a file names: a class or a function. */
  record Global(String module, String name) {
    @Override
    public String toString() {
      return module.isEmpty() ? name : module + "." + name;
    }
  }

  /** What lies elsewhere in the file. @param of what Python wrote of it: its kind, key, device and size */
  record Stored(List<?> of) {
    String key() {
      return (String) of.get(2);
    }

    Global type() {
      return (Global) of.get(1);
    }
  }

  /** Numbers, seen through a shape. */
  record View(Stored storage, long offset, List<?> shape, List<?> strides) {}

  /** An object of TorchScript. @param state its attributes, by name */
  record Scripted(Global kind, Map<Object, Object> state) {}

  /** Where a file wants something run. */
  static final class RefusedGlobalException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedGlobalException(Global global) {
      super("it wants to run `" + global + "`: refused. " + (global.module().startsWith("torch.nn") || global.module().equals("__main__")
          ? "It holds a whole model, not its weights alone: write these by `torch.save(model.state_dict(), \"m.pt\")`" : "No code of a file is run here"));
    }
  }

  private final ByteBuffer in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private int steps;

  /** @param in from where it begins; afterwards where it ends */
  Pickle(ByteBuffer in) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** @return Long, Double, Boolean, String, List, Map, {@link Stored}, {@link View}, {@link Scripted}, or null */
  Object read() throws IOException {
    try {
      while (true) {
        if (++steps > MOST) {
          throw new IOException("its pickle has more than " + MOST + " steps");
        }
        int op = in.get() & 0xff;
        if (op == '.') {
          return stack.removeLast();
        }
        step(op);
      }
    } catch (java.nio.BufferUnderflowException | java.util.NoSuchElementException | IndexOutOfBoundsException | ClassCastException | NumberFormatException e) {
      throw new IOException("offset " + in.position() + ": its pickle is damaged, or was cut off", e);
    }
  }

  private void step(int op) throws IOException {
    switch (op) {
      case 0x80 -> in.get();
      case 0x95 -> in.getLong();
      case '(' -> stack.add(MARK);
      case 'N' -> stack.add(null);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'J' -> stack.add((long) in.getInt());
      case 'K' -> stack.add((long) (in.get() & 0xff));
      case 'M' -> stack.add((long) (in.getShort() & 0xffff));
      case 0x8a -> stack.add(longOf(in.get() & 0xff));
      case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
      case 'I' -> stack.add(Long.valueOf(line()));
      case 'X' -> stack.add(text(in.getInt()));
      case 0x8c -> stack.add(text(in.get() & 0xff));
      case 'U' -> stack.add(text(in.get() & 0xff));
      case ')' -> stack.add(new ArrayList<>());
      case ']' -> stack.add(new ArrayList<>());
      case '}' -> stack.add(new LinkedHashMap<>());
      case 't', 'l' -> stack.add(sinceMark());
      case 0x85 -> stack.add(taken(1));
      case 0x86 -> stack.add(taken(2));
      case 0x87 -> stack.add(taken(3));
      case 'a' -> {
        Object value = stack.removeLast();
        list(stack.getLast()).add(value);
      }
      case 'e' -> {
        List<Object> values = sinceMark();
        list(stack.getLast()).addAll(values);
      }
      case 's' -> {
        Object value = stack.removeLast(), key = stack.removeLast();
        map(stack.getLast()).put(key(key), value);
      }
      case 'u' -> {
        List<Object> values = sinceMark();
        for (int i = 0; i < values.size(); i += 2) {
          map(stack.getLast()).put(key(values.get(i)), values.get(i + 1));
        }
      }
      case 'd' -> {
        List<Object> values = sinceMark();
        Map<Object, Object> made = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i += 2) {
          made.put(key(values.get(i)), values.get(i + 1));
        }
        stack.add(made);
      }
      case 'q' -> memo.put(in.get() & 0xff, stack.getLast());
      case 'r' -> memo.put(in.getInt(), stack.getLast());
      case 0x94 -> memo.put(memo.size(), stack.getLast());
      case 'h' -> stack.add(known(in.get() & 0xff));
      case 'j' -> stack.add(known(in.getInt()));
      case '0' -> stack.removeLast();
      case '2' -> stack.add(stack.getLast());
      case 'c' -> stack.add(global(new Global(line(), line())));
      case 0x93 -> {
        String name = (String) stack.removeLast();
        stack.add(global(new Global((String) stack.removeLast(), name)));
      }
      case 'Q' -> stack.add(new Stored(list(stack.removeLast())));
      case 'R' -> {
        List<Object> arguments = list(stack.removeLast());
        stack.add(called((Global) stack.removeLast(), arguments));
      }
      case 0x81 -> {
        stack.removeLast();
        stack.add(new Scripted(scripted((Global) stack.removeLast()), new LinkedHashMap<>()));
      }
      case 'b' -> built();
      default -> throw new IOException("offset " + (in.position() - 1) + ": its pickle has a step `" + Integer.toHexString(op) + "`, which no file of weights needs");
    }
  }

  private Object known(int number) throws IOException {
    if (!memo.containsKey(number)) {
      throw new IOException("offset " + in.position() + ": its pickle is damaged: it reads what it has not written");
    }
    return memo.get(number);
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (char c = (char) (in.get() & 0xff); c != '\n' && line.length() < 1000; c = (char) (in.get() & 0xff)) {
      line.append(c);
    }
    return line.toString();
  }

  private String text(int length) {
    if (length < 0 || length > in.remaining()) {
      throw new java.nio.BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Object longOf(int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    // Numbers of more than 64 bits are marks of the old form alone.
    long value = 0;
    for (int i = Math.min(8, length) - 1; i >= 0; i--) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return length > 0 && length < 8 && bytes[length - 1] < 0 ? value | -1L << 8 * length : value;
  }

  private List<Object> sinceMark() {
    List<Object> values = new ArrayList<>();
    for (Object value = stack.removeLast(); value != MARK; value = stack.removeLast()) {
      values.add(value);
    }
    return new ArrayList<>(values.reversed());
  }

  private List<Object> taken(int count) {
    List<Object> last = stack.subList(stack.size() - count, stack.size());
    List<Object> values = new ArrayList<>(last);
    last.clear();
    return values;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, Object> map(Object value) {
    return (Map<Object, Object>) value;
  }

  /** Only what has an order of its own is a key: a list may change. */
  private static Object key(Object value) {
    return value instanceof String || value instanceof Long || value instanceof Boolean || value instanceof Double ? value : String.valueOf(value instanceof Global ? value : "?");
  }

  private static Global global(Global global) throws IOException {
    boolean known = switch (global.toString()) {
      case "collections.OrderedDict", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor", "torch._utils._rebuild_parameter", "torch.Size", "torch.device",
          "__builtin__.set", "builtins.set" -> true;
      default -> global.module().equals("torch") && (global.name().endsWith("Storage") || TorchFile.isType(global.name())) || global.module().equals("torch.storage") && global.name().equals("UntypedStorage")
          || isScripted(global);
    };
    if (!known) {
      throw new RefusedGlobalException(global);
    }
    return global;
  }

  private static Global scripted(Global global) throws IOException {
    if (!isScripted(global)) {
      throw new RefusedGlobalException(global);
    }
    return global;
  }

  private static boolean isScripted(Global global) {
    return global.module().equals("__torch__") || global.module().startsWith("__torch__.");
  }

  private Object called(Global global, List<Object> with) throws IOException {
    return switch (global.toString()) {
      case "collections.OrderedDict" -> {
        Map<Object, Object> made = new LinkedHashMap<>();
        // What is copied again and again counts again and again.
        steps += with.isEmpty() ? 0 : list(with.getFirst()).size();
        for (Object pair : with.isEmpty() ? List.of() : list(with.getFirst())) {
          made.put(key(list(pair).getFirst()), list(pair).get(1));
        }
        yield made;
      }
      case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor" -> new View((Stored) with.getFirst(), (Long) with.get(1), list(with.get(2)), list(with.get(3)));
      case "torch._utils._rebuild_parameter" -> with.getFirst();
      case "torch.Size", "__builtin__.set", "builtins.set" -> with.isEmpty() ? List.of() : with.getFirst();
      case "torch.device" -> "";
      default -> throw new RefusedGlobalException(global);
    };
  }

  private void built() {
    Object state = stack.removeLast();
    // What an ordered dictionary has besides its entries, the versions of modules, is for nobody.
    if (stack.getLast() instanceof Scripted s && state instanceof Map<?, ?> attributes) {
      steps += attributes.size();
      s.state().putAll(attributes);
    }
  }
}
