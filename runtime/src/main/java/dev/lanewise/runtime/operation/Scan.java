package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A recurrence: the same at one place of a sequence after the other, each of which gets the states that the one before has left; zeros come to
 * the first. A loop, not a chain of copies: {@code body} is compiled once.
 *
 * <pre>s[0] = 0;  (y[p], s[p + 1]) = body(x[p], s[p])</pre>
 *
 * <p>Its gradient is another scan, the other way round, whose states are the gradients of these (backpropagation through time, Werbos 1990). What that
 * reads of the way forward is told at every place, too. Gradients of parameters are sums over all places, and no work of the loop.
 *
 * @param told the values that are told at every place: the output, then what the gradient reads
 * @param backwards whether it begins at the last place
 */
public record Scan(String name, Body body, List<Value> told, int places, boolean backwards) implements Operation {
  public Scan {
    told = List.copyOf(told);
  }

  /** A recurrence with an output, which can be learned. */
  public static Scan of(Body body, Value output, int places, boolean backwards) {
    Reverse reverse = Reverse.of(body, output, v -> true);
    List<Value> told = Stream.concat(Stream.of(output), reverse.saved().stream().filter(v -> !v.equals(output))).toList();
    return new Scan("scan", body, told, places, backwards);
  }

  /** The same without what only its gradient reads. */
  public Scan alone() {
    List<Value> output = List.of(told.getFirst());
    return new Scan(name, body, output, places, backwards);
  }

  /** The same, which tells every value that a formula of its body makes: gates and states. */
  public Scan open() {
    return new Scan(name, body, body.steps().stream().filter(s -> s.operation() instanceof Pointwise).map(Body.Step::output).toList(), places, backwards);
  }

  @Override
  public List<Type> inputs() {
    return Stream.concat(body.each().stream().map(v -> Body.over(v, places)), body.fixed().stream().map(Value::type)).toList();
  }

  @Override
  public List<Type> outputs() {
    return told.stream().map(v -> Body.over(v, places)).toList();
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    List<double[]> states = new ArrayList<>(body.states().stream().map(s -> new double[s.shape().size()]).toList());
    for (int i = 0; i < places; i++) {
      int place = backwards ? places - 1 - i : i;
      Map<Value, double[]> values = new HashMap<>();
      for (int k = 0; k < body.each().size(); k++) {
        int size = body.each().get(k).shape().size();
        values.put(body.each().get(k), java.util.Arrays.copyOfRange(in[k], place * size, (place + 1) * size));
      }
      for (int k = 0; k < body.fixed().size(); k++) {
        values.put(body.fixed().get(k), in[body.each().size() + k]);
      }
      for (int k = 0; k < states.size(); k++) {
        values.put(body.states().get(k), states.get(k));
      }
      body.evaluate(values);
      for (int k = 0; k < told.size(); k++) {
        double[] value = values.get(told.get(k));
        for (int e = 0; e < value.length; e++) {
          out[k][place * value.length + e] += value[e];
        }
      }
      states.clear();
      body.next().forEach(v -> states.add(values.get(v)));
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    Map<Value, Value> outside = new HashMap<>();
    List<Value> inputs = Stream.concat(body.each().stream(), body.fixed().stream()).toList();
    for (int i = 0; i < inputs.size(); i++) {
      outside.put(inputs.get(i), in.get(i));
    }
    for (int i = 0; i < told.size(); i++) {
      outside.putIfAbsent(told.get(i), out.get(i));
    }
    Reverse reverse = Reverse.of(body, told.getFirst(), v -> !inputs.contains(v) || needed[inputs.indexOf(v)]);
    outside.put(reverse.dOut(), dOut);
    Scan back = new Scan("scan.dx", reverse.body(), reverse.told(), places, !backwards);
    if (!back.told.isEmpty()) {
      List<Value> read = Stream.concat(back.body.each().stream(), back.body.fixed().stream()).map(outside::get).toList();
      List<Value> made = emitter.emitAll("d" + out.getFirst().name(), back, read);
      for (int i = 0; i < made.size(); i++) {
        outside.put(back.told.get(i), made.get(i));
      }
    }
    List<Value> gradients = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      gradients.add(needed[i] ? gradient(emitter, "d" + in.get(i).name(), inputs.get(i), reverse, outside) : null);
    }
    return gradients;
  }

  private Value gradient(Emitter emitter, String name, Value input, Reverse reverse, Map<Value, Value> outside) {
    if (input.isShared()) {
      Value sum = null;
      for (Reverse.Sum each : reverse.sums(input)) {
        Value[] read = each.inputs().stream().map(outside::get).toArray(Value[]::new);
        Value one = Lift.emitter(emitter, places).emit(name, each.operation(), read);
        sum = sum == null ? one : emitter.emit(name, new SharedSum(one.shape(), 2), sum, one);
      }
      return sum;
    }
    Value own = reverse.gradient(input);
    if (own == null || body.each().contains(input)) {
      return own == null ? null : outside.get(own);
    }
    // The same at all places: the sum over them.
    Value places = outside.get(own);
    Value flat = emitter.emit(name, new Reduce(places.shape(), 1, input.shape().size(), 1), places);
    return flat.shape().equals(input.shape()) ? flat : emitter.emit(name, new Reshape(flat.shape(), input.shape()), flat);
  }

  @Override
  public Optional<LinearMap> linearMap(int input) {
    int fixed = input - body.each().size();
    if (fixed < 0 || !body.fixed().get(fixed).isShared()) {
      return Optional.empty();
    }
    Value parameter = body.fixed().get(fixed);
    List<Body.Step> readers = body.steps().stream().filter(s -> s.inputs().contains(parameter)).toList();
    Optional<LinearMap> first = readers.isEmpty() ? Optional.empty() : readers.getFirst().operation().linearMap(readers.getFirst().inputs().indexOf(parameter));
    return readers.stream().allMatch(s -> s.operation().linearMap(s.inputs().indexOf(parameter)).equals(first)) ? first : Optional.empty();
  }

  @Override
  public boolean multiplies() {
    return body.steps().stream().anyMatch(s -> s.operation().multiplies());
  }

  @Override
  public long multiplyAdds() {
    return places * body.steps().stream().mapToLong(s -> s.operation().multiplyAdds()).sum();
  }
}
