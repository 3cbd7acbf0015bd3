package dev.lanewise.exchange.keras;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lanewise.exchange.keras.Sketch.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationsTest {
  /** x / 6 + 1/2 in Keras 3, x / 5 + 1/2 in Keras 2, between 0 and 1. */
  @ParameterizedTest
  @CsvSource({"false, 0.16666667", "true, 0.2"})
  void theSlopeOfHardSigmoidIsThatOfItsVersion(boolean early, float slope) {
    Sketch sketch = new Sketch();
    new Activations(sketch, early).of(new Value("x", 2), "hard_sigmoid");
    assertThat(sketch.graph().getNodeList()).extracting(NodeProto::getOpType).containsExactly("HardSigmoid");
    assertThat(sketch.graph().getNode(0).getAttribute(0).getF()).isEqualTo(slope);
  }
}
