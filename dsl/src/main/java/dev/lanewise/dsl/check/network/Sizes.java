package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an argument of a layer would be that must be given and is not: what is usual, or what the data has. */
record Sizes(Building at, Step.Apply step, String word) implements Calls.Proposals {
  private static final int KERNEL = 3;
  private static final int TWICE = 2;
  private static final int WIDTH = 32;
  private static final List<Integer> PARTS = List.of(4, 2);
  /** Those of the sets that everybody begins with, and how many classes they have. */
  private static final Set<Shape> KNOWN = Set.of(Shape.of(1, 28, 28), Shape.of(3, 32, 32));
  private static final int CLASSES = 10;

  @Override
  public Optional<Calls.Proposal> of(Argument argument) {
    boolean known = at.net.hasInput() && !at.lost;
    return switch (word + " " + argument.name()) {
      case "dense features" -> Optional.of(features());
      case "conv kernel" -> Optional.of(sure(known && at.net.shape().isImage() && Math.min(at.net.shape().height(), at.net.shape().width()) < KERNEL ? 1 : KERNEL));
      case "transposed_conv kernel", "upsample factor" -> Optional.of(sure(TWICE));
      case "groupnorm groups", "attention heads" -> known ? Optional.of(sure(parts(at.net.shape().channels()))) : Optional.empty();
      case "conv channels", "embed size" -> Optional.of(new Calls.Proposal(Integer.toString(WIDTH / 2), false));
      default -> Optional.empty();
    };
  }

  private static Calls.Proposal sure(int number) {
    return new Calls.Proposal(Integer.toString(number), true);
  }

  private static int parts(int channels) {
    return PARTS.stream().filter(p -> channels % p == 0).findFirst().orElse(channels);
  }

  /** The last layer gives what is to be learned; how wide others are is a matter of taste. */
  private Calls.Proposal features() {
    if (!at.open.isEmpty() || !isLast()) {
      return new Calls.Proposal(Integer.toString(WIDTH), false);
    }
    Optional<CheckedData> data = at.scope.dataOf(at.name);
    if (data.isPresent()) {
      Target target = data.get().target();
      return sure(target.isClass() ? target.classes() : target.shape().size());
    }
    return new Calls.Proposal(Integer.toString(CLASSES), at.net.hasInput() && KNOWN.contains(at.net.input()));
  }

  private boolean isLast() {
    int here = at.beside.indexOf(step);
    return here >= 0 && at.beside.stream().skip(here + 1).noneMatch(s -> s instanceof Step.Apply a && a.callee().dotted().filter(word::equals).isPresent());
  }
}
