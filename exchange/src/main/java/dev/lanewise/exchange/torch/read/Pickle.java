package dev.lanewise.exchange.torch.read;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Python's pickles, as far as they are data: dictionaries, lists, tuples, texts, numbers, and the few calls that tensors are put together by, which are not done but noted.
 * A pickle is a program; what would make it run anything else is refused.
 */
final class Pickle {
  /** A name that a pickle reads. */
  record Global(String module, String name) {
    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  /** A call of one of the names that are known. */
  record Called(Global what, List<?> with) {}

  /** An object of TorchScript, of which nothing but its attributes is read. */
  record Scripted(Map<Object, Object> attributes) {}

  /** What lies elsewhere in the file. */
  record Outside(Object id) {}

  private record Mark() {}

  private static final Mark MARK = new Mark();

  private final ByteBuffer in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private Pickle(ByteBuffer in) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The next one of a file; what follows it is left in the buffer. */
  static Object read(ByteBuffer in) throws IOException {
    int start = in.position();
    try {
      return new Pickle(in).run();
    } catch (BufferUnderflowException | UnsupportedOperationException | NoSuchElementException | IndexOutOfBoundsException | ClassCastException | NegativeArraySizeException e) {
      throw new IOException("its pickle at byte " + start + " is damaged, or was cut off", e);
    }
  }

  private Object run() throws IOException {
    while (true) {
      int code = in.get() & 0xff;
      switch (code) {
        case 0x80 -> in.get();
        case 0x95 -> in.getLong();
        case '.' -> {
          return pop();
        }
        case '(' -> stack.add(MARK);
        case '}' -> stack.add(new LinkedHashMap<>());
        case ']' -> stack.add(new ArrayList<>());
        case ')' -> stack.add(List.of());
        case 'N' -> stack.add(null);
        case 0x88 -> stack.add(true);
        case 0x89 -> stack.add(false);
        case 'J' -> stack.add((long) in.getInt());
        case 'K' -> stack.add((long) (in.get() & 0xff));
        case 'M' -> stack.add((long) (in.getShort() & 0xffff));
        case 0x8a -> stack.add(number(in.get() & 0xff));
        case 'G' -> stack.add(ByteBuffer.wrap(bytes(8)).getDouble());
        case 'X' -> stack.add(text(in.getInt()));
        case 0x8c, 'U' -> stack.add(text(in.get() & 0xff));
        case 'T' -> stack.add(text(in.getInt()));
        case 0x94 -> memo.put(memo.size(), top());
        case 'q' -> memo.put(in.get() & 0xff, top());
        case 'r' -> memo.put(in.getInt(), top());
        case 'h' -> stack.add(known(in.get() & 0xff));
        case 'j' -> stack.add(known(in.getInt()));
        case 0x85 -> stack.add(Collections.singletonList(pop()));
        case 0x86 -> stack.add(last(2));
        case 0x87 -> stack.add(last(3));
        case 't' -> stack.add(marked());
        case '0' -> pop();
        case 'a' -> {
          Object value = pop();
          list().add(value);
        }
        case 'e' -> {
          List<Object> values = marked();
          list().addAll(values);
        }
        case 's' -> {
          List<Object> pair = last(2);
          put(pair.getFirst(), pair.getLast());
        }
        case 'u' -> {
          List<Object> pairs = marked();
          for (int i = 0; i + 1 < pairs.size(); i += 2) {
            put(pairs.get(i), pairs.get(i + 1));
          }
        }
        case 'c' -> stack.add(allowed(new Global(line(), line())));
        case 0x93 -> {
          List<Object> names = last(2);
          stack.add(allowed(new Global((String) names.getFirst(), (String) names.getLast())));
        }
        case 'R' -> {
          List<Object> call = last(2);
          stack.add(called((Global) call.getFirst(), (List<?>) call.getLast()));
        }
        case 0x81 -> {
          List<Object> made = last(2);
          stack.add(scripted((Global) made.getFirst()));
        }
        case 'b' -> {
          Object state = pop();
          // What a dictionary is told of itself, such as the version of its parts, is for nobody.
          if (top() instanceof Scripted s && state instanceof Map<?, ?> attributes) {
            s.attributes().putAll(attributes);
          }
        }
        case 'Q' -> stack.add(new Outside(pop()));
        default -> throw new IOException("its pickle does what no file of parameters needs (code " + code + " at byte " + (in.position() - 1) + "): nothing of it is run");
      }
    }
  }

  private static Global allowed(Global global) throws IOException {
    boolean storage = global.module().equals("torch") && global.name().endsWith("Storage");
    boolean known = storage || isScripted(global) || List.of(
        "collections.OrderedDict", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor", "torch._utils._rebuild_parameter", "torch.Size", "torch.nn.parameter.Parameter")
        .contains(global.toString());
    if (!known) {
      throw new IOException("it holds `" + global + "`, which is no parameter: nothing of it is run. In Python, torch.save(model.state_dict(), \"model.pt\") writes the parameters alone");
    }
    return global;
  }

  private static boolean isScripted(Global global) {
    return global.module().equals("__torch__") || global.module().startsWith("__torch__.") || global.module().equals("torch.jit._pickle");
  }

  private static Scripted scripted(Global global) throws IOException {
    if (!isScripted(global)) {
      throw new IOException("it makes a `" + global + "`, which is no parameter: nothing of it is run");
    }
    return new Scripted(new LinkedHashMap<>());
  }

  private static Object called(Global what, List<?> with) {
    return switch (what.name()) {
      case "OrderedDict" -> new LinkedHashMap<>();
      case "_rebuild_parameter" -> with.getFirst();
      default -> new Called(what, with);
    };
  }

  private Object pop() {
    return stack.removeLast();
  }

  private Object top() {
    return stack.getLast();
  }

  private Object known(int place) throws IOException {
    if (!memo.containsKey(place)) {
      throw new IOException("its pickle is damaged: nothing is remembered as " + place);
    }
    return memo.get(place);
  }

  private List<Object> last(int count) {
    List<Object> tail = stack.subList(stack.size() - count, stack.size());
    List<Object> made = new ArrayList<>(tail);
    tail.clear();
    return made;
  }

  private List<Object> marked() {
    int from = stack.size() - 1;
    while (stack.get(from) != MARK) {
      from--;
    }
    List<Object> made = new ArrayList<>(stack.subList(from + 1, stack.size()));
    stack.subList(from, stack.size()).clear();
    return made;
  }

  @SuppressWarnings("unchecked")
  private List<Object> list() {
    return (List<Object>) top();
  }

  @SuppressWarnings("unchecked")
  private Map<Object, Object> dictionary() {
    return (Map<Object, Object>) top();
  }

  /** Keys are texts or numbers; anything else might be a dictionary that holds itself. */
  private void put(Object key, Object value) throws IOException {
    if (!(key instanceof String || key instanceof Long)) {
      throw new IOException("its pickle has a dictionary whose keys are no texts");
    }
    dictionary().put(key, value);
  }

  private byte[] bytes(int count) {
    if (count < 0 || count > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] made = new byte[count];
    in.get(made);
    return made;
  }

  private String text(int length) {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  private String line() {
    StringBuilder text = new StringBuilder();
    for (char c = (char) (in.get() & 0xff); c != '\n'; c = (char) (in.get() & 0xff)) {
      text.append(c);
    }
    return text.toString();
  }

  private long number(int length) {
    byte[] little = bytes(length);
    long made = length > 0 && little[length - 1] < 0 ? -1 : 0;
    for (int i = Math.min(7, length - 1); i >= 0; i--) {
      made = made << 8 | little[i] & 0xff;
    }
    return made;
  }
}
