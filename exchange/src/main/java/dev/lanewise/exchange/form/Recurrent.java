package dev.lanewise.exchange.form;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Decorator;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A layer with a memory that other programs have as one: those of the prelude, formula by formula. One of the same name that computes something else is none.
 *
 * @param in channels that come in
 * @param units of each way
 * @param layers one above the other
 * @param masked whether it passes by padding, which a second input tells of
 */
public record Recurrent(Kind kind, int in, int places, int units, int layers, boolean reverse, boolean both, boolean masked) {
  /** Which, with the gates of PyTorch's order: for each the number that it has in ONNX's, i o f c and z r h. */
  public enum Kind {
    LSTM(0, 2, 3, 1), GRU(1, 0, 2), RNN(0);

    private final int[] gates;

    Kind(int... gates) {
      this.gates = gates;
    }

    public int gates() {
      return gates.length;
    }

    /** As the language calls it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Rows of ONNX's order in PyTorch's. @param size of the rows of a gate together */
    public float[] fromOnnx(float[] values, int from, int size) {
      float[] made = new float[gates.length * size];
      for (int g = 0; g < gates.length; g++) {
        System.arraycopy(values, from + gates[g] * size, made, g * size, size);
      }
      return made;
    }

    /** Rows of PyTorch's order in ONNX's: the other way round. */
    public void toOnnx(float[] values, float[] made, int from) {
      int size = values.length / gates.length;
      for (int g = 0; g < gates.length; g++) {
        System.arraycopy(values, g * size, made, from + gates[g] * size, size);
      }
    }
  }

  /** One, if a computation is that. */
  public static Optional<Recurrent> of(Computation computation) {
    if (!(plain(computation) instanceof Recipe recipe)) {
      return Optional.empty();
    }
    Map<String, Shape> parameters = recipe.parameters().stream().collect(Collectors.toMap(ParameterSpec::name, ParameterSpec::shape));
    Shape again = parameters.get("weight_hh_l0"), in = recipe.inputs().getFirst().shape();
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(recipe.name()) && again != null && again.rank() == 2 && in.isSequence()) {
        boolean both = parameters.containsKey("weight_hh_l0_reverse");
        boolean backwards = recipe.steps().stream().anyMatch(s -> s.operation() instanceof Scan scan && scan.backwards());
        int layers = (int) parameters.keySet().stream().filter(n -> n.matches("weight_hh_l[0-9]+")).count();
        Recurrent found = new Recurrent(
            kind, in.channels(), in.dim(1), again.dim(1), layers, backwards && !both, both, recipe.inputs().size() - recipe.parameters().size() == 2);
        return found.isSame(recipe) ? Optional.of(found) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private boolean isSame(Recipe recipe) {
    return computesAs(recipe, in, places, masked, call());
  }

  /** As the language calls it. */
  private String call() {
    return kind.word() + "(" + units + (layers == 1 ? "" : ", layers = " + layers) + (reverse ? ", reverse = true" : "") + (both ? ", both = true)" : ")");
  }

  /** Whether a computation is {@code last}, of a sequence all of whose places are real ones, or of one that is told which are. */
  public static boolean isLast(Computation computation) {
    if (!(plain(computation) instanceof Recipe recipe) || !recipe.name().equals("last")) {
      return false;
    }
    Shape in = recipe.inputs().getFirst().shape();
    return computesAs(recipe, in.channels(), in.dim(1), recipe.inputs().size() == 2, "last");
  }

  /** Whether it does what such a step of the language itself does. */
  private static boolean computesAs(Recipe recipe, int channels, int places, boolean masked, String step) {
    String before = masked ? "input " + places + " of 2 padded -> embed(" + channels + ")" : "input " + channels + "x" + places;
    Source source = new Source("reference", "net Reference = " + before + " -> " + step + "\n");
    CheckedNet net = Checker.check(source, ScriptParser.parse(source).script(), new Scope()).actions().stream()
        .filter(Action.DefineNet.class::isInstance).map(a -> ((Action.DefineNet) a).net()).findFirst().orElseThrow();
    return plain(net.layers().getLast().computation()) instanceof Recipe own && own.inputs().equals(recipe.inputs()) && own.steps().equals(recipe.steps()) && own.result() == recipe.result();
  }

  private static Computation plain(Computation computation) {
    return computation instanceof Decorator decorator ? plain(decorator.of()) : computation;
  }

  /** What comes behind the name of each of its parameters in files: that of one way of one layer, {@code _l1_reverse}. */
  public List<List<String>> ends() {
    List<List<String>> ends = new ArrayList<>();
    for (int k = 0; k < layers; k++) {
      ends.add(both ? List.of("_l" + k, "_l" + k + "_reverse") : List.of("_l" + k));
    }
    return ends;
  }
}
