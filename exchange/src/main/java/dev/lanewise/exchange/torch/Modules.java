package dev.lanewise.exchange.torch;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.exchange.form.BatchNorms;
import dev.lanewise.exchange.form.Recurrent;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Decorator;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Taps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The parts of the module: PyTorch's own where there is one, or parameters by their names and what is done with them. */
final class Modules {
  private final List<String> made = new ArrayList<>();
  private final Set<String> there = new HashSet<>();
  private final Map<String, String> renamed = new TreeMap<>();
  private final Functions functions;

  Modules(Functions functions) {
    this.functions = functions;
  }

  /** Lines that make them. */
  List<String> made() {
    return made;
  }

  Tensor layer(CheckedNet.Layer layer, List<Tensor> in) {
    Computation of = plain(layer.computation());
    String self = "self." + Lines.part(layer.shared());
    Tensor x = in.getFirst();
    Optional<String> module = in.size() == 1 ? module(of) : Optional.empty();
    if (module.isPresent()) {
      part(layer.shared(), module.get());
      List<Integer> dims = of.outputs().getFirst().shape().dims();
      if (of instanceof Embed e) {
        return functions.embed(layer.name(), e, x, self + "(%s)");
      }
      boolean recurrent = Recurrent.of(of).isPresent();
      return functions.line(layer.name(), recurrent ? self + "(" + x.text() + ".transpose(1, 2))[0].transpose(1, 2)" : self + "(" + functions.each(x).text() + ")", dims);
    }
    List<Tensor> read = new ArrayList<>(in);
    for (ParameterSpec spec : of.parameters()) {
      read.add(parameter(layer.shared() + "." + spec.name(), spec));
    }
    return switch (of) {
      case Operation operation -> functions.of(layer.name(), operation, read);
      case Recipe recipe -> steps(layer.name(), recipe, read);
      default -> throw new IllegalArgumentException(layer.name() + " is no layer");
    };
  }

  private static Computation plain(Computation computation) {
    return computation instanceof Decorator d ? plain(d.of()) : computation;
  }

  private Tensor steps(String name, Recipe recipe, List<Tensor> in) {
    List<Tensor> values = new ArrayList<>(in);
    for (Recipe.Step step : recipe.steps()) {
      String own = values.size() == recipe.result() ? name : name + "." + step.name();
      values.add(functions.of(own, step.operation(), step.inputs().stream().map(values::get).toList()));
    }
    return values.get(recipe.result());
  }

  /** As the module has it, and remembers where that is not as the file has it. */
  private String own(String name) {
    String own = Lines.part(name);
    if (!own.equals(name)) {
      renamed.put(name, own);
    }
    return own;
  }

  /** What the file calls otherwise: names in the file, and in the module. */
  Map<String, String> renamed() {
    return renamed;
  }

  /** A part with what it is in. */
  private void part(String name, String made) {
    int dot = name.lastIndexOf('.');
    if (dot > 0) {
      container(name.substring(0, dot));
    }
    if (there.add(name)) {
      this.made.add("self." + own(name) + " = " + made);
    }
  }

  private void container(String name) {
    part(name, "nn.Module()");
  }

  /** By its name in the file; what no file holds stands in the program. */
  private Tensor parameter(String name, ParameterSpec spec) {
    List<Integer> dims = spec.shape().dims();
    if (spec.isConstant()) {
      float[] values = new float[spec.shape().size()];
      spec.initializer().fill(null, values, 0, values.length);
      return new Tensor("torch.tensor(" + Arrays.toString(values) + ")" + (dims.size() > 1 ? ".reshape(" + Functions.numbers(dims) + ")" : ""), dims, false);
    }
    container(name.substring(0, name.lastIndexOf('.')));
    if (there.add(name)) {
      made.add("self." + own(name) + " = nn.Parameter(torch.empty(" + Functions.numbers(dims) + (spec.trainable() ? "))" : "), requires_grad=False)"));
    }
    return new Tensor("self." + own(name), dims, false);
  }

  private static Optional<String> module(Computation of) {
    return switch (of) {
      case Conv c -> Optional.of(conv(c));
      case Dense d when d.places() == 0 -> Optional.of("nn.Linear(" + d.in() + ", " + d.out() + (d.bias() ? ")" : ", bias=False)"));
      case Embed e -> Optional.of("nn.Embedding(" + e.rows() + ", " + e.size() + ")");
      case Dropout d -> Optional.of("nn.Dropout" + (d.wholeChannels() ? "2d(" : "(") + d.p() + ")");
      case Recipe r when BatchNorms.is(r) -> Optional.of(batchNorm(r));
      case Recipe r -> recurrent(r);
      default -> Optional.empty();
    };
  }

  private static String conv(Conv c) {
    List<Taps> sides = Functions.sides(c);
    String taps = Functions.taps(c);
    return "nn.Conv" + sides.size() + "d(" + c.in().channels() + ", " + c.channels() + ", " + Functions.of(sides, Taps::count) + (taps.equals("groups=1") ? "" : ", " + taps)
        + (c.bias() ? ")" : ", bias=False)");
  }

  private static String batchNorm(Recipe r) {
    Shape in = r.inputs().getFirst().shape();
    double momentum = r.steps().stream().map(Recipe.Step::operation).filter(Running.class::isInstance).mapToDouble(o -> ((Running) o).momentum()).findFirst().orElse(0.1);
    double eps = BatchNorms.eps(r);
    return "nn.BatchNorm" + (in.isImage() ? 2 : 1) + "d(" + in.channels() + (eps == 1e-5 ? "" : ", eps=" + eps) + (momentum == 0.1 ? ")" : ", momentum=" + momentum + ")");
  }

  /** One of PyTorch's, if it goes through the sequence as that does. */
  private static Optional<String> recurrent(Recipe r) {
    return Recurrent.of(r).filter(m -> !m.reverse())
        .map(m -> "nn." + m.kind() + "(" + m.in() + ", " + m.units() + (m.layers() == 1 ? "" : ", num_layers=" + m.layers()) + ", batch_first=True" + (m.both() ? ", bidirectional=True)" : ")"));
  }
}
