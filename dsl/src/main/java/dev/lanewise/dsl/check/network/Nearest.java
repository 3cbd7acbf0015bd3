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
import java.util.stream.Stream;

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
  private static final double LEAST_PERCENT = 10;

  Remedy of(ShapeException e) {
    return switch (e.problem()) {
      case BAD_ARGUMENT, HEADS -> mentioned(e.getMessage(), SURE).or(this::share).or(this::window).or(() -> mentioned(e.getMessage(), PERHAPS).map(r -> isSame() ? r : r.perhaps())).orElse(Remedy.NONE);
      case WINDOW_TOO_LARGE -> first(PERHAPS).map(Remedy::perhaps).orElse(Remedy.NONE);
      default -> Remedy.NONE;
    };
  }

  /** {@code pad = same} leaves nothing to choose but the next odd kernel. */
  private boolean isSame() {
    return "same".equals(given.values().get("pad"));
  }

  /** What the message is about stands first in it, behind the call. */
  private Optional<Remedy> mentioned(String whole, List<String> names) {
    String message = whole.substring(whole.indexOf("): ") + 1);
    Optional<String> first = Stream.concat(SURE.stream(), PERHAPS.stream()).filter(message::contains).min(Comparator.<String>comparingInt(message::indexOf).thenComparingInt(n -> -n.length()));
    return first.filter(f -> names.contains(f) || isSame()).flatMap(f -> first(f.equals("pad") && isSame() ? List.of("kernel") : List.of(f)));
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

  /** {@code dropout(30)} is 30 of a hundred; 2 or 5 could be tenths as well. */
  private Optional<Remedy> share() {
    return written("p").filter(w -> w instanceof Expression.Number(Span _, double p) && p > 1 && p < PERCENT)
        .map(w -> hundredth(w.span(), ((Expression.Number) w).value()));
  }

  private static Remedy hundredth(Span span, double value) {
    Remedy remedy = Remedy.write(span, BigDecimal.valueOf(value).movePointLeft(2).stripTrailingZeros().toPlainString());
    return value < LEAST_PERCENT ? remedy.perhaps() : remedy;
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
