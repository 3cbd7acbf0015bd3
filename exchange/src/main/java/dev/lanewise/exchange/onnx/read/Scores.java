package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Formula;
import dev.lanewise.exchange.draft.Padding;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.draft.Step;
import java.util.Optional;

/**
 * Products of queries and keys, of which attention is made if a softmax and a product with values follow. By themselves the language has no such thing.
 *
 * @param k with its places last
 * @param passed a text whose padding is not looked at; null if there is none
 */
record Scores(Formula q, Formula k, double scale, boolean causal, Step passed, boolean isSoftmax) {
  /** What is left of them behind a node; empty if it is nothing that attention does. */
  static Optional<Scores> behind(Node node, Scores of) {
    return switch (node.operator()) {
      case "Mul" -> number(node).flatMap(of::times);
      case "Div" -> node.in().get(0) == of ? number(node).flatMap(f -> of.times(1 / f)) : Optional.empty();
      case "Add" -> mask(node).flatMap(m -> masked(of, m)).or(() -> beside(node, of));
      case "Where" -> where(node, of);
      case "Softmax" -> node.whole("axis", node.opset() < 13 ? 1 : -1) == -1 || node.whole("axis", -1) == 3 ? Optional.of(of.softmax()) : Optional.empty();
      case "Identity", "Dropout", "Cast" -> Optional.of(of);
      default -> Optional.empty();
    };
  }

  /** Behind the softmax they are no scores, but shares of 1. */
  private Optional<Scores> times(double factor) {
    return isSoftmax && factor != 1 ? Optional.empty() : Optional.of(new Scores(q, k, scale * factor, causal, passed, isSoftmax));
  }

  Scores softmax() {
    return new Scores(q, k, scale, causal, passed, true);
  }

  private static Optional<Double> number(Node node) {
    return mask(node).filter(f -> f.size() == 1).map(f -> f.at(0));
  }

  private static Optional<Fixed> mask(Node node) {
    return node.in().stream().filter(Fixed.class::isInstance).map(Fixed.class::cast).findFirst();
  }

  /** 0 where it is looked at, and far below where not; or flags. */
  static Optional<Scores> masked(Scores of, Fixed mask) {
    if (mask.isWhole() && (mask.isAll(1) || mask.isLower(v -> v != 0, v -> v == 0))) {
      return Optional.of(mask.isAll(1) ? of : of.seesEarlier());
    }
    if (mask.isAll(0)) {
      return Optional.of(of);
    }
    return mask.isLower(v -> v == 0, v -> v < -1e4) && !of.isSoftmax ? Optional.of(of.seesEarlier()) : Optional.empty();
  }

  /** 0 at real places of a text, and far below at padding. */
  private static Optional<Scores> beside(Node node, Scores of) {
    Object other = node.in().get(node.in().get(0) == of ? 1 : 0);
    return other instanceof Formula f && !of.isSoftmax
        ? node.elements().padding().seen(f, true).filter(s -> of.passed == null || of.passed == s.text()).map(s -> new Scores(of.q, of.k, of.scale, of.causal, s.text(), false)) : Optional.empty();
  }

  private Scores seesEarlier() {
    return new Scores(q, k, scale, true, passed, isSoftmax);
  }

  private static Optional<Scores> where(Node node, Scores of) {
    if (!node.isFixed(0)) {
      return real(node, of);
    }
    Fixed flags = node.fixed(0, "mask");
    boolean first = node.in().get(1) == of;
    if (flags.isAll(first ? 1 : 0)) {
      return Optional.of(of);
    }
    boolean lower = first ? flags.isLower(v -> v != 0, v -> v == 0) : flags.isLower(v -> v == 0, v -> v != 0);
    Object other = node.in().get(first ? 2 : 1);
    boolean far = other instanceof Fixed f && f.size() == 1 && (of.isSoftmax ? f.at(0) == 0 && of.causal : f.at(0) < -1e4);
    return lower && far ? Optional.of(of.seesEarlier()) : Optional.empty();
  }

  /** What is looked at are real places of a text, and perhaps earlier ones alone. */
  private static Optional<Scores> real(Node node, Scores of) {
    Optional<Padding.Seen> seen = node.elements().padding().seen(node.formula(0), false);
    boolean first = node.in().get(1) == of && node.in().get(2) instanceof Fixed f && f.size() == 1 && (of.isSoftmax ? f.at(0) == 0 : f.at(0) < -1e4);
    // Behind the softmax it is the same again.
    return seen.filter(s -> first && (of.isSoftmax ? of.passed == s.text() && of.causal == s.earlier() : of.passed == null || of.passed == s.text()))
        .map(s -> new Scores(of.q, of.k, of.scale, of.causal || s.earlier(), s.text(), of.isSoftmax));
  }

  static RefusedException alone() {
    return new RefusedException("the language has no product of two matrices that depend on the example, but for attention");
  }
}
