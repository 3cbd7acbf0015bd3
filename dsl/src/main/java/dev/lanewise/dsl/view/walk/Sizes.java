package dev.lanewise.dsl.view.walk;

import dev.lanewise.dsl.meaning.CheckedNet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How much of a network is told at once. */
final class Sizes {
  /** Numbers that layers give together, up to which all of them are told with their formulas. */
  static final int MOST_NUMBERS = 24;
  /** Parameters, up to which their gradients are told one by one. */
  static final int MOST_PARAMETERS = 24;
  /** Of a sum, where one number is told. */
  static final int MOST_ADDENDS = 12;
  /** Of a sum, where all are told. */
  static final int FEW_ADDENDS = 6;
  /** That lead to one number. */
  static final int MOST_STEPS = 10;
  /** The same where all are told. */
  static final int FEW_STEPS = 8;

  static final String LEFT_OUT = "there are more steps than are told here";

  private Sizes() {}

  static boolean isSmall(CheckedNet net) {
    return net.layers().stream().mapToInt(l -> l.output().size()).sum() <= MOST_NUMBERS && net.parameters() <= 2 * MOST_PARAMETERS;
  }

  /** How many addends of a long sum are told, the largest: of those that are 0 none, unless all are. */
  static int shown(int most, DoubleStream addends) {
    return (int) Math.clamp(addends.filter(a -> a != 0).count(), 1, most - 1);
  }

  /** Arguments that would tell one number: of the first layer with parameters, the middle of its first row. */
  static String example(Looked looked) {
    CheckedNet net = looked.trained().net();
    CheckedNet.Layer layer = net.layers().stream().filter(l -> looked.output(l.name()).isPresent() && l.parameters() > 0).findFirst().orElse(net.layers().getLast());
    String at = IntStream.range(0, layer.output().rank()).mapToObj(i -> "0").collect(Collectors.joining(", "));
    return net.name() + "." + layer.name() + ", …, at = [" + at + "]";
  }
}
