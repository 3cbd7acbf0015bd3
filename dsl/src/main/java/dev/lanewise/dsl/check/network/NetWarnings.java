package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.layer.EachPlace;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Initialized;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.spec.Initialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What of a network runs, but is hardly meant. */
record NetWarnings(Problems problems) {
  private static final Set<String> ACTIVATIONS = Set.of(
      "relu", "sigmoid", "tanh", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "softplus", "softsign", "relu6", "hard_sigmoid", "hard_swish");
  /** What these give is never below 0. */
  private static final Set<String> NOT_NEGATIVE = Set.of("relu", "relu6", "sigmoid", "hard_sigmoid", "softplus");
  private static final Set<String> POOLINGS = Set.of("maxpool", "avgpool");
  private static final String SIGMOID = "sigmoid";
  /** Through as many sigmoids in a row a gradient shrinks to less than a 200th, at best. */
  private static final int DEEP = 4;
  /** Whoever drops more learns from almost nothing. */
  private static final double MOST_DROPPED = 0.95;
  private static final String USUAL_DROPOUT = "(0.5)";
  private static final Pattern SINGLE = Pattern.compile("\\w+\\(\\s*(?:size\\s*=\\s*)?1(?:x1)?\\s*(?:,\\s*stride\\s*=\\s*1\\s*)?\\)");

  /** Layers that undo each other, or add nothing. */
  void of(CheckedNet net) {
    for (CheckedNet.Layer layer : net.layers()) {
      idle(net, layer);
      CheckedNet.Layer before = before(net, layer);
      if (before == null) {
        continue;
      }
      if (layer.computation().name().equals("batchnorm") && hasBias(plain(before))) {
        told(
            net, before, Code.L045, "a bias before batchnorm has no effect: the mean is taken away again",
            withoutBias(before).saying("bias = false saves " + before.computation().parameters().getLast().shape().size() + " parameters"));
      }
      activations(net, layer, before);
      linear(net, layer);
      hidden(net, layer);
    }
    sigmoids(net);
    alike(net);
  }

  /** A layer that hands on what it gets, or hardly any of it. */
  private void idle(CheckedNet net, CheckedNet.Layer layer) {
    Remedy removal = StepEdits.of(layer).removal(layer.span());
    switch (plain(layer)) {
      case Dropout d when d.p() == 0 -> told(net, layer, Code.L049, d.name() + " of 0 changes nothing", removal);
      case Dropout d when d.p() >= MOST_DROPPED -> told(
          net, layer, Code.L134, "`" + d.name() + "` throws nearly all away: " + Math.round(100 * d.p()) + " of 100 numbers",
          Remedy.write(layer.span(), d.name() + USUAL_DROPOUT).saying("0.5 is a good beginning"));
      case Reshape r when r.from().equals(r.to()) && isFlatten(layer) && isFlatten(before(net, layer)) -> told(net, layer, Code.L049, "flatten of what is flat changes nothing", removal);
      case Computation c when POOLINGS.contains(c.name()) && SINGLE.matcher(layer.source().text(layer.span())).matches() -> told(
          net, layer, Code.L049, c.name() + " of single values changes nothing", removal);
      default -> { }
    }
  }

  private static boolean isFlatten(CheckedNet.Layer layer) {
    return layer != null && layer.source().text(layer.span()).matches("flatten(?:\\(\\))?");
  }

  /** An activation of another one. */
  private void activations(CheckedNet net, CheckedNet.Layer layer, CheckedNet.Layer directly) {
    CheckedNet.Layer before = directly;
    while (before != null && isPassing(plain(before))) {
      before = before(net, before);
    }
    if (before == null) {
      return;
    }
    String own = plain(layer).name();
    String other = plain(before).name();
    if (Pointwise.isRelu(plain(layer)) && NOT_NEGATIVE.contains(other)) {
      told(
          net, layer, Code.L049, before == directly ? own + " after " + other + " changes nothing" : own + " changes nothing: " + other + " comes before, and " + plain(directly).name() + " makes no number negative",
          StepEdits.of(layer).removal(layer.span()));
    } else if (before == directly && plain(layer) instanceof Softmax && plain(before) instanceof Softmax) {
      told(net, layer, Code.L049, "softmax of softmax makes all classes nearly alike", StepEdits.of(layer).removal(layer.span()));
    } else if (before == directly && !isRead(layer) && !isRead(before) && ACTIVATIONS.contains(own) && ACTIVATIONS.contains(other)) {
      told(
          net, before, Code.L136, NOT_NEGATIVE.contains(other) && !own.equals("relu")
              ? other + " before " + own + ": nothing below 0 is left for it" : own + " of what " + other + " has bent already",
          StepEdits.of(before).removal(before.span()).saying("take one of the two"));
    }
  }

  /** Whether something else may read what a layer makes. */
  private static boolean isRead(CheckedNet.Layer layer) {
    return StepEdits.isRead(layer);
  }

  /** What changes neither where numbers are below 0 nor makes some. */
  private static boolean isPassing(Computation computation) {
    return computation instanceof Reshape || computation instanceof Dropout || POOLINGS.contains(computation.name());
  }

  /** Sums of products with nothing but linear operations between are one, unless what is between is narrower than both. */
  private void linear(CheckedNet net, CheckedNet.Layer layer) {
    int value = read(layer);
    while (value > 0 && (plain(of(net, value)) instanceof Reshape || plain(of(net, value)) instanceof Dropout)) {
      value = read(of(net, value));
    }
    if (value < 1) {
      return;
    }
    CheckedNet.Layer before = of(net, value);
    boolean dense = plain(layer) instanceof Dense b && plain(before) instanceof Dense a && a.out() >= Math.min(a.in(), b.out());
    boolean conv = plain(layer) instanceof Conv b && plain(before) instanceof Conv a && isWhole(a) && isWhole(b) && a.channels() >= Math.min(a.in().channels(), b.channels());
    if ((dense || conv) && isReadOnce(net, value)) {
      told(
          net, layer, Code.L050, "two " + plain(layer).name() + " layers without an activation between can do no more than one",
          Remedy.of("put relu between them", StepEdits.of(before).after(before.span(), "relu")));
    }
  }

