package dev.lanewise.exchange.bent;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** ONNX files whose messages can be read, but say what is not so: loops, sizes that nothing has, weights elsewhere, operators in place of others. */
final class Messages {
  private static final int MOST_CHANGES = 4;
  private static final List<String> ELSEWHERE = List.of("../../etc/passwd", "/etc/passwd", "..", ".", "", "bent.onnx", "a/../../../etc/hostname", "missing.bin", "\0", "/dev/zero", "/proc/self/mem");
  private static final List<String> OPERATORS = List.of(
      "Conv", "ConvTranspose", "MaxPool", "AveragePool", "Gemm", "MatMul", "Add", "Mul", "Pow", "Concat", "Reshape", "Transpose", "Slice", "Split", "Gather", "Pad", "Resize", "Tile", "Expand",
      "ConstantOfShape", "Range", "Shape", "Softmax", "ReduceSum", "ReduceMax", "LSTM", "GRU", "RNN", "Dropout", "BatchNormalization", "LayerNormalization", "Where", "Cast", "Clip", "DepthToSpace",
      "Squeeze", "Unsqueeze", "Flatten", "Trilu", "OneHot", "Loop", "If", "Scan", "Equal", "Identity", "Upsample", "ArgMax", "CumSum", "ReduceProd", "Einsum", "TopK", "Hardmax", "LRN", "MeanVarianceNormalization", "RMSNormalization", "LpNormalization", "Attention", "Compress", "DequantizeLinear", "IsInf", "SpaceToDepth");

  private Messages() {}

