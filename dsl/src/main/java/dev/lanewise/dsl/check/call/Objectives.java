package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.LossValue;
import dev.lanewise.dsl.check.expression.UserCalls;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.layer.Contrastive;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Objective.Read;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.spec.ShapeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a network is trained by, for examples with these parts: one loss, or one for each of its outputs.
 *
 * @param fields the parts of an example, see {@link Dataset#fields}
 * @param at where it is told that the network does not fit
 * @param teachers other networks that a loss has read the outputs of: what they give follows the heads
 */
public record Objectives(Formulas formulas, Problems problems, CheckedNet net, List<Field> fields, Span at, List<CheckedNet> teachers) {
  /** The network's own output, for a loss of several; what is to be learned may be called so, too. */
  private static final String OUTPUT = "output";
  private static final Set<String> TARGET = Set.of("label", "target");
  private static final String INPUT = "input";
  private static final String CROSS_ENTROPY = "cross_entropy";
  private static final String SQUARES = "mse";

  public Objectives(Formulas formulas, Problems problems, CheckedNet net, List<Field> fields, Span at) {
    this(formulas, problems, net, fields, at, new ArrayList<>());
  }

  /** An output, and what it is compared with. */
  private record Compared(String name, int output, Read with, Field field) {}

  /** The one that is taken where a training names none: cross-entropy for classes, squared error for numbers. */
  public Optional<Computation> usual(double weight) {
    return named().isEmpty() ? deep(new Call(at, at, own().field.isWhole() ? CROSS_ENTROPY : SQUARES, List.of()), weight) : fitting();
  }

  /** The one that fits: the same, but the squared error also where a single output stands for a class. */
  public Optional<Computation> fitting() {
    List<Compared> named = named();
    if (named.isEmpty()) {
      return deep(fitting(own()), 1);
    }
    List<Objective.Loss> losses = new ArrayList<>();
    for (Compared c : named) {
      loss(c, fitting(c), 1).ifPresent(losses::add);
    }
    return losses.size() == named.size() ? Optional.of(new Objective(losses, Objective.SUM)) : Optional.empty();
  }

  /** The one that a script has written. */
  public Optional<Computation> of(Expression written, double weight) {
    return written instanceof Expression.Block block ? several(block) : single(Call.of(written), weight);
  }

  /** Whether a training by such a loss, or by the usual one, compares the network's own output with what is to be learned, by a loss that does not say itself what fits. */
  public boolean comparesOutput(Optional<Expression> written) {
    if (written.isEmpty()) {
      return named().isEmpty() || named().stream().anyMatch(c -> c.output == 0);
    }
    if (written.get() instanceof Expression.Block block) {
      Set<String> heads = net.heads().stream().map(CheckedNet.Head::name).collect(Collectors.toSet());
      return block.lines().stream().anyMatch(l -> !heads.contains(l.key().text()));
    }
    Call call = Call.of(written.get());
    return !call.name().equals(Contrastive.SIGNATURE.name()) && formulas.lookups().function(call.name()).filter(this::readsByName).isEmpty();
  }

  private Call fitting(Compared c) {
    var shape = net.outputShape(c.output);
    boolean scores = c.field.isWhole() && !(shape.isFlat() && shape.size() == 1) && !(target(c.field).isPlaces() && shape.equals(c.field.shape()));
    return new Call(at, at, scores ? CROSS_ENTROPY : SQUARES, List.of());
  }

  /** The network's own output and what is to be learned. */
  private Compared own() {
    return new Compared("", 0, Read.TARGET, fields.get(Dataset.TARGET));
  }

  /** Heads that are called as a part of the examples is; with them the network's own output, if no head is called as what is to be learned. */
  private List<Compared> named() {
    List<Compared> named = new ArrayList<>();
    for (int i = 0; i < net.heads().size(); i++) {
      Optional<Compared> head = head(net.heads().get(i).name(), i + 1);
      // Without further parts, all heads learn what the network's own output does.
      head.filter(_ -> fields.size() > 2).ifPresent(named::add);
    }
    String target = fields.get(Dataset.TARGET).name();
    if (!named.isEmpty() && named.stream().noneMatch(c -> c.name.equals(target))) {
      named.addFirst(new Compared(target, 0, Read.TARGET, fields.get(Dataset.TARGET)));
    }
    return named;
  }

  private Optional<Compared> head(String name, int output) {
    return IntStream.range(1, fields.size()).filter(i -> fields.get(i).name().equals(name)).boxed().findFirst()
        .map(i -> new Compared(name, output, i == Dataset.TARGET ? Read.TARGET : Read.part(name), fields.get(i)));
  }

  /** {@code loss = cross_entropy}: of the network's own output, and of heads alike; or a function that reads what it names. */
  private Optional<Computation> single(Call call, double weight) {
    Optional<Statement.Function> function = formulas.lookups().function(call.name());
    List<Compared> named = named();
    boolean ofOutputs = call.name().equals(Contrastive.SIGNATURE.name()) && !isOfViews(call);
    if (isOfViews(call)) {
      return deep(call, weight);
    }
    if (ofOutputs || function.isPresent() && readsByName(function.get())) {
      return loss(new Compared("", 0, Read.TARGET, fields.get(Dataset.TARGET)), call, 1).map(l -> new Objective(List.of(l), 0));
    }
    if (named.isEmpty()) {
      return deep(call, weight);
    }
    List<Objective.Loss> losses = new ArrayList<>();
    named.forEach(c -> loss(c, call, c.output == 0 ? 1 : weight).ifPresent(losses::add));
    return losses.size() == named.size() ? sum(losses) : Optional.empty();
  }

  /** Whether it reads anything but the output and the label. */
  private boolean readsByName(Statement.Function function) {
    List<Parameter> values = values(function);
    return IntStream.range(0, values.size()).anyMatch(i -> {
      String name = values.get(i).name().text();
      return i > 1 ? read(name, own()).isPresent() : !name.equals(OUTPUT) && !TARGET.contains(name) && read(name, own()).isPresent() && isOther(name, i);
    }) || values.size() == 1 || values.size() > 1 && values.getFirst().name().text().equals(OUTPUT) && values.get(1).name().text().equals(INPUT);
  }

  /** A first parameter that is called as what is to be learned, or a second one as an output, would change places. */
  private boolean isOther(String name, int place) {
    Read read = read(name, own()).orElseThrow().read;
    return !read.equals(place == 0 ? Read.output(0) : Read.TARGET);
  }

  private static List<Parameter> values(Statement.Function function) {
    return function.parameters().stream().filter(p -> p.fallback().isEmpty()).toList();
  }

  /** The same loss for the network's own output and all heads, against what is to be learned. */
  private Optional<Computation> deep(Call call, double weight) {
    Target target = target(fields.get(Dataset.TARGET));
    LossCalls calls = new LossCalls(formulas, problems);
    if (target.isNumbers() && net.heads().stream().anyMatch(h -> !net.shape(h.value()).equals(net.output()))) {
      return problems.report(
          Code.L016, at, "a head of " + net.name() + " has not the shape of its output, " + net.output() + ", but both are compared with the same numbers",
          "heads of another shape need classes, or a part of the examples that is called as they are");
    }
    Field learned = fields.get(Dataset.TARGET);
    Optional<Computation> main = calls.bind(call.name(), call.arguments(), call.span(), at, net.output(), target).map(l -> withoutPadding(l, learned, call));
    List<Computation> heads = new ArrayList<>();
    if (main.isPresent() && main.get() instanceof Comparison && !net.heads().isEmpty()) {
      return problems.report(Code.L016, at, "`" + main.get().name() + "` compares embeddings, but " + net.name() + " has heads", "remove them");
    }
    if (main.isPresent() && main.get() instanceof Comparison && net.inputs().size() > 1) {
      return problems.report(
          Code.L090, at, "`" + main.get().name() + "` shows a network several examples at once, but " + net.name() + " takes several parts of one: " + net.takes(),
          "take a network with a single input");
    }
    if (main.isPresent()) {
      net.heads().forEach(h -> calls.bind(call.name(), call.arguments(), call.span(), at, net.shape(h.value()), target).map(l -> withoutPadding(l, learned, call)).ifPresent(heads::add));
    }
    return net.heads().isEmpty() || heads.size() < net.heads().size()
        ? main.filter(_ -> heads.size() == net.heads().size())
        : main.map(m -> Objective.deep(m, heads, weight));
  }

  /** Where what is to be learned is padding, nothing is: as if a script had written {@code ignore = 0}. */
  private Computation withoutPadding(Computation loss, Field learned, Call call) {
    if (learned.padded() && loss instanceof CrossEntropy e) {
      return e.ignore() >= 0 ? e : new CrossEntropy(e.scores(), e.smooth(), e.weights(), 0);
    }
    if (learned.padded() && target(learned).isPlaces()) {
      problems.report(
          Code.L102, call.span(), "`" + call.name() + "` does not know of padding: in `" + learned.name() + "` it counts like what is to be learned", "cross_entropy leaves it out");
    }
    return loss;
  }

  private static Target target(Field field) {
    return field.isWhole() ? new Target(field.shape(), field.bound()) : Target.numbers(field.shape());
  }

  /** {@code loss { class = cross_entropy; box = 5 * huber }}. */
  private Optional<Computation> several(Expression.Block block) {
    List<Objective.Loss> losses = new ArrayList<>();
    Map<String, Setting> lines = new LinkedHashMap<>();
    for (Setting line : block.lines()) {
      if (lines.put(line.key().text(), line) != null) {
        problems.report(Code.L019, line.key().span(), "`" + line.key().text() + "` is given twice", "remove one of the two");
        return Optional.empty();
      }
      output(line).flatMap(c -> weighted(line.value()).flatMap(w -> loss(c, w.call, w.factor))).ifPresent(losses::add);
    }
    List<String> without = net.heads().stream().map(CheckedNet.Head::name).filter(h -> !lines.containsKey(h)).filter(h -> losses.stream().noneMatch(l -> reads(l, h))).toList();
    if (losses.size() == block.lines().size() && !without.isEmpty()) {
      return problems.report(
          Code.L093, block.span(), "the head `" + without.getFirst() + "` of " + net.name() + " has no loss: nothing would train it", "add a line " + without.getFirst() + " = …");
    }
    if (block.lines().isEmpty()) {
      return problems.report(Code.L093, block.span(), "no loss stands here", "write a line for each output: " + String.join(", ", outputs()));
    }
    return losses.size() == block.lines().size() ? sum(losses) : Optional.empty();
  }

  /** All of them together, each with a mean of its own over what its examples count. */
  private static Optional<Computation> sum(List<Objective.Loss> losses) {
    return Optional.of(new Objective(losses, Objective.SUM));
  }

  private boolean reads(Objective.Loss loss, String head) {
    return loss.reads().contains(Read.output(1 + net.heads().stream().map(CheckedNet.Head::name).toList().indexOf(head)));
  }

  private List<String> outputs() {
    return Stream.concat(net.heads().stream().map(CheckedNet.Head::name), Stream.of(fields.get(Dataset.TARGET).name())).distinct().toList();
  }

  /** The output that a line names, and what it is compared with: the part of the same name, or what is to be learned. */
  private Optional<Compared> output(Setting line) {
    String name = line.key().text();
    int head = net.heads().stream().map(CheckedNet.Head::name).toList().indexOf(name);
    if (head >= 0) {
      return head(name, head + 1).or(() -> Optional.of(new Compared(name, head + 1, Read.TARGET, fields.get(Dataset.TARGET))));
    }
    if (name.equals(OUTPUT) || TARGET.contains(name) || name.equals(fields.get(Dataset.TARGET).name())) {
      return Optional.of(new Compared(name, 0, Read.TARGET, fields.get(Dataset.TARGET)));
    }
    List<String> known = new ArrayList<>(outputs());
    known.add(OUTPUT);
    return problems.report(
        Code.L093, line.key().span(), net.name() + " has no head `" + name + "`",
        Suggestions.among(line.key().span(), name, known));
  }

  private record Weighted(double factor, Call call) {}

  /** {@code 5 * huber}. */
  private Optional<Weighted> weighted(Expression value) {
    if (!(value instanceof Expression.Binary(Span _, Operator o, Expression left, Expression right)) || o != Operator.TIMES) {
      return Optional.of(new Weighted(1, Call.of(value)));
    }
    Optional<Constant> factor = formulas.constant(left);
    if (factor.isPresent() && factor.get() instanceof Constant.Num(double number) && number >= 0 && Double.isFinite(number)) {
      return Optional.of(new Weighted(number, Call.of(right)));
    }
    return factor.isEmpty()
        ? Optional.empty()
        : problems.report(Code.L011, left.span(), "what a loss counts is a number of at least 0, not " + factor.get(), "for example 0.5 * mse");
  }

  /** {@code contrastive(temperature = 0.5)}: of two views of each example, without names of outputs. */
  private static boolean isOfViews(Call call) {
    return call.name().equals(Contrastive.SIGNATURE.name()) && call.arguments().stream().noneMatch(a -> a.name().isEmpty() && a.value().dotted().isPresent());
  }

  /** {@code contrastive(image, text, temperature = 0.07)}: of two outputs, across the batch. */
  private Optional<Objective.Loss> contrastive(String name, Call call, double factor) {
    List<Argument> values = call.arguments().stream().filter(a -> a.name().isEmpty()).limit(2).toList();
    List<Integer> outputs = values.stream().map(a -> outputNumber(a.value().dotted().orElse(""))).toList();
    if (outputs.size() < 2 || outputs.contains(-1) || outputs.getFirst().equals(outputs.getLast())) {
      Span wrong = outputs.contains(-1) ? values.get(outputs.indexOf(-1)).span() : call.span();
      List<String> known = Stream.concat(Stream.of(OUTPUT), net.heads().stream().map(CheckedNet.Head::name)).toList();
      return problems.report(
          Code.L093, wrong, "`contrastive` compares two outputs of a network, by their names", "there is " + String.join(", ", known));
    }
    List<Argument> others = call.arguments().stream().filter(a -> !values.contains(a)).toList();
    try {
      return new Calls(formulas, problems).bind(Contrastive.SIGNATURE, call.span(), others)
          .map(a -> Contrastive.bind(a, net.outputShape(outputs.getFirst()), net.outputShape(outputs.getLast())))
          .map(l -> new Objective.Loss(name, factor, l, true, outputs.stream().map(Read::output).toList()));
    } catch (ShapeException e) {
      return problems.report(at, e);
    }
  }

  /** -1 if no output is called so. */
  private int outputNumber(String name) {
    int head = net.heads().stream().map(CheckedNet.Head::name).toList().indexOf(name);
    return name.equals(OUTPUT) ? 0 : head < 0 ? -1 : head + 1;
  }

  /** The loss of one output. */
  private Optional<Objective.Loss> loss(Compared c, Call call, double factor) {
    if (call.name().equals(Contrastive.SIGNATURE.name())) {
      return contrastive(c.name, call, factor);
    }
    Optional<Statement.Function> function = formulas.lookups().function(call.name());
    if (function.isPresent() && isRead(function.get(), c)) {
      return byName(c, function.get(), call, factor);
    }
    if (!fits(c)) {
      return Optional.empty();
    }
    return new LossCalls(formulas, problems).bind(call.name(), call.arguments(), call.span(), at, net.outputShape(c.output), target(c.field)).map(l -> withoutPadding(l, c.field, call))
        .map(l -> new Objective.Loss(c.name, factor, l, true, List.of(Read.output(c.output), c.with)));
  }

  /** Whether a head has as many values as there are to be learned. */
  private boolean fits(Compared c) {
    int outputs = net.outputShape(c.output).size();
    boolean fits = c.field.isWhole()
        ? c.field.shape().size() > 1 || outputs == 1 || outputs >= c.field.bound()
        : outputs == c.field.shape().size();
    if (!fits) {
      problems.report(
          Code.L016, at, (c.output == 0 ? net.name() : "the head `" + c.name + "` of " + net.name()) + " gives " + net.outputShape(c.output)
              + ", but `" + c.field.name() + "` is " + c.field.kind(),
          "end it with " + (c.field.isWhole() ? "dense(" + c.field.bound() + ")" : c.field.shape().isFlat() ? "dense(" + c.field.shape().size() + ")" : c.field.shape().toString()));
    }
    return fits;
  }

  private record Named(Read read, LossValue value) {}

  /** Whether a function reads what it names: all parameters without a default are known, the first two by their place if need be. */
  private boolean isRead(Statement.Function function, Compared c) {
    List<Parameter> values = values(function);
    return IntStream.range(0, values.size()).allMatch(i -> i < 2 && values.size() > 1 || read(values.get(i).name().text(), c).isPresent())
        && (values.size() != 2 || values.stream().anyMatch(p -> read(p.name().text(), c).filter(n -> !n.read.equals(Read.output(c.output)) && !n.read.equals(c.with)).isPresent()));
  }

  /** What a name stands for beside an output. */
  private Optional<Named> read(String name, Compared c) {
    int head = net.heads().stream().map(CheckedNet.Head::name).toList().indexOf(name);
    if (name.equals(OUTPUT)) {
      return Optional.of(output(c.output));
    }
    if (TARGET.contains(name)) {
      return Optional.of(compared(c));
    }
    if (head >= 0) {
      return Optional.of(output(head + 1));
    }
    if (name.equals(INPUT)) {
      return Optional.of(new Named(Read.INPUT, new LossValue(net.input(), net.first().bound())));
    }
    return IntStream.range(0, fields.size()).filter(i -> fields.get(i).name().equals(name)).boxed().findFirst()
        .map(i -> new Named(i == Dataset.TARGET ? Read.TARGET : i == 0 && net.first().name().isEmpty() ? Read.INPUT : Read.part(name), new LossValue(fields.get(i).shape(), fields.get(i).bound())))
        .or(() -> formulas.lookups().netNamed(name).map(this::teacher));
  }

  /** What another network makes of the example. */
  private Named teacher(CheckedNet other) {
    int known = teachers.indexOf(other);
    return new Named(Read.output(1 + net.heads().size() + (known < 0 ? teachers.size() : known)), new LossValue(other.output(), 0));
  }

  /** Where a loss reads another network, that is known from then on. */
  private void taught(String name, Named named) {
    boolean isOther = named.read instanceof Read.Output(int number) && number == 1 + net.heads().size() + teachers.size();
    if (isOther) {
      teachers.add(formulas.lookups().netNamed(name).orElseThrow());
    }
  }

  private Named output(int number) {
    return new Named(Read.output(number), new LossValue(net.outputShape(number), 0));
  }

  /** What an output is compared with comes in its shape, where it has as many numbers. */
  private Named compared(Compared c) {
    var output = net.outputShape(c.output);
    boolean same = !c.field.isWhole() && c.field.shape().size() == output.size();
    return new Named(c.with, new LossValue(same ? output : c.field.shape(), c.field.isWhole() ? output.size() : 0));
  }

  private Optional<Objective.Loss> byName(Compared c, Statement.Function function, Call call, double factor) {
    List<Parameter> parameters = values(function);
    List<Named> named = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      int place = i;
      String name = parameters.get(i).name().text();
      named.add(read(name, c).orElseGet(() -> place == 0 ? output(c.output) : compared(c)));
      taught(name, named.getLast());
    }
    List<Parameter> constants = function.parameters().stream().filter(p -> p.fallback().isPresent()).toList();
    return new UserCalls(formulas, problems).bind(function.name(), constants, call.arguments(), call.span())
        .flatMap(given -> formulas.lookups().functions(function).loss(
            function, given, call.span(), named.stream().map(Named::value).toList(), IntStream.range(0, named.size()).filter(i -> named.get(i).read instanceof Read.Output(int number) && number <= net.heads().size()).boxed().toList()))
        .map(l -> new Objective.Loss(c.name, factor, l, true, named.stream().map(Named::read).toList()));
  }
}
