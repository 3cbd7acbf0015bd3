package dev.lanewise.dsl.glass;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a network is drawn: as columns, each a layer with weights and what follows it without any. The first is what the network takes.
 *
 * <pre>{@code conv1: conv(10, 5) -> maxpool(2) -> relu      // one column of three chips }</pre>
 */
public final class Columns {
  /** Outputs of which each has a bar. */
  private static final int MOST_BARS = 20;

  private Columns() {}

  /** What the values of a layer are drawn as. */
  public enum Form {
    /** Planes of points. */
    MAPS,
    /** A cell for each number. */
    CELLS,
    /** Few numbers, a bar each. */
    BARS
  }

  /**
   * A layer in a column.
   *
   * @param layer its name
   * @param word what is called: {@code conv}
   * @param shape of what it gives
   * @param line of the script, from 1 on
   */
  public record Chip(String layer, String word, Shape shape, int line, Form form) {}

  /**
   * @param label that of its first layer
   * @param uses of blocks that it stands in, the outermost first
   * @param from numbers of the columns that it reads
   */
  public record Column(String label, List<Chip> chips, List<String> uses, List<Integer> from) {
    public Column {
      chips = List.copyOf(chips);
      uses = List.copyOf(uses);
      from = List.copyOf(from);
    }
  }

  public static List<Column> of(CheckedNet net) {
    List<Column> columns = new ArrayList<>();
    Map<Integer, Integer> turns = new HashMap<>();
    int[] columnOf = new int[net.layers().size() + 1];
    columns.add(new Column(input(net), List.of(chip(input(net), "input", net.input(), line(net.at().source().text(), net.at().span().start()), false)), List.of(), List.of()));
    for (int i = 0; i < net.layers().size(); i++) {
      CheckedNet.Layer layer = net.layers().get(i);
      boolean isInput = layer.computation() instanceof Given;
      int before = layer.inputs().isEmpty() ? 0 : columnOf[layer.inputs().getFirst()];
      List<String> uses = uses(layer, turns);
      boolean follows = !isInput && layer.inputs().size() == 1 && before == columns.size() - 1 && before > 0 && !begins(layer) && columns.get(before).uses().equals(uses);
      List<Integer> from = layer.inputs().stream().map(v -> columnOf[v]).distinct().toList();
      Chip chip = chip(layer.name(), word(layer), layer.output(), line(layer.source().text(), layer.span().start()), i + 1 == net.result());
      if (isHidden(layer) && layer.inputs().size() == 1) {
        columnOf[i + 1] = before;
      } else if (follows) {
        Column last = columns.get(before);
        columns.set(before, new Column(last.label(), Stream.concat(last.chips().stream(), Stream.of(chip)).toList(), last.uses(), last.from()));
        columnOf[i + 1] = before;
      } else {
        columns.add(new Column(layer.name(), List.of(chip), uses, from));
        columnOf[i + 1] = columns.size() - 1;
      }
    }
    return List.copyOf(columns);
  }

  private static String input(CheckedNet net) {
    return net.first().name().isEmpty() ? GraphBuilder.INPUT : net.first().name();
  }

  /** Whether it begins a column: it has parameters, and does more with them than to scale what it is given. */
  private static boolean begins(CheckedNet.Layer layer) {
    return layer.computation().parameters().stream().anyMatch(ParameterSpec::trainable) && !layer.computation().name().endsWith("norm");
  }

  /** What leaves the numbers as they are, when nobody trains. */
  private static boolean isHidden(CheckedNet.Layer layer) {
    return layer.computation() instanceof Dropout || layer.computation() instanceof Reshape;
  }

  /** Turns of a {@code repeat} are counted, in the order in which they come. */
  private static List<String> uses(CheckedNet.Layer layer, Map<Integer, Integer> turns) {
    return layer.within().stream().map(u -> u.isTurn() ? u.call() + " " + turns.computeIfAbsent(u.number(), _ -> turns.size() + 1) : u.name()).toList();
  }

  private static String word(CheckedNet.Layer layer) {
    return layer.call().replaceFirst("\\s*\\(.*", "");
  }

  private static int line(String text, int at) {
    return 1 + (int) text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count();
  }

  private static Chip chip(String layer, String word, Shape shape, int line, boolean isOutput) {
    boolean isPlane = shape.rank() >= 2 && shape.dim(shape.rank() - 1) > 1 && shape.size() / shape.dim(shape.rank() - 1) > 0;
    return new Chip(layer, word, shape, line, isPlane ? Form.MAPS : isOutput && shape.size() <= MOST_BARS ? Form.BARS : Form.CELLS);
  }
}
