package dev.lanewise.dsl.check.expression;

import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import java.util.ArrayList;
import java.util.List;

/** What cuts a value along its first axis, channels or features, puts pieces together, and swaps axes. */
record Pieces(Tensors tensors) {
  static final List<String> FUNCTIONS = List.of("concat", "part", "split", "transpose");

  /** One of the {@link #FUNCTIONS} that gives a single value; null if it takes other arguments. */
  Traced call(String function, List<Traced> arguments) {
    List<Traced> values = arguments.stream().map(tensors::read).toList();
    return switch (function) {
      case "concat" -> values.size() < 2 ? null : concat(values);
      case "part" -> values.size() != 3 ? null : part(values.get(0), whole(values.get(1)), whole(values.get(2)), "slice");
      case "transpose" -> values.size() != 1 ? null : tensors.step(function, new Transpose(shaped(function, values.getFirst()).shape()), values.getFirst());
      default -> throw new ShapeException(
          Problem.BAD_ARGUMENT, "`split` gives several values, and here is room for one", "write a, b = split(x, 2), or part(x, 0, 2)");
    };
  }

  private Traced concat(List<Traced> values) {
    values.forEach(v -> shaped("concat", v));
    return tensors.step("concat", new Concat(values.stream().map(Traced::shape).toList()), values);
  }

  /** So many equal parts. @param names that they are bound to, as far as there are */
  List<Traced> split(Traced value, Traced count, List<String> names) {
    Traced x = tensors.read(value);
    int parts = whole(count);
    List<Traced> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      all.add(part(x, i, parts, i < names.size() ? names.get(i) : "slice"));
    }
    return all;
  }

  private Traced part(Traced x, int index, int count, String name) {
    int channels = shaped("part", x).shape().channels();
    if (count < 1 || channels % count != 0) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, x.shape() + " cannot be cut into " + count + " equal parts", "use a number that divides " + channels);
    }
    if (index >= count) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, "there is no part " + index + " of " + count, "they are counted from 0 to " + (count - 1));
    }
    int size = channels / count;
    return slice(x, index * size, (index + 1) * size, name);
  }

  Traced slice(Traced value, int from, int to) {
    return slice(value, from, to, "slice");
  }

  private Traced slice(Traced value, int from, int to, String name) {
    Traced x = tensors.read(value);
    boolean all = from == 0 && to == x.shape().channels();
    return all ? x : tensors.step(name, new Slice(x.shape(), from, to), x);
  }

  private static Traced shaped(String function, Traced x) {
    if (x.isNumber()) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, "`" + function + "` takes values of a shape, not a number", Tensors.help().get(function));
    }
    return x;
  }

  private static int whole(Traced number) {
    double value = number.isNumber() ? number.term().evaluate(_ -> Double.NaN) : Double.NaN;
    if (!(value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
      throw new ShapeException(Problem.BAD_ARGUMENT, "parts are counted by whole numbers that are known", Tensors.help().get("part"));
    }
    return (int) value;
  }
}
