package dev.lanewise.exchange.onnx.read;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lanewise.exchange.draft.Elements;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Formula;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import java.util.List;

/**
 * A node, with what comes into it.
 *
 * @param opset the version of the operators
 * @param whole whether what comes into it are whole numbers
 * @param in for each input a {@link Fixed}, a {@link Formula} of what depends on the example, or null if it is left out
 */
record Node(NodeProto proto, int opset, boolean whole, List<Object> in, Elements elements) {
  String operator() {
    return proto.getOpType();
  }

  boolean has(int input) {
    return input < in.size() && in.get(input) != null;
  }

  boolean isFixed(int input) {
    return has(input) && in.get(input) instanceof Fixed;
  }

  boolean isAllFixed() {
    return in.stream().allMatch(i -> i == null || i instanceof Fixed);
  }

  /** An input whose numbers must be known. */
  Fixed fixed(int input, String what) {
    if (!has(input)) {
      throw new RefusedException("it has no " + what);
    }
    if (in.get(input) instanceof Fixed f) {
      return f;
    }
    throw new RefusedException("its " + what + " depends on the example");
  }

  Live live(int input) {
    if (has(input) && in.get(input) instanceof Formula f) {
      return elements.of(f);
    }
    if (isFixed(input)) {
      return elements.constant(fixed(input, "value")).orElseThrow(() -> new RefusedException("what it works on does not depend on the example"));
    }
    throw has(input) ? Scores.alone() : new RefusedException("an input of it is missing");
  }

  /** A value as part of a formula. */
  Formula formula(int input) {
    if (!has(input)) {
      throw new RefusedException("an input of it is missing");
    }
    return in.get(input) instanceof Fixed f ? new Formula.Leaf(f) : (Formula) in.get(input);
  }

  private AttributeProto attribute(String name) {
    for (AttributeProto a : proto.getAttributeList()) {
      if (a.getName().equals(name)) {
        return a;
      }
    }
    return null;
  }

  boolean hasAttribute(String name) {
    return attribute(name) != null;
  }

  long whole(String name, long fallback) {
    AttributeProto a = attribute(name);
    return a == null ? fallback : a.getI();
  }

  /** The type that a Cast makes; a word before version 6. */
  int to() {
    AttributeProto a = attribute("to");
    if (a == null || a.getS().isEmpty()) {
      return (int) whole("to", 1);
    }
    try {
      return TensorProto.DataType.valueOf(a.getS().toStringUtf8()).getNumber();
    } catch (IllegalArgumentException e) {
      throw new RefusedException("it makes values of an unknown type, " + a.getS().toStringUtf8());
    }
  }

  double number(String name, double fallback) {
    AttributeProto a = attribute(name);
    return a == null ? fallback : Elements.shortest(a.getF());
  }

  String text(String name, String fallback) {
    AttributeProto a = attribute(name);
    return a == null ? fallback : a.getS().toStringUtf8();
  }

  /** @return null if it is not given */
  long[] wholes(String name) {
    AttributeProto a = attribute(name);
    return a == null ? null : a.getIntsList().stream().mapToLong(i -> i).toArray();
  }

  float[] numbers(String name) {
    AttributeProto a = attribute(name);
    float[] made = new float[a == null ? 0 : a.getFloatsCount()];
    for (int i = 0; i < made.length; i++) {
      made[i] = a.getFloats(i);
    }
    return a == null ? null : made;
  }

  AttributeProto given(String name) {
    return attribute(name);
  }

  /** Whole numbers that are an attribute in older versions and an input in newer ones; null if they are not given. */
  long[] wholes(String name, int input) {
    long[] attribute = wholes(name);
    return attribute != null ? attribute : has(input) ? fixed(input, name).wholes() : null;
  }

  /** The same, which must be given. */
  long[] needed(String name, int input) {
    long[] found = wholes(name, input);
    if (found == null) {
      throw new RefusedException("it has no " + name);
    }
    return found;
  }

  List<String> texts(String name) {
    AttributeProto a = attribute(name);
    return a == null ? List.of() : a.getStringsList().stream().map(s -> s.toStringUtf8()).toList();
  }

  /** Refuses attributes that are not known: a later version may do something else by them. */
  void expectOnly(String... names) {
    for (AttributeProto a : proto.getAttributeList()) {
      expect(List.of(names).contains(a.getName()), "it has an attribute that is not known, `" + a.getName() + "`");
    }
  }

  /** Where it is known what it refuses, it refuses what is not the default. */
  void expect(boolean holds, String reason) {
    if (!holds) {
      throw new RefusedException(reason);
    }
  }
}