  private static boolean isReadOnce(CheckedNet net, int value) {
    return net.layers().stream().filter(l -> l.inputs().contains(value)).limit(2).count() == 1;
  }

  /** Not one half of a product of a row and a column, or of what is done to each channel alone and at each pixel alone. */
  private static boolean isWhole(Conv conv) {
    return conv.groups() == 1 && (!conv.in().isImage() || conv.rows().count() > 1 == conv.columns().count() > 1);
  }

  /** Softmax leaves little of what a further layer could learn from. */
  private void hidden(CheckedNet net, CheckedNet.Layer layer) {
    CheckedNet.Layer before = before(net, layer);
    while (before != null && (plain(before) instanceof Reshape || plain(before) instanceof Dropout)) {
      before = before(net, before);
    }
    if (before != null && plain(before) instanceof Softmax && (plain(layer) instanceof Dense || plain(layer) instanceof Conv)) {
      told(net, before, Code.L136, "softmax in the middle of a network squeezes all numbers between 0 and 1", Remedy.write(before.span(), "relu"));
    }
  }

  /** Sigmoids in a row, with nothing between but sums of products. */
  private void sigmoids(CheckedNet net) {
    int last = IntStream.rangeClosed(1, net.layers().size()).filter(v -> of(net, v).parameters() > 0).max().orElse(0);
    for (int end = net.layers().size(); end > 0; end--) {
      List<CheckedNet.Layer> row = new ArrayList<>();
      for (int value = end; value > 0 && isCommon(plain(of(net, value))); value = read(of(net, value))) {
        // What a further layer with weights uses.
        if (plain(of(net, value)).name().equals(SIGMOID) && value < last) {
          row.addFirst(of(net, value));
        }
      }
      if (row.size() >= DEEP) {
        Edit[] edits = row.stream().map(l -> new Edit(l.span(), "relu")).distinct().toArray(Edit[]::new);
        told(
            net, row.getFirst(), Code.L136, row.size() + " layers with sigmoid behind each other: each lets a quarter of a gradient through at most, so that the first hardly learn",
            Remedy.of("write `relu` in their places", edits));
        return;
      }
    }
  }

  private static boolean isCommon(Computation computation) {
    return computation instanceof Dense || computation instanceof Conv || isPassing(computation) || ACTIVATIONS.contains(computation.name());
  }

  /** Layers all of whose units begin alike, and stay so. */
  private void alike(CheckedNet net) {
    List<CheckedNet.Layer> weighted = net.layers().stream().filter(l -> l.parameters() > 0).toList();
    List<CheckedNet.Layer> constant = weighted.stream().filter(l -> l.computation() instanceof Initialized(var _, Initialization i) && isConstant(i)).toList();
    boolean row = net.layers().stream().allMatch(l -> l.inputs().size() < 2);
    if (row && weighted.size() > 1 && constant.size() == weighted.size()) {
      List<Edit> edits = constant.stream().flatMap(l -> StepEdits.of(l).withoutArgument(l.span(), "init").stream()).toList();
      Remedy remedy = edits.size() == constant.size() ? Remedy.of("leave `init` out", edits.toArray(Edit[]::new)) : Remedy.say("leave `init` out");
      told(net, constant.getFirst(), Code.L136, "all weights begin with one number: units of a layer begin alike and stay alike", remedy);
    }
  }

  private static boolean isConstant(Initialization i) {
    return i.kind() == Initialization.Kind.ZEROS || i.kind() == Initialization.Kind.ONES || i.kind().isScaled() && i.scale() == 0;
  }

  private static boolean hasBias(Computation computation) {
    return computation instanceof Conv conv && conv.bias()
        || computation instanceof Dense dense && dense.bias()
        || computation.name().equals("transposed_conv") && computation.parameters().size() == 2;
  }

  private static Remedy withoutBias(CheckedNet.Layer layer) {
    StepEdits edits = StepEdits.of(layer);
    Optional<Edit> given = edits.argumentValue(layer.span(), "bias", "false");
    return Remedy.of("write `bias = false`", given.orElseGet(() -> edits.argument(layer.span(), "bias = false")));
  }

  /** What a layer does, at one place if it is inside of {@code each}, whatever its weight begins with. */
  private static Computation plain(CheckedNet.Layer layer) {
    return Initialized.plain(EachPlace.plain(layer.computation()));
  }

  private void told(CheckedNet net, CheckedNet.Layer layer, Code code, String message, Remedy remedy) {
    problems.inside(layer.source()).report(code, layer.span(), message, StepEdits.weighed(remedy, net, layer));
  }

  /** The layer whose value a layer reads, if there is one, and one alone. */
  private static CheckedNet.Layer before(CheckedNet net, CheckedNet.Layer layer) {
    int value = read(layer);
    return value > 0 ? of(net, value) : null;
  }

  /** The value that a layer reads: 0 is the input, -1 stands for several. */
  private static int read(CheckedNet.Layer layer) {
    return layer.inputs().size() == 1 ? layer.inputs().getFirst() : -1;
  }

  /** The layer that makes a value. */
  private static CheckedNet.Layer of(CheckedNet net, int value) {
    return net.layers().get(value - 1);
  }
}
