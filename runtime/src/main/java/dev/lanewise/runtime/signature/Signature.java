package dev.lanewise.runtime.signature;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How something is called in a script: the one definition that checker, help and documentation read.
 *
 * @param summary one sentence that says what it does
 */
public record Signature(String name, String summary, List<Argument> arguments) {
  public Signature {
    arguments = List.copyOf(arguments);
  }

  public static Signature of(String name, String summary, Argument... arguments) {
    return new Signature(name, summary, List.of(arguments));
  }

  @Override
  public String toString() {
    return name
        + arguments.stream()
            .map(a -> a.isRequired() ? a.name() + (a.type().isNamed() ? " = …" : "") : a.name() + " = " + a.fallback())
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
