package dev.lanewise.exchange.onnx.read;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Refusal;
import dev.lanewise.dsl.exchange.Importer.Wishes;
import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Cell;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Elements;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Formula;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.draft.Sharing;
import dev.lanewise.exchange.draft.Step;
import dev.lanewise.exchange.draft.Written;
import dev.lanewise.runtime.file.Allowance;
import dev.lanewise.runtime.file.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Goes through a graph, node by node, and puts the network together. */
final class Reading {
  /** Operators that leave whole numbers what they are. */
  private static final Set<String> PASSING = Set.of("Identity", "Cast", "Reshape", "Unsqueeze", "Squeeze", "Clip", "Flatten", "Transpose");

  /** Parts of a formula that is one function; what is longer becomes several. */
  private static final int LONGEST = 100;

  private final GraphProto graph;
  private final int opset;
  private final Tensors tensors;
  private final Wishes wishes;
  private final Draft draft;
  private final Elements elements;
  /** What it is the body of a loop in; null of a model. */
  private final Reading outer;
  private final Operators operators;
  private final Atom batch = Atom.batch(Views.BATCH);
  private final Map<String, TensorProto> initializers = new HashMap<>();
  /** A {@link Fixed}, {@link Formula} or {@link Scores}. */
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Set<String> outputs = new HashSet<>();
  /** Formulas that are steps of their own, whatever formulas read them. */
  private final Map<Formula, Formula> roots = new IdentityHashMap<>();
  /** Of the body of a loop, by their names. */
  private final Map<String, Formula> weights = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> lost = new HashSet<>();
  /** Values that are whole numbers and stand for nothing but themselves. */
  private final Set<String> whole = new HashSet<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<NodeProto, NodeProto> ends = new IdentityHashMap<>();
  /** Of the file: what is inside a loop takes from the same. */
  private final Allowance allowance;
  /** Arrays that are taken from it already. */
  private final Set<Object> taken;

  Reading(GraphProto graph, int opset, Tensors tensors, Wishes wishes) {
    this(graph, opset, tensors, wishes, new Draft(), null, null);
  }

  private Reading(GraphProto graph, int opset, Tensors tensors, Wishes wishes, Draft draft, Elements elements, Reading outer) {
    this.graph = graph;
    this.draft = draft;
    this.elements = elements == null ? new Elements(draft) : elements;
    this.outer = outer;
    this.allowance = outer == null ? new Allowance() : outer.allowance;
    this.taken = outer == null ? Collections.newSetFromMap(new IdentityHashMap<>()) : outer.taken;
    this.opset = opset;
    this.tensors = tensors;
    this.wishes = wishes;
    this.operators = new Operators(draft, this.elements, tensors);
  }

  /** What the body of a loop makes. @param given its inputs */
  private List<Object> inside(GraphProto body, Draft inner, Elements formulas, List<Object> given) throws IOException {
    Reading reading = new Reading(body, opset, tensors, wishes, inner, formulas, this);
    reading.begin();
    for (int i = 0; i < given.size(); i++) {
      reading.values.put(body.getInput(i).getName(), given.get(i));
    }
    for (NodeProto node : body.getNodeList()) {
      try {
        reading.node(node);
      } catch (RefusedException e) {
        throw new RefusedException("in its body, " + node.getName() + " (" + node.getOpType() + "): " + e.getMessage());
      }
    }
    List<Object> made = new ArrayList<>();
    for (ValueInfoProto output : body.getOutputList()) {
      made.add(reading.value(output.getName()));
    }
    return made;
  }

  private void begin() {
    graph.getInitializerList().forEach(t -> initializers.put(t.getName(), t));
    graph.getNodeList().forEach(n -> Set.copyOf(n.getInputList()).forEach(i -> readers.computeIfAbsent(i, _ -> new ArrayList<>()).add(n)));
    graph.getOutputList().forEach(o -> outputs.add(o.getName()));
    findEnds();
  }

