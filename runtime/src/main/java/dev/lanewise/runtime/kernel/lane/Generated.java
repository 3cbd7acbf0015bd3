package dev.lanewise.runtime.kernel.lane;

import dev.lanewise.runtime.kernel.code.Bytecode;
import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.code.Program;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Makes programs runnable, at the width of this machine's vectors. */
public final class Generated {
  static {
    initializeVectors();
  }

  private Generated() {}

  /** @param type a public interface, since the class lies in this package, with one method {@code run} that takes the program's parameters */
  public static <T> Defined<T> define(Program program, Class<T> type) {
    return Bytecode.define(MethodHandles.lookup(), program, Lanes.bits(), type);
  }

  /** Has the Vector API initialised, before a kernel written by hand is compiled. */
  public static void initialize() {
    // Whoever calls this has had it done.
  }

  /**
   * Uses all of the Vector API that kernels use. A class that nobody has used is not initialised, and where the compiler
   * meets one it puts a way back to the interpreter instead of code: a kernel that is compiled before its first use would
   * have to be compiled again.
   */
  private static void initializeVectors() {
    float[] values = new float[Lanes.BLOCK];
    FloatVector x = FloatVector.fromArray(Lanes.SPECIES, values, 0);
    FloatVector one = FloatVector.broadcast(Lanes.SPECIES, 1f);
    FloatVector y = x.fma(one, one).add(x).sub(one).mul(one).div(one).max(one).min(one).neg().abs().sqrt();
    VectorMask<Float> mask = y.compare(VectorOperators.GT, one).or(y.compare(VectorOperators.NE, 0f)).not();
    IntVector whole = IntVector.fromArray(Lanes.INTEGERS, new int[Lanes.BLOCK], 0).addIndex(1).add(1).mul(1);
    whole = whole.lanewise(VectorOperators.XOR, whole.lanewise(VectorOperators.LSHR, 1)).add(IntVector.zero(Lanes.INTEGERS));
    whole = whole.lanewise(VectorOperators.LSHL, 1).lanewise(VectorOperators.ASHR, 1).sub(1);
    VectorMask<Float> small = whole.compare(VectorOperators.LT, 1).cast(Lanes.SPECIES);
    IntVector bits = y.blend(one, mask).blend(0f, small).reinterpretAsInts();
    y = whole.selectFrom(bits, bits).reinterpretAsFloats();
    whole = whole.max(0).min(7).and(3).neg().add((IntVector) one.convert(VectorOperators.F2I, 0));
    y = y.add((FloatVector) whole.convert(VectorOperators.I2F, 0)).compress(mask.and(Lanes.SPECIES.indexInRange(0, 1)));
    y = y.add(((IntVector) x.convert(VectorOperators.F2I, 0)).compress(mask.cast(Lanes.INTEGERS)).reinterpretAsFloats());
    if (mask.toLong() == mask.trueCount()) {
      y.intoArray(values, 0);
    }
  }
}
