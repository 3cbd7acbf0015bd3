package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Formula;
import dev.lanewise.exchange.draft.Live;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Inputs that meet others from an axis on that the node names, as today's operators have them: counted from the last one. */
final class Aligned {
  private static final Set<String> QUANTIZED = Set.of("QuantizeLinear", "DequantizeLinear");

  private Aligned() {}

  /** The node, with its inputs turned so where it says otherwise. */
  static Node of(Node node) {
    boolean old = node.opset() < 7 && node.whole("broadcast", 0) == 1 && node.hasAttribute("axis");
    boolean channels = node.operator().equals("PRelu") && node.opset() < 7;
    if (node.in().isEmpty() || !old && !channels && !QUANTIZED.contains(node.operator())) {
      return node;
    }
    List<Object> in = new ArrayList<>(node.in());
    for (int i = 1; i < in.size(); i++) {
      if (in.get(i) != null && (old || rank(node, i) == 1 && size(node, i) > 1)) {
        int axis = (int) node.whole("axis", 1), from = axis < 0 ? axis + rank(node, 0) : axis;
        in.set(i, behind(node, i, rank(node, 0) - from - rank(node, i)));
      }
    }
    return new Node(node.proto(), node.opset(), node.whole(), in, node.elements());
  }

  private static int rank(Node node, int input) {
    return node.isFixed(input) ? node.fixed(input, "value").rank() : node.live(input).rank();
  }

  private static long size(Node node, int input) {
    return node.isFixed(input) ? node.fixed(input, "value").size() : node.live(input).size(0);
  }

  /** With so many axes of 1 behind its own. */
  private static Object behind(Node node, int input, int more) {
    node.expect(more >= 0, "its values do not go together");
    if (node.isFixed(input)) {
      Fixed f = node.fixed(input, "value");
      int[] dims = Arrays.copyOf(f.dims(), f.rank() + more);
      Arrays.fill(dims, f.rank(), dims.length, 1);
      return f.shaped(dims);
    }
    Live x = node.live(input);
    return new Formula.Leaf(Views.unsqueezed(x, LongStream.range(x.rank(), x.rank() + more).toArray()));
  }
}
