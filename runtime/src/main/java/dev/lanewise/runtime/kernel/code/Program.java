package dev.lanewise.runtime.kernel.code;

import java.util.List;

/**
 * A kernel as data.
 *
 * @param name what the kernel is called: part of its class's name, so letters and digits
 * @param parameters of the method {@code run}, in order
 */
public record Program(String name, List<Parameter> parameters, List<Statement> body) {

  /** A parameter of a program. */
  public record Parameter(String name, Type type) {}

  /** What a parameter may be. */
  public enum Type {
    FLOATS(float[].class, "float[]"),
    INTS(int[].class, "int[]"),
    INT(int.class, "int"),
    FLOAT(float.class, "float");

    final Class<?> java;
    final String text;

    Type(Class<?> java, String text) {
      this.java = java;
      this.text = text;
    }
  }

  public static Parameter floats(String name) {
    return new Parameter(name, Type.FLOATS);
  }

  public static Parameter ints(String name) {
    return new Parameter(name, Type.INTS);
  }

  public static Parameter integer(String name) {
    return new Parameter(name, Type.INT);
  }

  public static Parameter number(String name) {
    return new Parameter(name, Type.FLOAT);
  }

  /** The program as a reader would write it. */
  @Override
  public String toString() {
    return PseudoCode.of(this);
  }
}
