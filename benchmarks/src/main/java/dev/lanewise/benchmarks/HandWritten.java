package dev.lanewise.benchmarks;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Activations as somebody would write them who knows the Vector API: one loop each, with the JDK's own e^x and tanh. */
final class HandWritten {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private HandWritten() {}

  static void relu(float[] values, int from, int to, int count) {
    for (int i = 0; i < count; i += S.length()) {
      FloatVector x = FloatVector.fromArray(S, values, from + i);
      x.blend(0f, x.compare(VectorOperators.LT, 0f)).intoArray(values, to + i);
    }
  }

  static void sigmoid(float[] values, int from, int to, int count) {
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int i = 0; i < count; i += S.length()) {
      FloatVector x = FloatVector.fromArray(S, values, from + i);
      one.div(x.neg().lanewise(VectorOperators.EXP).add(1f)).intoArray(values, to + i);
    }
  }

  static void tanh(float[] values, int from, int to, int count) {
    for (int i = 0; i < count; i += S.length()) {
      FloatVector.fromArray(S, values, from + i).lanewise(VectorOperators.TANH).intoArray(values, to + i);
    }
  }

  static void swish(float[] values, int from, int to, int count) {
    for (int i = 0; i < count; i += S.length()) {
      FloatVector x = FloatVector.fromArray(S, values, from + i);
      x.div(x.neg().lanewise(VectorOperators.EXP).add(1f)).intoArray(values, to + i);
    }
  }
}
