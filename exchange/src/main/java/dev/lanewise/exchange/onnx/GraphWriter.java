package dev.lanewise.exchange.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** An ONNX graph that is being written: nodes, constants, and names of which none is given twice, not even in the bodies of loops. */
final class GraphWriter {
  /** What the dimension is called that counts the examples of a batch. */
  static final String BATCH = "batch";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> names;
  private final Map<String, String> constants = new HashMap<>();
  private final GraphWriter outer;

  private GraphWriter(String name, Set<String> names, GraphWriter outer) {
    this.names = names;
    this.outer = outer;
    graph.setName(name);
  }

  GraphWriter(String name) {
    this(name, new HashSet<>(), null);
  }

  /** What a loop does at each place. It may read all that is outside. */
  GraphWriter body(String name) {
    return new GraphWriter(fresh(name), names, this);
  }

  /** A name like that which nothing has yet. */
  String fresh(String like) {
    String name = like;
    for (int i = 1; !names.add(name); i++) {
      name = like + "_" + i;
    }
    return name;
  }

  /** A node with one output, which is called like that. What the output is called. */
  String node(String operator, String like, List<String> inputs, AttributeProto... attributes) {
    return nodes(operator, like, inputs, 1, attributes).getFirst();
  }

  List<String> nodes(String operator, String like, List<String> inputs, int outputs, AttributeProto... attributes) {
    List<String> made = IntStream.range(0, outputs).mapToObj(i -> fresh(i == 0 ? like : like + "." + i)).toList();
    graph.addNode(NodeProto.newBuilder().setOpType(operator).setName(made.getFirst()).addAllInput(inputs).addAllOutput(made).addAllAttribute(Arrays.asList(attributes)));
    return made;
  }

  /** The same value under another name. */
  void identity(String name, String value) {
    graph.addNode(NodeProto.newBuilder().setOpType("Identity").setName(name).addInput(value).addOutput(name));
  }

  /** A parameter, by its own name. */
  String parameter(String name, List<Integer> dims, float[] values) {
    return initializer(fresh(name), dims.stream().mapToLong(d -> d).toArray(), values);
  }

  /** Numbers that do not change. The same numbers are written once. */
  String numbers(long[] dims, float... values) {
    return outermost().constants.computeIfAbsent(
        "f" + Arrays.toString(dims) + Arrays.toString(values), _ -> outermost().initializer(fresh("constant"), dims, values));
  }

  String number(double value) {
    return numbers(new long[0], (float) value);
  }

  /** Whole numbers, such as a shape. */
  String wholes(long... values) {
    return outermost().constants.computeIfAbsent("i" + Arrays.toString(values), _ -> {
      String name = fresh("constant");
      ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
      Arrays.stream(values).forEach(bytes::putLong);
      outermost().tensor(name, new long[] {values.length}, TensorProto.DataType.INT64, bytes);
      return name;
    });
  }

  /** Conditions that do not change. */
  String flags(long[] dims, boolean... values) {
    String name = fresh("constant");
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (boolean value : values) {
      bytes.put((byte) (value ? 1 : 0));
    }
    outermost().tensor(name, dims, TensorProto.DataType.BOOL, bytes);
    return name;
  }

  private GraphWriter outermost() {
    return outer == null ? this : outer.outermost();
  }

  private String initializer(String name, long[] dims, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    tensor(name, dims, TensorProto.DataType.FLOAT, bytes);
    return name;
  }

  private void tensor(String name, long[] dims, TensorProto.DataType type, ByteBuffer bytes) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    Arrays.stream(dims).forEach(tensor::addDims);
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes.rewind())));
  }

  /** What is given to the graph. @param dims of an example */
  void input(String name, List<Integer> dims, boolean whole) {
    names.add(name);
    graph.addInput(info(name, dims, whole));
  }

  /** What it is computed for. */
  void output(String name, List<Integer> dims) {
    graph.addOutput(info(name, dims, false));
  }

  private static ValueInfoProto info(String name, List<Integer> dims, boolean whole) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
    dims.forEach(d -> shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(d)));
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType((whole ? TensorProto.DataType.INT64 : TensorProto.DataType.FLOAT).getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
  }

  GraphProto build() {
    return graph.build();
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT).setI(value).build();
  }

  static AttributeProto attribute(String name, double value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOAT).setF((float) value).build();
  }

  static AttributeProto attribute(String name, long... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto attribute(String name, GraphProto body) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.GRAPH).setG(body).build();
  }
}
