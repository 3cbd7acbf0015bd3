package dev.lanewise.dsl.syntax;

import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import java.util.Optional;

/** Whatever has a value: {@code width * 2 ^ (stage - 1)}, {@code test(Cnn, digits).accuracy >= 0.98}. */
public sealed interface Expression {
  Span span();

  /** {@code b.Res}, if it is nothing but names. */
  default Optional<String> dotted() {
    return switch (this) {
      case Word w -> Optional.of(w.text());
      case Member m -> m.of().dotted().map(of -> of + "." + m.name().text());
      default -> Optional.empty();
    };
  }

  record Number(Span span, double value) implements Expression {}

  /** {@code 1x28x28}. */
  record ShapeLiteral(Span span, List<Integer> dims) implements Expression {
    public ShapeLiteral {
      dims = List.copyOf(dims);
    }
  }

  /** A string, without its quotes and escapes. */
  record Text(Span span, String value) implements Expression {}

  record Flag(Span span, boolean value) implements Expression {}

  /** A name, or a word such as {@code same}: the place where it stands tells. */
  record Word(Span span, String text) implements Expression {}

  /** {@code @label}. */
  record Labelled(Span span, Name label) implements Expression {}

  record Items(Span span, List<Expression> items) implements Expression {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** {@code { class = cross_entropy; box = 5 * huber }}: what a setting holds that has several lines. */
  record Block(Span span, List<Setting> lines) implements Expression {
    public Block {
      lines = List.copyOf(lines);
    }
  }

  record Member(Span span, Expression of, Name name) implements Expression {}

  record Call(Span span, Expression callee, List<Argument> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Some of a value's channels or a list's items: {@code x[3]}, {@code x[0:4]}, {@code x[-2:]}.
   *
   * @param from the first, counted from 0, or from the end if it is negative
   * @param to where a stretch ends, exclusive; one that is no stretch has none
   */
  record Cut(Span span, Expression of, Optional<Expression> from, Optional<Expression> to, boolean stretch) implements Expression {}

  record Unary(Span span, Operator operator, Expression operand) implements Expression {}

  record Binary(Span span, Operator operator, Expression left, Expression right) implements Expression {}
}