  static byte[] bent(byte[] bytes, Random random) throws java.io.IOException {
    ModelProto.Builder model = ModelProto.parseFrom(bytes).toBuilder();
    for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
      GraphProto.Builder graph = model.getGraphBuilder();
      switch (random.nextInt(10)) {
        case 0 -> tensor(graph, random);
        case 1 -> wired(graph, random);
        case 2 -> node(graph, random).setOpType(OPERATORS.get(random.nextInt(OPERATORS.size())));
        case 3 -> inserted(graph, random);
        case 4 -> repeated(graph, random);
        case 5 -> nested(graph, random);
        case 6 -> model.getOpsetImportBuilder(0).setVersion(random.nextInt(4) == 0 ? Bytes.length(random) : 1 + random.nextInt(25));
        default -> field(model, random, 0);
      }
    }
    return model.build().toByteArray();
  }

  private static NodeProto.Builder node(GraphProto.Builder graph, Random random) {
    return graph.getNodeCount() == 0 ? graph.addNodeBuilder() : graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
  }

  private static void tensor(GraphProto.Builder graph, Random random) {
    if (graph.getInitializerCount() == 0) {
      return;
    }
    TensorProto.Builder tensor = graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
    switch (random.nextInt(4)) {
      case 0 -> tensor.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .addExternalData(entry("location", ELSEWHERE.get(random.nextInt(ELSEWHERE.size()))))
          .addExternalData(entry("offset", Long.toString(Bytes.length(random)))).addExternalData(entry(random.nextBoolean() ? "length" : "offset", random.nextBoolean() ? "1e9" : Long.toString(Bytes.length(random))));
      case 1 -> tensor.addDims(Bytes.length(random));
      case 2 -> tensor.setDataType(random.nextInt(24));
      default -> tensor.setRawData(ByteString.copyFrom(new byte[random.nextInt(64)]));
    }
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static String anyValue(GraphProto.Builder graph, Random random) {
    NodeProto.Builder node = node(graph, random);
    return node.getOutputCount() > 0 && random.nextBoolean() ? node.getOutput(random.nextInt(node.getOutputCount())) : node.getInputCount() > 0 ? node.getInput(random.nextInt(node.getInputCount())) : "";
  }

  /** A node that reads another value, which may be its own or one that comes later. */
  private static void wired(GraphProto.Builder graph, Random random) {
    NodeProto.Builder node = node(graph, random);
    switch (random.nextInt(4)) {
      case 0 -> node.addInput(anyValue(graph, random));
      case 1 -> node.addOutput(anyValue(graph, random));
      default -> {
        if (node.getInputCount() > 0) {
          node.setInput(random.nextInt(node.getInputCount()), anyValue(graph, random));
        }
      }
    }
  }

  /** A node between a value and those that read it, many times over: what is computed with grows with every one of them. */
  private static void inserted(GraphProto.Builder graph, Random random) {
    NodeProto.Builder at = node(graph, random);
    if (at.getInputCount() == 0) {
      return;
    }
    String value = at.getInput(0), operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
    List<NodeProto> before = new ArrayList<>();
    int count = random.nextInt(4) == 0 ? 200 : 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String made = "bent" + random.nextInt(1 << 30);
      NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addInput(value).addOutput(made);
      for (int more = random.nextInt(4); more > 0; more--) {
        node.addInput(random.nextInt(3) == 0 ? anyValue(graph, random) : value);
      }
      if (random.nextBoolean()) {
        node.addAttribute(whole(List.of("axis", "axes", "perm", "shape", "pads", "kernel_shape", "to", "k").get(random.nextInt(8)), random));
      }
      before.add(node.build());
      value = made;
    }
    at.setInput(0, value);
    List<NodeProto> all = new ArrayList<>(before);
    all.addAll(graph.getNodeList());
    graph.clearNode().addAllNode(all);
  }

  private static AttributeProto whole(String name, Random random) {
    AttributeProto.Builder made = AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS).setI(Bytes.length(random));
    for (int count = random.nextInt(5); count > 0; count--) {
      made.addInts(random.nextBoolean() ? random.nextInt(4) : Bytes.length(random));
    }
    return made.build();
  }

  private static void repeated(GraphProto.Builder graph, Random random) {
    if (graph.getNodeCount() > 0) {
      NodeProto node = graph.getNode(random.nextInt(graph.getNodeCount()));
      for (int i = random.nextInt(50); i >= 0; i--) {
        graph.addNode(node);
      }
    }
  }

  private static void nested(GraphProto.Builder graph, Random random) {
    GraphProto inner = GraphProto.getDefaultInstance();
    for (int depth = random.nextInt(60); depth > 0; depth--) {
      inner = GraphProto.newBuilder().addNode(NodeProto.newBuilder().setOpType("If").addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(inner))).build();
    }
    node(graph, random).setOpType("If").addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(inner));
  }

  /** Any field of any message. */
  private static void field(Message.Builder at, Random random, int depth) {
    List<FieldDescriptor> set = new ArrayList<>(at.getAllFields().keySet());
    if (set.isEmpty()) {
      return;
    }
    FieldDescriptor field = set.get(random.nextInt(set.size()));
    int place = field.isRepeated() ? random.nextInt(at.getRepeatedFieldCount(field)) : 0;
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      Message.Builder inner = field.isRepeated() ? ((Message) at.getRepeatedField(field, place)).toBuilder() : ((Message) at.getField(field)).toBuilder();
      field(inner, random, depth + 1);
      put(at, field, place, inner.build());
      return;
    }
    Object value = switch (field.getJavaType()) {
      case INT -> (int) Bytes.length(random);
      case LONG -> Bytes.length(random);
      case FLOAT -> random.nextBoolean() ? Float.NaN : 1e38f;
      case DOUBLE -> Double.NEGATIVE_INFINITY;
      case STRING -> random.nextBoolean() ? "" : OPERATORS.get(random.nextInt(OPERATORS.size()));
      case BYTE_STRING -> ByteString.copyFrom(new byte[random.nextInt(16)]);
      default -> null;
    };
    if (value == null || random.nextInt(8) == 0) {
      at.clearField(field);
    } else {
      put(at, field, place, value);
    }
  }

  private static void put(Message.Builder at, FieldDescriptor field, int place, Object value) {
    if (field.isRepeated()) {
      at.setRepeatedField(field, place, value);
    } else {
      at.setField(field, value);
    }
  }
}
