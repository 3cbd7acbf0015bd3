package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.elsewhere.Written;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Convolutions whose first number is what comes in, as in PyTorch: {@code conv(1, 6, 5)} of an image with one channel makes one channel here, by a kernel of 6 in steps of 5.
 * That runs, but is hardly meant.
 */
record Inwards(Building at) {
  private static final Set<String> CONVOLUTIONS = Set.of("conv", "transposed_conv");

  /** What follows the channels that come in: out, kernel, stride, padding. */
  private static final List<String> PLACES = List.of("", "", "stride", "pad");

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
    List<Integer> numbers = numbers(step);
    boolean odd = numbers.size() >= NUMBERS && numbers.get(1) > numbers.get(2) && (numbers.get(2) >= LONG_STEP || numbers.get(1) >= LARGE_KERNEL);
    if (odd && numbers.getFirst() == at.net.shape().channels()) {
      warn(step);
      return false;
    }
    if (odd && at.net.shape().rank() > 1 && numbers.get(1) > at.net.shape().dim(1)) {
      at.fail(Code.L130, step.span(), "these are arguments of PyTorch, for `" + signature.name() + "`", Remedy.write(step.span(), meant(step).toString()));
      return true;
    }
    return false;
  }

  /** Whether a layer is called as in Keras, {@code Conv2D(1, 8, 3)}, but begins with the channels that come in. */
  boolean isOfTorch(Step.Apply step, String word) {
    List<Integer> numbers = numbers(step);
    return word.matches("(.*\\.)?Conv[12]D") && at.net.hasInput() && numbers.size() >= NUMBERS && numbers.getFirst() == at.net.shape().channels() && numbers.get(1) > numbers.get(2);
  }

  private static List<Integer> numbers(Step.Apply step) {
    return step.arguments().stream().filter(a -> a.name().isEmpty()).map(Argument::value)
        .takeWhile(Expression.Number.class::isInstance).map(v -> (int) ((Expression.Number) v).value()).toList();
  }

  private void warn(Step.Apply step) {
    Source source = at.problems.source();
    at.problems.report(
        Code.L131, step.arguments().getFirst().span(),
        "the channels that come in are known here: this is a kernel of " + source.text(step.arguments().get(1).span()) + " in steps of " + source.text(step.arguments().get(2).span()),
        Remedy.write(step.span(), meant(step).toString()));
  }

  /** Without the first number. PyTorch has the step and the padding next, which have names here. */
  private Written meant(Step.Apply step) {
    List<Written.Piece> pieces = new ArrayList<>();
    int place = 0;
    for (Argument a : step.arguments().subList(1, step.arguments().size())) {
      String name = a.name().isPresent() ? a.name().get().text() : place < PLACES.size() ? PLACES.get(place++) : "";
      pieces.add(new Written.Piece(name, at.problems.source().text(a.value().span())));
    }
    return new Written(step.callee().dotted().orElseThrow(), pieces);
  }
}