  Imported read(String net) throws IOException {
    begin();
    for (ValueInfoProto input : graph.getInputList()) {
      if (!initializers.containsKey(input.getName())) {
        attempt(input.getName(), "input", List.of(input.getName()), () -> input(input));
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      if (node.getInputList().stream().noneMatch(lost::contains)) {
        attempt(node.getName().isEmpty() ? node.getOutputCount() > 0 ? node.getOutput(0) : "?" : node.getName(), node.getOpType(), node.getOutputList(), () -> node(node));
      } else {
        lost.addAll(node.getOutputList());
      }
    }
    List<Written.Output> told = new ArrayList<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      if (!lost.contains(output.getName())) {
        attempt(output.getName(), "output", List.of(), () -> told.add(output(output)));
      }
    }
    if (graph.getOutputCount() == 0) {
      refusals.add(new Refusal(graph.getName(), "graph", "it has no output"));
    }
    if (!refusals.isEmpty()) {
      return Imported.refused(net, refusals);
    }
    Heads.merge(draft);
    attempt("padding", "graph", List.of(), () -> elements.padding().settle(told.stream().map(Written.Output::step).toList()));
    if (!refusals.isEmpty()) {
      return Imported.refused(net, refusals);
    }
    Sharing.merge(draft).forEach(s -> notes.add(s + " of the file are read by several layers, which share them"));
    Written written = Written.of(draft, net, told);
    List<Tensor> weights = written.weights().entrySet().stream().map(e -> new Tensor(e.getKey(), IntStream.of(e.getValue().dims()).boxed().toList(), e.getValue().values())).toList();
    return new Imported(net, written.text(), weights, notes, List.of());
  }

  /** What may be refused. */
  @FunctionalInterface
  private interface Work {
    void done() throws IOException;
  }

  private void attempt(String name, String operator, List<String> makes, Work work) throws IOException {
    try {
      work.done();
    } catch (RefusedException e) {
      refusals.add(new Refusal(name, operator, e.getMessage()));
      lost.addAll(makes);
    } catch (ArithmeticException | NoSuchElementException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      refusals.add(new Refusal(name, operator, "its sizes do not fit together"));
      lost.addAll(makes);
    }
  }

  private static boolean isPointwise(NodeProto node) {
    return Pointwise.has(node.getOpType()) && !node.getOpType().equals("Dropout");
  }

  /** Of nodes that work on every element by itself, in which one a formula ends that reads them. */
  private void findEnds() {
    for (NodeProto node : graph.getNodeList().reversed()) {
      if (!isPointwise(node)) {
        continue;
      }
      Set<NodeProto> found = Collections.newSetFromMap(new IdentityHashMap<>());
      boolean ends = node.getOutputList().stream().anyMatch(outputs::contains);
      for (NodeProto reader : node.getOutputList().stream().flatMap(o -> readers.getOrDefault(o, List.of()).stream()).toList()) {
        ends |= !isPointwise(reader);
        found.add(this.ends.getOrDefault(reader, reader));
      }
      this.ends.put(node, ends || found.size() != 1 ? node : found.iterator().next());
    }
  }

  private void input(ValueInfoProto input) {
    if (!input.getType().hasTensorType()) {
      throw new RefusedException("it is a sequence, an optional value or a map, not a tensor");
    }
    DataType type = DataType.forNumber(input.getType().getTensorType().getElemType());
    if (type == null || type == DataType.STRING || type == DataType.COMPLEX64 || type == DataType.COMPLEX128) {
      throw new RefusedException("it takes values of type " + (type == null ? "?" : type.name().toLowerCase(java.util.Locale.ROOT)));
    }
    List<Integer> wish = wishes.shapes().get(input.getName());
    List<TensorShapeProto.Dimension> dims = input.getType().getTensorType().getShape().getDimList();
    if (dims.isEmpty() && wish == null && !wishes.single()) {
      throw new RefusedException("nothing says which shape it has: say it with --shape " + input.getName() + "=1x28x28");
    }
    int at = wishes.single() ? -1 : batchAxis(dims);
    List<List<Atom>> axes = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    int rank = wish == null ? dims.size() : wish.size() + (at < 0 ? 0 : 1);
    for (int i = 0; i < rank; i++) {
      if (i == at) {
        axes.add(List.of(batch));
        continue;
      }
      long size = wish != null ? wish.get(i < at || at < 0 ? i : i - 1) : dims.get(i).getDimValue();
      if (size < 1 || size > 1 << 24) {
        throw new RefusedException("its dimension " + (i + 1) + (dims.get(i).getDimParam().isEmpty() ? "" : ", `" + dims.get(i).getDimParam() + "`,")
            + " is not said: say it, without the batch, with --shape " + input.getName() + "=1x28x28");
      }
      sizes.add((int) size);
      axes.add(size == 1 ? List.of() : List.of(Atom.of(size)));
    }
    while (sizes.size() > 3) {
      int last = sizes.removeLast();
      sizes.set(sizes.size() - 1, Math.multiplyExact(sizes.getLast(), last));
    }
    int bound = Tensors.isWhole(type.getNumber()) && type != DataType.BOOL ? bound(input.getName()) : 0;
    if (Tensors.isWhole(type.getNumber()) && type != DataType.BOOL && bound == 0) {
      whole.add(input.getName());
    }
    int[] shape = sizes.isEmpty() ? new int[] {1} : sizes.stream().mapToInt(s -> s).toArray();
    if (bound > 0 && shape.length == 3) {
      throw new RefusedException("whole numbers come as 1 of V, L of V or HxW of V");
    }
    String call = "input " + Draft.shape(shape) + (bound > 0 ? " of " + bound : "");
    Live made = Live.natural(draft.input(input.getName(), call, shape), axes).below(bound);
    if (bound == 0) {
      elements.given(made);
    }
    values.put(input.getName(), new Formula.Leaf(made));
  }

