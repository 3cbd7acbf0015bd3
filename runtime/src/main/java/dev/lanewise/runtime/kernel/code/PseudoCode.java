package dev.lanewise.runtime.kernel.code;

import dev.lanewise.runtime.symbolic.Relation;
import java.util.List;
import java.util.stream.Collectors;

/** Prints a program as a reader would write it: {@code a0 = v * p + a0}. */
final class PseudoCode {
  private final StringBuilder text = new StringBuilder();

  private PseudoCode() {}

  static String of(Program program) {
    PseudoCode printer = new PseudoCode();
    String parameters =
        program.parameters().stream().map(p -> p.type().text + " " + p.name()).collect(Collectors.joining(", "));
    printer.text.append(program.name()).append('(').append(parameters).append("):\n");
    printer.statements(program.body(), 1);
    return printer.text.toString();
  }

  private void statements(List<Statement> statements, int depth) {
    for (Statement s : statements) {
      text.append("  ".repeat(depth));
      switch (s) {
        case Statement.Set(String name, Vector value) -> line(name + " = " + print(value));
        case Statement.SetIndex(String name, Index value) -> line(name + " = " + print(value));
        case Statement.SetCondition(String name, Condition value) -> line(name + " = " + print(value));
        case Statement.Store(String array, Index at, Vector value) ->
            line(array + "[" + print(at) + " ..] = " + print(value));
        case Statement.Loop(String name, Index from, Index to, int step, List<Statement> body) ->
            loop(name, from, to, step, body, depth);
        case Statement.Repeat(String name, Index from, Index to, int step, List<Statement> body) ->
            loop(name, from, to, step, body, depth);
      }
    }
  }

  private void loop(String name, Index from, Index to, int step, List<Statement> body, int depth) {
    line("for " + name + " = " + print(from) + " until " + print(to) + (step == 1 ? "" : " step " + step) + ":");
    statements(body, depth + 1);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String print(Index index) {
    return switch (index) {
      case Index.Constant(int value) -> Integer.toString(value);
      case Index.Variable(String name) -> name;
      case Index.Sum(Index left, Index.Constant(int value)) when value < 0 -> print(left) + " - " + -value;
      case Index.Sum(Index left, Index right) -> print(left) + " + " + print(right);
      case Index.Product(Index.Sum of, int factor) -> "(" + print(of) + ") * " + factor;
      case Index.Product(Index of, int factor) -> print(of) + " * " + factor;
      case Index.Element(String table, Index at) -> table + "[" + print(at) + "]";
    };
  }

  private static String print(Vector vector) {
    return switch (vector) {
      case Vector.Variable(String name) -> name;
      case Vector.Constant(float value) -> Float.toString(value);
      case Vector.Load(String array, Index at) -> array + "[" + print(at) + " ..]";
      case Vector.Broadcast(String array, Index at) -> array + "[" + print(at) + "]";
      case Vector.Scalar(String name) -> name;
      case Vector.Fma(Vector a, Vector b, Vector c) -> factor(a) + " * " + factor(b) + " + " + print(c);
      case Vector.Binary(Vector.Operator op, Vector a, Vector b) when Character.isLetter(op.symbol.charAt(0)) ->
          op.symbol + "(" + print(a) + ", " + print(b) + ")";
      case Vector.Binary(Vector.Operator op, Vector a, Vector b) -> factor(a) + " " + op.symbol + " " + factor(b);
      case Vector.Blend(Vector otherwise, Vector then, Condition when) ->
          "(" + print(when) + " ? " + print(then) + " : " + print(otherwise) + ")";
      case Vector.Call(Class<?> _, String method, Vector of) -> method + "(" + print(of) + ")";
      case Vector.Indices(String table, Index at) -> table + "[" + print(at) + " ..]";
      case Vector.Bits(Vector of) -> print(of);
      case Vector.Floats(Vector of) -> print(of);
      case Vector.Select(Vector indices, Vector a, Vector b) ->
          "select(" + print(indices) + ", " + print(a) + ", " + print(b) + ")";
    };
  }

  private static String factor(Vector vector) {
    return vector instanceof Vector.Fma || vector instanceof Vector.Binary(Vector.Operator op, Vector a, Vector b)
            && !Character.isLetter(op.symbol.charAt(0))
        ? "(" + print(vector) + ")"
        : print(vector);
  }

  private static String print(Condition condition) {
    return switch (condition) {
      case Condition.Variable(String name) -> name;
      case Condition.Compare(Relation relation, Vector a, Vector b) ->
          print(a) + " " + relation.symbol() + " " + print(b);
    };
  }
}
