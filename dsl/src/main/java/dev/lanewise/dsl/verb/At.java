package dev.lanewise.dsl.verb;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Piece;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which number of a value is meant: {@code at = [2, 7, 9]}, counted from 0 along each axis. @param of what it is a number of */
public record At(String of, double[] numbers, Span span) {
  private static final String NAME = "at";

  public static Argument argument(String example) {
    return optional(NAME, new Thing.Named(Argument.Type.NUMBERS), List.of(), "one of its numbers, counted from 0 along each axis, such as " + example);
  }

  /** Empty, and reported, if there is no such number. */
  public static Optional<At> of(Given given, String of, Shape shape) {
    return of(given, of, shape, shape.rank());
  }

  /** The same of a part: fewer numbers mean all that follows. */
  public static Optional<At> ofPart(Given given, String of, Shape shape) {
    return of(given, of, shape, Math.min(shape.rank(), given.numbers(NAME).length));
  }

  private static Optional<At> of(Given given, String of, Shape shape, int axes) {
    At at = new At(of, given.numbers(NAME), given.at(NAME));
    Optional<String> wrong = at.wrong(shape, axes);
    return wrong.isEmpty() ? Optional.of(at) : given.problems().report(Code.L115, at.span, wrong.get(), Remedy.of(at.remedy(shape), new Edit(at.span, last(shape))).perhaps());
  }

  /** Whether one number is meant. */
  public boolean isGiven() {
    return numbers.length > 0;
  }

  private Optional<String> wrong(Shape shape, int axes) {
    if (!isGiven()) {
      return Optional.empty();
    }
    if (numbers.length != axes) {
      return Optional.of("`at` has " + numbers.length + (numbers.length == 1 ? " number" : " numbers") + ", but " + of + " is " + shape + ": it takes " + axes);
    }
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != Math.rint(numbers[i]) || numbers[i] < 0 || numbers[i] >= shape.dim(i)) {
        return Optional.of("`at = " + text() + "` is none of the numbers of " + of + ", which is " + shape);
      }
    }
    return Optional.empty();
  }

  private String remedy(Shape shape) {
    return "the last is at = " + last(shape);
  }

  private static String last(Shape shape) {
    return shape.dims().stream().map(d -> Integer.toString(d - 1)).collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * Where it is among all, the last axis first; of a part, among such parts.
   *
   * @throws MistakeException if the value is another by now: a sweep may have changed the network
   */
  public int element(Shape shape) {
    wrong(shape, numbers.length).ifPresent(w -> {
      throw new MistakeException(Code.L115, span, w, remedy(shape));
    });
    int element = 0;
    for (int i = 0; i < numbers.length; i++) {
      element = element * shape.dim(i) + (int) numbers[i];
    }
    return element;
  }

  /** As it was typed. */
  public String text() {
    return Arrays.stream(numbers).mapToObj(Piece::text).collect(Collectors.joining(", ", "[", "]"));
  }
}
