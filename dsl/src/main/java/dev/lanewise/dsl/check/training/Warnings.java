package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.network.StepEdits;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.OutputKind;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.optimize.Optimizer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** What of a training runs, but is hardly meant. */
record Warnings(Problems problems) {
  private static final String EMBED = "embed";
  private static final Set<String> LINEAR = Set.of("dense", "flatten", "reshape", "dropout", "batchnorm");
  private static final int BATCH = 64;
  private static final int SEVERAL = 3;
  private static final String WIDTH = "16";

  /** The network and the batch against the data. */
  void of(Statement.Train train, CheckedNet net, CheckedData data, Computation loss, int batch) {
    int classes = data.target().classes();
    if (classes > 0 && !(loss instanceof Comparison) && Objective.comparesOutput(loss) && net.output().size() > classes && net.output().isFlat()) {
      problems.report(
          Code.L048, train.net().span(),
          net.name() + " has " + net.output().size() + " outputs, but " + data.name() + " has " + classes + " classes",
          outputs(net, classes));
    }
    narrow(net, classes);
    unbent(net, data);
    padding(train.net().span(), net, data);
    Optional<Setting> written = train.settings().stream().filter(s -> s.key().text().equals("batch")).findFirst();
    OptionalInt all = written.isPresent() ? data.trained() : data.limit();
    if (all.isPresent() && batch > all.getAsInt()) {
      problems.report(
          Code.L051, train.span(), "a batch of " + batch + " is larger than the data, of which there are " + all.getAsInt(),
          written.map(s -> Remedy.write(s.value().span(), Integer.toString(Math.min(BATCH, all.getAsInt())))).orElse(Remedy.NONE));
    }
  }

  /** Whether the script says itself that some answers will be wrong. */
  private boolean isExpected(CheckedNet net, CheckedData data) {
    String test = "expect\\s+test\\(\\s*" + Pattern.quote(net.name()) + "\\s*,\\s*" + Pattern.quote(data.name()) + "\\s*\\)\\.accuracy\\s*<";
    return Pattern.compile(test).matcher(problems.source().text()).find();
  }

  /** The last layer with as many outputs. */
  private Remedy outputs(CheckedNet net, int classes) {
    CheckedNet.Layer last = OutputKind.maker(net);
    String text = "end the network with dense(" + classes + ")";
    return last == null || last.source() != problems.source() || !(last.computation() instanceof Dense) ? Remedy.say(text)
        : StepEdits.of(last).number(last.span(), Integer.toString(classes)).map(e -> StepEdits.weighed(Remedy.of(text, e), net, last)).orElse(Remedy.say(text));
  }

  /** A single number, through which all there is to know of several classes would have to pass. */
  private void narrow(CheckedNet net, int classes) {
    for (CheckedNet.Layer layer : net.layers()) {
      boolean last = layer == OutputKind.maker(net);
      if (classes >= SEVERAL && !last && layer.computation() instanceof Dense dense && dense.out() == 1 && dense.in() > 1 && net.output().size() >= classes
          && net.layers().stream().noneMatch(l -> l.inputs().size() > 1)) {
        Remedy remedy = StepEdits.of(layer).number(layer.span(), WIDTH).map(e -> Remedy.of("write `dense(" + WIDTH + ")`", e)).orElse(Remedy.NONE);
        problems.inside(layer.source()).report(
            Code.L136, layer.span(), "a single number in the middle of a network cannot tell " + classes + " classes apart", StepEdits.weighed(remedy, net, layer));
      }
    }
  }

  /** Sums of products alone draw one straight line, and these classes cannot be parted by one. */
  private void unbent(CheckedNet net, CheckedData data) {
    boolean round = data.origin() instanceof CheckedData.Origin.Xor
        || data.origin() instanceof CheckedData.Origin.Points p && (p.kind() == CheckedData.Origin.Points.Kind.CIRCLES || p.kind() == CheckedData.Origin.Points.Kind.SPIRALS);
    boolean straight = net.layers().stream().allMatch(l -> LINEAR.contains(l.computation().name()));
    CheckedNet.Layer last = OutputKind.maker(net);
    if (round && straight && last != null && last.computation() instanceof Dense && !isExpected(net, data)) {
      problems.inside(last.source()).report(
          Code.L136, last.span(), "without an activation a network draws a straight line, and no straight line parts the classes of " + data.name(),
          Remedy.of("put dense(8) -> tanh before it", StepEdits.of(last).before(last.span(), "dense(8) -> tanh")));
    }
  }

  /** Padding that the network takes for a token like others. */
  private void padding(Span at, CheckedNet net, CheckedData data) {
    for (Field input : net.inputs()) {
      Field part = data.field(input.name()).orElse(data.fields().getFirst());
      if (part.padded() && input.isWhole() && !input.padded()) {
        problems.report(
            Code.L103, at, "number 0 is padding in " + data.name() + ", but " + net.name() + " takes it for a token like others",
            "write `input " + part.kind() + "`, or `input " + data.name() + (data.fields().getFirst().equals(part) ? "" : "." + part.name()) + "`");
        return;
      }
    }
  }

  /** The optimiser against the network. */
  void of(Span span, CheckedNet net, Optimizer optimizer) {
    if (optimizer.lazy() && net.layers().stream().noneMatch(l -> l.computation().name().equals(EMBED))) {
      problems.report(Code.L015, span, optimizer.name() + ": lazy leaves rows of an embed as they are, but " + net.name() + " has no embed", "leave it out");
    }
  }
}
