package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.check.expression.Foreign;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.elsewhere.Table;
import dev.lanewise.dsl.elsewhere.Translation;
import dev.lanewise.dsl.elsewhere.Written;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Convolutions whose first number is what comes in, as in PyTorch: {@code conv(1, 6, 5)} of an image with one channel makes one channel here, by a kernel of 6 in steps of 5.
 * That runs, but is hardly meant.
 */
record Inwards(Building at) {
  private static final Set<String> CONVOLUTIONS = Set.of("conv", "transposed_conv");

  /** In, out, kernel. */
  private static final int NUMBERS = 3;

  /** Nobody takes longer steps, or a kernel with as many rows, unless the image is very large. */
  private static final int LONG_STEP = 3;
  private static final int LARGE_KERNEL = 8;

  /** Warns of numbers that are hardly meant as they are read here, and tells of those that cannot be. @return whether the step is no good as it is */
  boolean told(Step.Apply step, Signature signature) {
    if (!CONVOLUTIONS.contains(signature.name()) || at.lost || !at.net.hasInput()) {
      return false;
    }
    List<Integer> numbers = step.arguments().stream().filter(a -> a.name().isEmpty()).map(Argument::value)
        .takeWhile(Expression.Number.class::isInstance).map(v -> (int) ((Expression.Number) v).value()).toList();
    boolean odd = numbers.size() >= NUMBERS && numbers.get(1) > numbers.get(2) && (numbers.get(2) >= LONG_STEP || numbers.get(1) >= LARGE_KERNEL);
    if (odd && numbers.getFirst() == at.net.shape().channels()) {
      warn(step);
      return false;
    }
    return odd && at.net.shape().rank() > 1 && numbers.get(1) > at.net.shape().dim(1) && new Foreign(at.problems).toldOfArguments(Room.LAYER, step.span(), List.of());
  }

  private void warn(Step.Apply step) {
    Source source = at.problems.source();
    Optional<Translation> meant = Written.of(source.text(step.span())).flatMap(w -> Table.ofArguments(Room.LAYER, w, List.of()));
    meant.ifPresent(t -> at.problems.report(
        Code.L131, step.arguments().getFirst().span(),
        "the channels that come in are known here: this is a kernel of " + source.text(step.arguments().get(1).span()) + " in steps of " + source.text(step.arguments().get(2).span()),
        Remedy.write(step.span(), t.text())));
  }
}
