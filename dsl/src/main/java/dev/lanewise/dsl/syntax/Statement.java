package dev.lanewise.dsl.syntax;

import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import java.util.Optional;

/** One statement of a script. */
public sealed interface Statement {
  Span span();

  /** The name that the statement binds, if it binds one. */
  default Optional<Name> binds() {
    return switch (this) {
      case Net s -> Optional.of(s.name());
      case Block s -> Optional.of(s.name());
      case Function s -> Optional.of(s.name());
      case LayerDefinition s -> Optional.of(s.name());
      case Weight s -> Optional.of(s.name());
      case State s -> Optional.of(s.name());
      case Import s -> s.as();
      case Data s -> Optional.of(s.name());
      case Train s -> s.name();
      case Binding s -> Optional.of(s.name());
      case Broken s -> s.name();
      case Sweep _, Expect _, Evaluate _, Unpacking _ -> Optional.empty();
    };
  }

  /** {@code net Mlp(width = 16) &#123; ... &#125;} or {@code net Mlp = input 784 -> dense(10)}. */
  record Net(Span span, Name name, List<Parameter> parameters, List<Step> steps) implements Statement {
    public Net {
      parameters = List.copyOf(parameters);
      steps = List.copyOf(steps);
    }
  }

  record Block(Span span, Name name, List<Parameter> parameters, List<Step> steps) implements Statement {
    public Block {
      parameters = List.copyOf(parameters);
      steps = List.copyOf(steps);
    }
  }

  /** {@code def swish(x) = x * sigmoid(x)}; a body in braces has several lines, the last of which is the value. */
  record Function(Span span, Name name, List<Parameter> parameters, List<Statement> lines) implements Statement {
    public Function {
      parameters = List.copyOf(parameters);
      lines = List.copyOf(lines);
    }
  }

  record LayerDefinition(Span span, Name name, List<Parameter> parameters, List<Statement> lines) implements Statement {
    public LayerDefinition {
      parameters = List.copyOf(parameters);
      lines = List.copyOf(lines);
    }
  }

  /** {@code weight W : [in.features, n] ~ he_normal}, only inside a layer's definition. */
  record Weight(Span span, Name name, Expression shape, Expression initial) implements Statement {}

  /** {@code state h : [n]}, only inside a layer's definition: it makes a loop over the places of a sequence of it. */
  record State(Span span, Name name, Expression shape) implements Statement {}

  /** {@code a, b = split(x, 2)}, only inside a definition. */
  record Unpacking(Span span, List<Name> names, Expression value) implements Statement {
    public Unpacking {
      names = List.copyOf(names);
    }
  }

  record Import(Span span, String path, Optional<Name> as) implements Statement {}

  record Data(Span span, Name name, Expression from, List<Setting> settings) implements Statement {
    public Data {
      settings = List.copyOf(settings);
    }
  }

  /** @param name what the run is called in {@code base = train ...} @param against another network that is trained with it */
  record Train(Span span, Optional<Name> name, Expression net, Optional<Expression> against, Expression data, List<Setting> settings)
      implements Statement {
    public Train {
      settings = List.copyOf(settings);
    }
  }

  record Sweep(Span span, Expression run, List<Setting> settings) implements Statement {
    public Sweep {
      settings = List.copyOf(settings);
    }
  }

  record Expect(Span span, Expression condition) implements Statement {}

  record Binding(Span span, Name name, Expression value) implements Statement {}

  /** An expression on a line of its own: a verb, or a value to look at. */
  record Evaluate(Span span, Expression value) implements Statement {}

  /** What could not be read; already reported. @param name what it would have bound, as far as one can tell */
  record Broken(Span span, Optional<Name> name) implements Statement {}
}
