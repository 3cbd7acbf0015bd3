package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.kernel.table.RowSums;
import dev.lanewise.runtime.tensor.Memory;
import java.util.Arrays;
import java.util.List;

/**
 * What a shard's examples add to the gradients of all parameters: one array, laid out like the parameters, for all but tables, which come last;
 * and of each table the rows that the examples touched. So nothing here is as long as a table.
 */
public final class Gradients {
  final float[] whole;
  final RowSums[] tables;
  private final int end;
  private final List<Parameter> parameters;

  /** @param end of the array */
  Gradients(Graph graph, int end) {
    this.end = end;
    this.whole = Memory.allocate(end - Memory.BASE);
    this.parameters = graph.tables();
    this.tables = parameters.stream().map(p -> new RowSums(p.shape().dim(1))).toArray(RowSums[]::new);
  }

  /** Of all parameters but tables, where those lie. */
  public float[] whole() {
    return whole;
  }

  /** Whether there are any. */
  public boolean hasTables() {
    return tables.length > 0;
  }

  /** Of a table, by its place among those that the graph has. */
  public RowSums table(int index) {
    return tables[index];
  }

  /** Sets them to 0. */
  public void clear() {
    // Not the whole array: small ones are made a megabyte long, and clearing that would empty the caches.
    Arrays.fill(whole, 0, end, 0);
    for (RowSums table : tables) {
      table.clear();
    }
  }

  /** All of them, laid out like the parameters: for looking at them. */
  public float[] all() {
    float[] all = Memory.allocate(end - Memory.BASE + parameters.stream().mapToInt(p -> p.shape().size()).sum());
    System.arraycopy(whole, 0, all, 0, end);
    int at = end;
    for (int t = 0; t < tables.length; t++) {
      int size = parameters.get(t).shape().dim(1);
      tables[t].sort();
      for (int k = 0; k < tables[t].count(); k++) {
        for (int j = 0; j < size; j++) {
          all[at + tables[t].row(k) * size + j] = tables[t].value(k, j);
        }
      }
      at += parameters.get(t).shape().size();
    }
    return all;
  }
}