  private static int batchAxis(List<TensorShapeProto.Dimension> dims) {
    if (dims.isEmpty() || dims.getFirst().getDimValue() <= 0) {
      return 0;
    }
    for (int i = 1; i < dims.size(); i++) {
      if (dims.get(i).getDimParam().matches("(?i)b|n|batch.*")) {
        return i;
      }
    }
    return 0;
  }

  /** How many rows the table has that whole numbers choose from; 0 if they choose from none: they are numbers as others are. */
  private int bound(String name) {
    List<String> open = new ArrayList<>(List.of(name));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String value = open.removeLast();
      for (NodeProto reader : seen.add(value) ? readers.getOrDefault(value, List.of()) : List.<NodeProto>of()) {
        if (reader.getOpType().equals("Gather") && reader.getInputCount() > 1 && reader.getInput(1).equals(value) && initializers.containsKey(reader.getInput(0))) {
          return Math.toIntExact(initializers.get(reader.getInput(0)).getDims(0));
        }
        if (reader.getOpType().equals("Equal")) {
          String other = reader.getInput(reader.getInput(0).equals(value) ? 1 : 0);
          if (initializers.containsKey(base(other)) && initializers.get(base(other)).getDimsList().stream().anyMatch(d -> d != 1)) {
            return Math.toIntExact(initializers.get(base(other)).getDimsList().stream().reduce(1L, (a, b) -> a * b));
          }
        }
        if (PASSING.contains(reader.getOpType())) {
          open.addAll(reader.getOutputList());
        }
      }
    }
    return 0;
  }

  /** What a value is reshaped from. */
  private String base(String name) {
    return graph.getNodeList().stream().filter(n -> n.getOpType().equals("Reshape") && n.getOutputList().contains(name)).findFirst().map(n -> n.getInput(0)).orElse(name);
  }

  private Object value(String name) throws IOException {
    if (name.isEmpty()) {
      return null;
    }
    Object known = values.get(name);
    if (known == null && initializers.containsKey(name)) {
      known = taken(tensors.read(initializers.get(name)));
      values.put(name, known);
    }
    if (known == null && outer != null) {
      known = outer.value(name);
      if (!(known instanceof Fixed)) {
        throw new RefusedException("it reads `" + name + "` of the example from outside of its loop, at every place");
      }
    }
    if (known == null) {
      throw new RefusedException("nothing before it makes `" + name + "`, which it reads");
    }
    return known;
  }

  /** Numbers that are kept, once for each array: a small file may say that much is to be made of little. */
  private Fixed taken(Fixed numbers) throws IOException {
    if (taken.add(numbers.isWhole() ? numbers : numbers.numbers())) {
      allowance.take(numbers.name().isEmpty() ? "numbers" : numbers.name(), (numbers.isWhole() ? Long.BYTES : Float.BYTES) * (long) numbers.size(), "a model of that size is not read");
    }
    return numbers;
  }

  private void taken(Step step) throws IOException {
    for (Step.Weight weight : step.weights()) {
      if (taken.add(weight.values())) {
        allowance.take(step.call(), Float.BYTES * (long) weight.values().length, "a model of that size is not read");
      }
    }
  }

  private void node(NodeProto proto) throws IOException {
    if (!proto.getDomain().isEmpty() && !proto.getDomain().equals("ai.onnx")) {
      throw new RefusedException("it is no operator of ONNX itself, but of " + proto.getDomain());
    }
    List<Object> in = new ArrayList<>();
    boolean pointwise = isPointwise(proto);
    for (String name : proto.getInputList()) {
      Object value = value(name);
      // A formula that ended before goes on as what it made.
      in.add(pointwise && value instanceof Formula f && roots.containsKey(f) ? rooted(f) : value);
    }
    if (outer != null && pointwise && in.stream().anyMatch(Formula.class::isInstance)) {
      for (int i = 0; i < in.size(); i++) {
        in.set(i, in.get(i) instanceof Fixed f && f.size() > 1 ? weight(proto.getInput(i), f) : in.get(i));
      }
    }
    boolean wholes = IntStream.range(0, in.size()).allMatch(i -> in.get(i) == null || whole.contains(proto.getInput(i)) || in.get(i) instanceof Fixed f && f.isWhole());
    Node node = Aligned.of(new Node(proto, opset, wholes, in, elements));
    List<?> made = made(node, pointwise);
    for (int i = 0; i < proto.getOutputCount(); i++) {
      String name = proto.getOutput(i);
      if (name.isEmpty()) {
        continue;
      }
      if (i >= made.size()) {
        if (readers.containsKey(name) || outputs.contains(name)) {
          throw new RefusedException("its output number " + (i + 1) + " is read, which the language does not have");
        }
        continue;
      }
      Object value = made.get(i) instanceof Fixed f ? taken(f) : made.get(i);
      values.put(name, value instanceof Live x ? new Formula.Leaf(x) : value);
      if (isWhole(node)) {
        whole.add(name);
      }
      if (value instanceof Live x && !x.step().weights().isEmpty()) {
        taken(x.step());
        x.step().otherwise(scope(proto.getName()));
        in.stream().filter(f -> f instanceof Fixed n && !n.isWhole()).forEach(f -> x.step().source(((Fixed) f).name()));
      }
      if (value instanceof Live x) {
        elements.read(x.step(), readers.getOrDefault(name, List.of()).size() == 1 && !outputs.contains(name));
      }
      if (pointwise && value instanceof Formula f && (ends.get(proto) == proto || f.all().size() > LONGEST)) {
        roots.put(f, null);
      }
    }
  }

  /** Numbers of a shape that meet others at each place. */
  private Formula weight(String name, Fixed numbers) {
    return weights.computeIfAbsent(name, _ -> {
      if (numbers.dim(numbers.rank() - 1) != numbers.size()) {
        throw new RefusedException("a matrix meets a vector element by element");
      }
      Step step = draft.input(name, Cell.WEIGHT, new int[] {numbers.size()}).with(name, new int[] {numbers.size()}, numbers.numbers());
      return new Formula.Leaf(Live.natural(step, List.of(List.of(Atom.of(numbers.size())))));
    });
  }

  /** Whether what comes out of a node are whole numbers. */
  private boolean isWhole(Node node) {
    return switch (node.operator()) {
      case "ArgMax", "ArgMin", "Shape", "Size" -> true;
      case "Cast" -> Tensors.isWhole(node.to());
      case "Where", "CastLike" -> node.in().size() > 1 && (whole.contains(node.proto().getInput(1)) || node.isFixed(1) && node.fixed(1, "value").isWhole());
      case "Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual", "DequantizeLinear", "OneHot" -> false;
      default -> !node.in().isEmpty() && whole.contains(node.proto().getInput(0));
    };
  }

  /** Where PyTorch says that a node belongs: {@code layer1.0.conv1} of {@code /layer1/layer1.0/conv1/Conv}. */
  private static String scope(String node) {
    if (!node.startsWith("/")) {
      return "";
    }
    String[] parts = node.substring(1).split("/");
    StringBuilder scope = new StringBuilder();
    for (int i = 0; i < parts.length - 1; i++) {
      if (!parts[i + 1].startsWith(parts[i] + ".")) {
        scope.append(scope.isEmpty() ? "" : ".").append(parts[i]);
      }
    }
    return scope.toString();
  }

  private Formula rooted(Formula f) {
    Formula leaf = roots.get(f);
    if (leaf == null) {
      leaf = new Formula.Leaf(elements.of(f));
      roots.put(f, leaf);
    }
    return leaf;
  }

  private List<?> made(Node node, boolean pointwise) throws IOException {
    Optional<Scores> scores = node.in().stream().filter(Scores.class::isInstance).map(Scores.class::cast).findFirst();
    if (scores.isPresent() && !(node.operator().equals("MatMul") && scores.get().isSoftmax())) {
      return List.of(Scores.behind(node, scores.get()).orElseThrow(Scores::alone));
    }
    Optional<Live> tokens = node.in().stream().filter(i -> i instanceof Formula.Leaf(Live x) && x.bound() != 0).map(i -> (Live) ((Formula.Leaf) i).value()).findFirst();
    if (tokens.isPresent() && !node.operator().equals("Gather") && !node.operator().equals("Shape")) {
      return List.of(whole(node, tokens.get()));
    }
    if (pointwise) {
      if (node.isAllFixed() && !node.in().isEmpty()) {
        return List.of(Pointwise.folded(node));
      }
      return List.of(Pointwise.of(node));
    }
    if (node.operator().equals("Scan")) {
      List<Boolean> told = node.proto().getOutputList().stream().map(o -> readers.containsKey(o) || outputs.contains(o)).toList();
      return new Loops(draft).of(node, told, this::inside);
    }
    List<Boolean> read = node.proto().getOutputList().stream().map(o -> !o.isEmpty() && (readers.containsKey(o) || outputs.contains(o))).toList();
    return operators.of(node, read);
  }

  /** What may be done with whole numbers before a table is asked. */
  private Object whole(Node node, Live x) throws IOException {
    return switch (node.operator()) {
      case "Identity", "Clip" -> x;
      case "Cast" -> Tensors.isWhole(node.to()) ? x : new Formula.Leaf(elements.padding().numbers(x));
      case "Greater", "Less", "LessOrEqual" -> real(node, x);
      case "Reshape", "Unsqueeze", "Squeeze", "Flatten", "Transpose" -> operators.of(node, List.of(true)).getFirst();
      case "Equal" -> node.isFixed(0) && node.fixed(0, "number").size() == 1 || node.isFixed(1) && node.fixed(1, "number").size() == 1 ? real(node, x) : oneHot(node, x);
      default -> throw new RefusedException("it computes with whole numbers that stand for things");
    };
  }

  /** Whether they are 0, which is padding. */
  private Object real(Node node, Live x) {
    Formula numbers = new Formula.Leaf(elements.padding().numbers(x));
    List<Object> in = node.in().stream().map(i -> i instanceof Formula.Leaf(Live y) && y == x ? numbers : i).toList();
    return Pointwise.of(new Node(node.proto(), node.opset(), node.whole(), in, elements));
  }

  /** 1 where a number is met, of all there are. */
  private Object oneHot(Node node, Live x) {
    Fixed all = node.fixed(node.isFixed(0) ? 0 : 1, "numbers");
    int axis = -1;
    for (int i = 0; i < all.rank(); i++) {
      axis = all.dim(i) == all.size() ? i : axis;
    }
    int there = axis + x.rank() - all.rank();
    boolean counts = axis >= 0 && all.size() == x.bound() && there > 0 && x.axes().get(there).isEmpty() && IntStream.range(0, all.size()).allMatch(i -> all.whole(i) == i);
    node.expect(counts, "it computes with whole numbers that stand for things");
    int[] dims = x.order().isEmpty() ? new int[] {all.size()} : IntStream.concat(IntStream.of(all.size()), IntStream.of(x.step().dims())).toArray();
    Step step = draft.once("onehot", "onehot", dims, x.step());
    Atom made = Atom.of(all.size());
    List<List<Atom>> axes = new ArrayList<>(x.axes());
    axes.set(there, List.of(made));
    List<Atom> order = new ArrayList<>(List.of(made));
    order.addAll(x.order());
    return new Live(step, axes, order);
  }

  private Written.Output output(ValueInfoProto output) throws IOException {
    Object value = value(output.getName());
    if (value instanceof Scores) {
      throw Scores.alone();
    }
    Live x = value instanceof Formula f ? elements.of(f)
        : elements.constant((Fixed) value).orElseThrow(() -> new RefusedException("it does not depend on the example"));
    if (x.bound() != 0) {
      throw new RefusedException("it is whole numbers as they came");
    }
    boolean first = x.axes().stream().flatMap(List::stream).noneMatch(Atom::isBatch) || x.rank() > 0 && x.isBatch(0);
    if (!first) {
      notes.add("`" + output.getName() + "` of the file has the examples along another axis than the first; here an example is by itself, as everywhere");
    }
    return new Written.Output(output.getName(), draft.natural(x));
  }
}
