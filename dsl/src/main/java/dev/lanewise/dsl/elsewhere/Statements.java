package dev.lanewise.dsl.elsewhere;

import java.util.List;
import java.util.stream.Collectors;

/** How what is called is written here: some of it is a statement with settings. */
final class Statements {
  /** A network, and the data that it is trained on. */
  private static final int TWO = 2;

  private Statements() {}

  static String written(String name, List<String> arguments) {
    return switch (name) {
      case "train" -> "train " + value(arguments.getFirst()) + " on " + value(arguments.get(1)) + settings(arguments.subList(TWO, arguments.size()));
      case "input" -> "input " + value(arguments.getFirst());
      default -> name + (arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")");
    };
  }

  private static String value(String argument) {
    return argument.substring(argument.indexOf('=') + 1).strip();
  }

  private static String settings(List<String> settings) {
    return settings.isEmpty() ? "" : settings.stream().collect(Collectors.joining("; ", " { ", " }"));
  }
}
