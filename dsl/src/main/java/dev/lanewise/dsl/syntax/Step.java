package dev.lanewise.dsl.syntax;

import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import java.util.Optional;

/** One step of a network. */
public sealed interface Step {
  Span span();

  /**
   * @param bound of whole numbers: {@code input 1 of 610}
   * @param padded whether number 0 is padding: {@code input 40 of 2_000 padded}
   */
  record Input(Span span, Expression shape, Optional<Expression> bound, boolean padded) implements Step {}

  /** A layer or block by name, with or without arguments; {@code add} and its like also have paths. */
  record Apply(Span span, Expression callee, List<Argument> arguments, Optional<List<Step>> body) implements Step {
    public Apply {
      arguments = List.copyOf(arguments);
      body = body.map(List::copyOf);
    }
  }

  /** {@code conv1: conv(10, 5)}. */
  record Labelled(Span span, Name label, Step step) implements Step {}

  /** {@code @conv1}. */
  record Read(Span span, Name label) implements Step {}

  record Path(Span span, List<Step> steps) implements Step {
    public Path {
      steps = List.copyOf(steps);
    }
  }

  record Head(Span span, Name name, List<Step> steps) implements Step {
    public Head {
      steps = List.copyOf(steps);
    }
  }

  /** An {@code else if} is an If alone in {@code otherwise}. */
  record If(Span span, Expression condition, List<Step> then, List<Step> otherwise) implements Step {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  record Repeat(Span span, Expression times, Optional<Name> as, List<Step> steps) implements Step {
    public Repeat {
      steps = List.copyOf(steps);
    }
  }

  record Expect(Span span, Expression condition) implements Step {}

  record Bind(Span span, Name name, Expression value) implements Step {}

  /** What could not be read; already reported. */
  record Broken(Span span) implements Step {}
}
