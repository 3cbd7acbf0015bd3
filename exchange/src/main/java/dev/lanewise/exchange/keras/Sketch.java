package dev.lanewise.exchange.keras;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.lanewise.exchange.draft.Fixed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A graph of ONNX's operators that is being put together. */
final class Sketch {
  /** Of the operators. */
  static final int OPSET = 17;

  /** What a node makes. @param rank how many axes it has, with the batch */
  record Value(String name, int rank) {}

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private String layer = "";
  private int made;

  /** Nodes from now on belong to a layer. */
  void within(String name) {
    layer = name;
  }

  GraphProto graph() {
    return graph.build();
  }

  /** @param dims without the batch, 0 where a size is open */
  Value input(String name, boolean whole, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
    Arrays.stream(dims).forEach(d -> shape.addDim(d > 0 ? TensorShapeProto.Dimension.newBuilder().setDimValue(d) : TensorShapeProto.Dimension.newBuilder().setDimParam("?")));
    int type = (whole ? DataType.INT64 : DataType.FLOAT).getNumber();
    graph.addInput(ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape))));
    return new Value(name, dims.length + 1);
  }

  void output(Value value, String name) {
    within(name);
    graph.addNode(NodeProto.newBuilder().setOpType("Identity").setName(name).addInput(value.name()).addOutput(name));
    graph.addOutput(ValueInfoProto.newBuilder().setName(name));
  }

  Value node(String operator, int rank, List<String> in, AttributeProto... attributes) {
    return nodes(operator, 1, rank, in, attributes).getFirst();
  }

  List<Value> nodes(String operator, int outputs, int rank, List<String> in, AttributeProto... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(layer).addAllInput(in).addAllAttribute(Arrays.asList(attributes));
    List<Value> values = IntStream.range(0, outputs).mapToObj(_ -> new Value("~" + ++made, rank)).toList();
    values.forEach(v -> node.addOutput(v.name()));
    graph.addNode(node);
    return values;
  }

  /** What the language is to have no counterpart for; everything behind it is lost, too. */
  Value refused(String operator, int rank) {
    Value value = node(operator, rank, List.of());
    graph.setNode(graph.getNodeCount() - 1, graph.getNode(graph.getNodeCount() - 1).toBuilder().setDomain("keras"));
    return value;
  }

  Value transposed(Value x, int... axes) {
    return node("Transpose", x.rank(), List.of(x.name()), wholes("perm", IntStream.of(axes).asLongStream().toArray()));
  }

  /** Channels behind the batch. */
  Value channelsFirst(Value x) {
    return x.rank() < 3 ? x : transposed(x, IntStream.range(0, x.rank()).map(i -> i < 1 ? i : i == 1 ? x.rank() - 1 : i - 1).toArray());
  }

  Value channelsLast(Value x) {
    return x.rank() < 3 ? x : transposed(x, IntStream.range(0, x.rank()).map(i -> i < 1 ? i : i == x.rank() - 1 ? 1 : i + 1).toArray());
  }

  Value reshaped(Value x, long... to) {
    return node("Reshape", to.length, List.of(x.name(), list(to)));
  }

  /** Numbers that are known, as a layer's parameter has a name. */
  String fixed(String name, Fixed values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values.numbers());
    return tensor(name, DataType.FLOAT, values.dims(), UnsafeByteOperations.unsafeWrap(bytes));
  }

  String number(double value) {
    return fixed("~" + ++made, Fixed.of(new int[0], (float) value));
  }

  String numbers(Fixed values) {
    return fixed("~" + ++made, values);
  }

  String list(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return tensor("~" + ++made, DataType.INT64, new int[] {values.length}, UnsafeByteOperations.unsafeWrap(bytes));
  }

  private String tensor(String name, DataType type, int[] dims, ByteString bytes) {
    // A layer that is used twice has its parameters once.
    if (graph.getInitializerList().stream().noneMatch(t -> t.getName().equals(name))) {
      TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).setRawData(bytes);
      IntStream.of(dims).forEach(tensor::addDims);
      graph.addInitializer(tensor);
    }
    return name;
  }

  static AttributeProto whole(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT).setI(value).build();
  }

  static AttributeProto wholes(String name, long... values) {
    AttributeProto.Builder made = AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(made::addInts);
    return made.build();
  }

  static AttributeProto number(String name, double value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOAT).setF((float) value).build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }
}
