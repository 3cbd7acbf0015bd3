package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.layer.EachPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code show(Net)} prints: for one example, each layer's output, parameters, multiply-adds, and the memory of its output. */
public final class NetTable {
  private NetTable() {}

  public static Table of(CheckedNet net) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("input", "", net.first().kind(), "", "", kilobytes(net.input().size())));
    long multiplyAdds = 0;
    long values = net.input().size();
    for (CheckedNet.Layer layer : net.layers()) {
      long count = layer.computation().multiplyAdds();
      rows.add(
          List.of(
              layer.name(), layer.call(), EachPlace.plain(layer.computation()).outputs().getFirst().shape().toString(), number(layer.parameters()), number(count),
              kilobytes(layer.output().size())));
      multiplyAdds += count;
      values += layer.output().size();
    }
    rows.add(List.of("total", "", "", number(net.parameters()), number(multiplyAdds), kilobytes(values)));
    return new Table(net.name(), List.of("layer", "operation", "output", "parameters", "multiply-adds", "kB"), rows);
  }

  private static String number(long number) {
    return number == 0 ? "" : String.format(Locale.ROOT, "%,d", number);
  }

  private static String kilobytes(long floats) {
    return String.format(Locale.ROOT, "%,.1f", floats * Float.BYTES / 1024.0);
  }
}
