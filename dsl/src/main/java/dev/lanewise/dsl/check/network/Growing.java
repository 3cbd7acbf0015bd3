package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.layer.EachPlace;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A network while it grows: its layers so far, the value that the next step takes, and how large it may become. */
final class Growing {
  /** More layers than any network needs, and as many as are checked within a second. */
  static final int MOST_LAYERS = 20_000;

  /** Steps to go through, for what repeats without adding layers. */
  private static final int MOST_STEPS = 1_000_000;

  private final List<CheckedNet.Layer> layers = new ArrayList<>();
  private final List<CheckedNet.Head> heads = new ArrayList<>();
  private Field input;
  private CheckedNet.Written written;
  private long parameters;
  private int steps;
  private int current;
  /** Of how many places the steps see one; 0 outside of {@code each}. */
  private int places;
  /** The tokens that tell which places of a value are padding, by the numbers of both. */
  private final Map<Integer, Integer> tokens = new HashMap<>();
  /** What a layer does, whatever padding makes of it. */
  private final Map<Integer, Computation> done = new HashMap<>();

  /** Steps that follow see one of so many places. */
  void enter(int length) {
    places = length;
  }

  /** Steps that follow see whole values again. */
  void leave() {
    places = 0;
  }

  /** Whether steps see one place of a sequence. */
  boolean isInside() {
    return places > 0;
  }

  int places() {
    return places;
  }

  /** What is done at one place, as what is done at all of them; outside of {@code each} it is what it was. */
  Computation everywhere(Computation computation) {
    return isInside() ? EachPlace.of(computation, places) : computation;
  }

  /** Whether a value has what the steps see: outside all of it, inside a place for each of theirs. */
  boolean sees(int value) {
    Shape whole = whole(value);
    return !isInside() || whole.isSequence() && whole.dim(1) == places;
  }

  /** The tokens, a value of whole numbers, that tell which places of a value are padding; empty if none are. */
  OptionalInt tokens(int value) {
    boolean own = value == 0 ? input.padded() : layer(value).computation() instanceof Given(Shape _, int _, boolean padded) && padded;
    return own ? OptionalInt.of(value) : tokens.containsKey(value) ? OptionalInt.of(tokens.get(value)) : OptionalInt.empty();
  }

  /** What a layer does, apart from what padding makes of it. */
  Computation done(int value) {
    return done.get(value);
  }

  /** The layer that has just been added does this, apart from what padding makes of it, and its value has padding where the tokens have. */
  void padded(Computation plain, OptionalInt of) {
    done.put(current, plain);
    of.ifPresent(t -> tokens.put(current, t));
  }

  /** Whether there is an input. */
  boolean hasInput() {
    return input != null;
  }

  /** @param at where it is written */
  void input(Field field, CheckedNet.Written at) {
    input = field;
    written = at;
  }

  /** The shape of the input. */
  Shape input() {
    return input.shape();
  }

  /** The number of the value that the next step takes, see {@link CheckedNet}. */
  int current() {
    return current;
  }

  /** The value at hand is a further output. */
  void head(String name) {
    heads.add(new CheckedNet.Head(name, current));
  }

  void goTo(int value) {
    current = value;
  }

  /** The shape that the next step takes. */
  Shape shape() {
    return shape(current);
  }

  /** The shape of a value as steps see it: of a sequence inside of {@code each} one place. */
  Shape shape(int value) {
    return isInside() ? Shape.of(whole(value).channels()) : whole(value);
  }

  Shape whole(int value) {
    return value == 0 ? input.shape() : layers.get(value - 1).output();
  }

  /** Below which the whole numbers lie that the next step takes; 0 if it takes numbers. */
  int bound() {
    return bound(current);
  }

  /** The same of a value. */
  int bound(int value) {
    return value == 0 ? input.bound() : layer(value).computation() instanceof Given(Shape _, int bound, boolean _) ? bound : 0;
  }

  /** The layer that makes a value, which is not the input. */
  CheckedNet.Layer layer(int value) {
    return layers.get(value - 1);
  }

  long parameters() {
    return parameters;
  }

  /** Adds a layer; the next step takes what it makes. Answers whether the network may be as large. */
  boolean add(CheckedNet.Layer layer, Problems problems) {
    layers.add(layer);
    current = layers.size();
    parameters += layer.parameters();
    if (parameters > Memory.MOST) {
      return refused(problems, layer.span(), "the network has more parameters than an array can hold");
    }
    return layers.size() <= MOST_LAYERS || refused(problems, layer.span(), "the network has more than 20,000 layers");
  }

  /** Counts a step, and answers whether there may be as many. */
  boolean step(Span span, Problems problems) {
    return ++steps < MOST_STEPS
        || steps == MOST_STEPS && refused(problems, span, "the network has more than a million steps");
  }

  private static boolean refused(Problems problems, Span span, String message) {
    problems.report(Code.L017, span, message, "make it smaller");
    return false;
  }

  CheckedNet grown(String name) {
    return new CheckedNet(name, input, written, layers, current, heads);
  }
}
