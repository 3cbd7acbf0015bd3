package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One kind of node in a graph. An operation is defined in one place, its record: name, parameters, shape rule,
 * forward formula, gradient and cost. The formula ({@link #evaluate}) is the naive one, for ONE example, in double:
 * it is the specification that every kernel is tested against, and what {@code --kernels scalar} runs.
 *
 * <p>Inputs come as data first, then parameters in the order of {@link #parameters()}. The first output is the main
 * one; others are what the gradient needs again (the winning positions of a pooling, the mask of a dropout).
 */
public sealed interface Operation extends Computation
    permits AtPlaces,
        Attend,
        Attend.Gradient,
        AttendAcross,
        AttendAcross.Gradient,
        ChannelSum,
        Concat,
        Contrast,
        Contrast.Gradient,
        Conv,
        Conv.InputGradient,
        Conv.WeightGradient,
        ConvAcross,
        CrossEntropy,
        CrossEntropy.Gradient,
        Dense,
        Dense.InputGradient,
        Dense.WeightGradient,
        Dropout,
        Dropout.Mask,
        EachLane,
        Embed,
        Embed.WeightGradient,
        EmbedDense,
        EmbedDense.Gradient,
        Excerpt,
        Excerpt.Gradient,
        Fused,
        Gather,
        LastOf,
        LayerNorm,
        LayerNorm.Gradient,
        LogSoftmax,
        LogSoftmax.Gradient,
        MaxPool,
        MaxPool.Gradient,
        Noise,
        OneHot,
        Place,
        Pointwise,
        PooledConvGradient,
        Reduce,
        Repeat,
        Resample,
        Reshape,
        Running,
        Scan,
        SharedSum,
        Slice,
        Slice.Gradient,
        Softmax,
        Softmax.Gradient,
        Spread,
        SpreadAcross,
        SpreadAcross.Gradient,
        Transpose,
        Waves {

  /**
   * The formula for one example: reads {@code in}, ADDS to {@code out}, whose arrays begin as zeros. An output that
   * examples share thereby becomes the sum over the batch.
   */
  void evaluate(Draw draw, double[][] in, double[][] out);

  /**
   * Emits the operations that compute the gradient of the loss with respect to each input.
   *
   * @param dOut the gradient with respect to the main output
   * @param needed for which inputs a gradient is wanted; what is emitted for another is dropped, since nobody reads it
   * @return one value for each input, null where it is not wanted or there is none
   */
  List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed);

  /** The matrix that it multiplies with, if that is what it does. */
  default Optional<LinearMap> linearMap() {
    return Optional.empty();
  }

  /** The same of one of its inputs: what it multiplies with that, if it does. */
  default Optional<LinearMap> linearMap(int input) {
    return linearMap().filter(m -> m.matrix() == input);
  }

  /** Whether it multiplies with a matrix at all. */
  default boolean multiplies() {
    return linearMap().isPresent();
  }

  /** Below which whole numbers an input must lie: a label, what is looked up in a table; 0 if it takes numbers. */
  default int bound(int input) {
    return 0;
  }

  /** The inputs over any of which a kernel may write the main output, element by element; none if it must lie elsewhere. */
  default List<Integer> overwrites() {
    return List.of();
  }

  /** What a gradient operation answers when it is asked for its own gradient. */
  static List<Value> none(Operation operation) {
    throw new IllegalArgumentException(operation.name() + " has no gradient of its own");
  }

  /** A list that may hold nulls. */
  static List<Value> gradients(Value... values) {
    return Arrays.asList(values);
  }
}
