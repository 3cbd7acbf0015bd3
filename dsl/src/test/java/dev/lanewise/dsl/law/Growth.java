package dev.lanewise.dsl.law;

import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What all pieces of one random network share: its operations, the definitions that it uses, the names that are taken. */
final class Growth {
  private final Wish wish;
  private final Shape output;
  private final String last;
  private final List<Op> ops = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final Map<String, String> definitions = new LinkedHashMap<>();
  private final List<Integer> heads = new ArrayList<>();
  private final Set<String> met = new TreeSet<>();
  private int names;

  /** @param output of the network and of its heads; @param last what follows their last layer of weights */
  Growth(Wish wish, Shape input, Shape output, String last) {
    this.wish = wish;
    this.output = output;
    this.last = last;
    shapes.add(input);
  }

  Wish wish() {
    return wish;
  }

  Shape output() {
    return output;
  }

  String last() {
    return last;
  }

  /** The number of the next value. */
  int next() {
    return shapes.size();
  }

  /** @return the number of the value that it makes */
  int add(Op op, Shape out) {
    ops.add(op);
    shapes.add(out);
    return op.out();
  }

  Shape shape(int value) {
    return shapes.get(value);
  }

  /** The operations that make the values from that number on. */
  List<Op> from(int value) {
    return List.copyOf(ops.subList(value - 1, ops.size()));
  }

  void define(String name, String text) {
    definitions.putIfAbsent(name, text);
  }

  String name(String kind) {
    return kind + ++names;
  }

  void head(int value) {
    heads.add(value);
  }

  /** A layer, function or word of the language has been used. */
  void met(String word) {
    met.add(word);
  }

  /** Whether means of values may be 0 but for rounding. */
  boolean isNormalised() {
    return met.stream().anyMatch(m -> m.endsWith("norm") || m.equals("centered"));
  }

  List<Op> ops() {
    return List.copyOf(ops);
  }

  List<String> definitions() {
    return List.copyOf(definitions.values());
  }

  List<Integer> heads() {
    return List.copyOf(heads);
  }

  Set<String> met() {
    return met;
  }
}
