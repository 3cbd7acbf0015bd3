package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.tensor.Shape;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The nearest number that makes a layer fit: {@code conv(8, 3, groups = 3)} of four channels has 2 or 4 groups.
 *
 * @param given its arguments, one of which makes no sense
 */
record Nearest(Building at, Layer layer, Step.Apply step, Arguments given) {
  /** What one has no reason to choose otherwise, before what is a matter of taste; the rest makes another network. */
  private static final List<String> SURE = List.of("groups", "heads", "stride", "dilation");
  private static final List<String> PERHAPS = List.of("output_pad", "pad", "kernel", "size");
  private static final int MOST = 64;
  private static final double PERCENT = 100;

  Remedy of(ShapeException e) {
    return switch (e.problem()) {
      case BAD_ARGUMENT, HEADS -> first(SURE).or(this::share).or(this::window).or(() -> first(PERHAPS).map(r -> isSame() ? r : r.perhaps())).orElse(Remedy.NONE);
      case WINDOW_TOO_LARGE -> first(PERHAPS).map(Remedy::perhaps).orElse(Remedy.NONE);
      default -> Remedy.NONE;
    };
  }

  /** {@code pad = same} leaves nothing to choose but the next odd kernel. */
  private boolean isSame() {
    return "same".equals(given.values().get("pad"));
  }

  private Optional<Remedy> first(List<String> names) {
    return names.stream().flatMap(n -> written(n).stream().flatMap(w -> fitting(n, w).stream())).findFirst();
  }

  private Optional<Remedy> fitting(String name, Expression written) {
    if (!(written instanceof Expression.Number(Span at, double value)) || !(given.values().get(name) instanceof Integer)) {
      return Optional.empty();
    }
    int own = (int) value;
    return IntStream.rangeClosed(1, Math.min(MOST, 2 * own + 2)).filter(n -> n != own).boxed()
        .sorted(Comparator.<Integer>comparingInt(n -> Math.abs(n - own)).thenComparing(Comparator.reverseOrder()))
        .filter(n -> fits(name, n)).findFirst().map(n -> Remedy.write(at, Integer.toString(n)));
  }

  private boolean fits(String name, Object value) {
    Map<String, Object> other = new HashMap<>(given.values());
    other.put(name, value);
    try {
      layer.bind(new Arguments(other), at.net.shape(), at.net.bound());
      return true;
    } catch (ShapeException _) {
      return false;
    }
  }

  /** {@code dropout(30)} is 30 of a hundred. */
  private Optional<Remedy> share() {
    return written("p").filter(w -> w instanceof Expression.Number(Span _, double p) && p > 1 && p < PERCENT)
        .map(w -> Remedy.write(w.span(), BigDecimal.valueOf(((Expression.Number) w).value()).movePointLeft(2).stripTrailingZeros().toPlainString()));
  }

  /** {@code maxpool} without a window. */
  private Optional<Remedy> window() {
    boolean pools = layer.signature().arguments().stream().anyMatch(a -> a.name().equals("size") && a.type() == Argument.Type.WINDOW);
    boolean none = pools && written("size").isEmpty() && step.arguments().isEmpty();
    return none ? Optional.of(Remedy.of("write `" + layer.name() + "(2)`", new StepEdits(at.problems.source()).argument(step.span(), "2"))) : Optional.empty();
  }

  private Optional<Expression> written(String name) {
    Signature signature = layer.signature();
    return Calls.given(signature, step.arguments(), name).map(a -> a.value());
  }
}
