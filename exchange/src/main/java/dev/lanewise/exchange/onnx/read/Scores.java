package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Formula;
import dev.lanewise.exchange.draft.RefusedException;
import java.util.Optional;

/**
 * Products of queries and keys, of which attention is made if a softmax and a product with values follow. By themselves the language has no such thing.
 *
 * @param k with its places last
 */
record Scores(Formula q, Formula k, double scale, boolean causal, boolean isSoftmax) {
  /** What is left of them behind a node; empty if it is nothing that attention does. */
  static Optional<Scores> behind(Node node, Scores of) {
    return switch (node.operator()) {
      case "Mul" -> number(node).flatMap(of::times);
      case "Div" -> node.in().get(0) == of ? number(node).flatMap(f -> of.times(1 / f)) : Optional.empty();
      case "Add" -> mask(node).flatMap(m -> masked(of, m));
      case "Where" -> where(node, of);
      case "Softmax" -> node.whole("axis", node.opset() < 13 ? 1 : -1) == -1 || node.whole("axis", -1) == 3 ? Optional.of(of.softmax()) : Optional.empty();
      case "Identity", "Dropout", "Cast" -> Optional.of(of);
      default -> Optional.empty();
    };
  }

  /** Behind the softmax they are no scores, but shares of 1. */
  private Optional<Scores> times(double factor) {
    return isSoftmax && factor != 1 ? Optional.empty() : Optional.of(new Scores(q, k, scale * factor, causal, isSoftmax));
  }

  Scores softmax() {
    return new Scores(q, k, scale, causal, true);
  }

  private static Optional<Double> number(Node node) {
    return mask(node).filter(f -> f.size() == 1).map(f -> f.at(0));
  }

  private static Optional<Fixed> mask(Node node) {
    return node.in().stream().filter(Fixed.class::isInstance).map(Fixed.class::cast).findFirst();
  }

  /** 0 where it is looked at, and far below where not; or flags. */
  static Optional<Scores> masked(Scores of, Fixed mask) {
    if (mask.isWhole() && (mask.isAll(1) || isLower(mask, v -> v != 0, v -> v == 0))) {
      return Optional.of(mask.isAll(1) ? of : of.seesEarlier());
    }
    if (mask.isAll(0)) {
      return Optional.of(of);
    }
    return isLower(mask, v -> v == 0, v -> v < -1e4) && !of.isSoftmax ? Optional.of(of.seesEarlier()) : Optional.empty();
  }

  private Scores seesEarlier() {
    return new Scores(q, k, scale, true, isSoftmax);
  }

  private static Optional<Scores> where(Node node, Scores of) {
    if (!node.isFixed(0)) {
      return Optional.empty();
    }
    Fixed flags = node.fixed(0, "mask");
    boolean first = node.in().get(1) == of;
    if (flags.isAll(first ? 1 : 0)) {
      return Optional.of(of);
    }
    boolean lower = first ? isLower(flags, v -> v != 0, v -> v == 0) : isLower(flags, v -> v == 0, v -> v != 0);
    Object other = node.in().get(first ? 2 : 1);
    boolean far = other instanceof Fixed f && f.size() == 1 && (of.isSoftmax ? f.at(0) == 0 && of.causal : f.at(0) < -1e4);
    return lower && far ? Optional.of(of.seesEarlier()) : Optional.empty();
  }

  private static boolean isLower(Fixed mask, java.util.function.DoublePredicate seen, java.util.function.DoublePredicate hidden) {
    if (mask.rank() < 2) {
      return false;
    }
    int rows = mask.dim(mask.rank() - 2), columns = mask.dim(mask.rank() - 1);
    if (mask.size() != rows * columns || rows != columns) {
      return false;
    }
    for (int i = 0; i < mask.size(); i++) {
      if (!(i % columns <= i / columns ? seen : hidden).test(mask.at(i))) {
        return false;
      }
    }
    return true;
  }

  static RefusedException alone() {
    return new RefusedException("the language has no product of two matrices that depend on the example, but for attention");
  }
}
