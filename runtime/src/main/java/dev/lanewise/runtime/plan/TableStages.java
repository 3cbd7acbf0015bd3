package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.product.LaneOuterProduct;
import dev.lanewise.runtime.kernel.product.LaneProduct;
import dev.lanewise.runtime.kernel.table.RowKernel;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.EmbedDense;
import java.util.Arrays;

/**
 * Binds an embedding with the dense layer behind it. The table of both is made with the kernels of the two layers, as if all of its rows were the places of
 * one block: sixteen rows are the lanes of a place.
 */
final class TableStages {
  private static final int LANES = Lanes.BLOCK;

  private final int rows;
  private final int size;
  private final int out;
  /** Of the block that has all rows. */
  private final int places;
  /** Of that block: 0, 1, 2 and so on. Lanes behind the last row have it, too, or rows that nobody reads. */
  private final float[] numbers;
  private final RowKernel weights;
  private final RowKernel table;

  private TableStages(EmbedDense of) {
    Embed embed = of.embed();
    this.rows = embed.rows();
    this.size = embed.size();
    this.out = of.dense().out();
    this.places = (rows + LANES - 1) / LANES;
    this.numbers = new float[places * LANES];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    this.weights = new RowKernel(rows, size, places, true);
    this.table = new RowKernel(places * LANES, out, places, true);
  }

  /** Once for a batch the table, V·W[r] + b for each row r; for each block what is looked up in it. */
  static Stage forward(StageBuilder stages, Node n, EmbedDense of, int scratch) {
    TableStages all = new TableStages(of);
    boolean bias = of.dense().bias();
    int x = stages.in(n, 0), w = stages.in(n, 1), v = stages.in(n, 2), b = bias ? stages.in(n, 3) : 0, y = stages.out(n, 0);
    int read = stages.pack(all.floats(all.size)), made = stages.pack(all.floats(all.out)), kept = stages.pack(all.floats(all.out));
    int lanes = stages.pack(RowKernel.scratchSize(Math.max(all.size, all.out)));
    LaneProduct product = LaneProduct.by(all.out, all.size, bias, all.places);
    RowKernel rows = new RowKernel(all.rows, all.out, of.embed().places(), true);
    return stages.stage(n, f -> rows.forward(f.arena, x, f.packed, kept, f.arena, y, f.arena, scratch))
        .pack(f -> {
          all.weights.forward(all.numbers, 0, f.parameters, w, f.packed, read, f.packed, lanes);
          product.run(f.packed, read, f.parameters, v, f.parameters, b, f.packed, made);
          Arrays.fill(f.packed, kept, kept + all.floats(all.out), 0);
          all.table.gradient(all.numbers, 0, f.packed, made, f.packed, kept, f.packed, lanes);
        })
        .generated(product.generated())
        .generated(RowKernel.generated());
  }

  /** Blocks add dy to the rows of the table that they looked up; at the end of a shard that goes through both layers. */
  static Stage backward(StageBuilder stages, Node n, EmbedDense of, boolean sparse, int scratch) {
    TableStages all = new TableStages(of);
    boolean bias = of.dense().bias();
    int x = stages.in(n, 0), w = stages.in(n, 1), v = stages.in(n, 2), dy = stages.in(n, 3);
    int dw = stages.out(n, 0), dv = stages.out(n, 1), db = bias ? stages.out(n, 2) : 0;
    int count = of.embed().places() * LANES, touched = stages.sums(all.rows), sums = stages.sums(all.floats(all.out));
    int ofRows = stages.sums(all.floats(all.size)), dTable = stages.sums(all.floats(all.out)), dRows = stages.sums(all.floats(all.size)), dWeight = stages.sums(all.floats(all.size));
    int lanes = stages.sums(Math.max(RowKernel.scratchSize(Math.max(all.size, all.out)), LaneOuterProduct.scratchSize(all.size, all.places)));
    RowKernel rows = new RowKernel(all.rows, all.out, of.embed().places(), true);
    RowKernel back = new RowKernel(all.places * LANES, all.size, all.places, true);
    LaneOuterProduct outer = new LaneOuterProduct(all.out, all.size, all.places);
    LaneProduct product = LaneProduct.byTransposed(all.size, all.out, all.places);
    return stages.stage(n, f -> {
          for (int i = 0; i < count; i++) {
            f.arena[touched + Embed.row(f.arena[x + i], all.rows)] = 1;
          }
          rows.gradient(f.arena, x, f.arena, dy, f.arena, sums, f.arena, scratch);
        })
        .end(f -> {
          all.table.forward(all.numbers, 0, f.arena, sums, f.arena, dTable, f.arena, lanes);
          all.weights.forward(all.numbers, 0, f.parameters, w, f.arena, ofRows, f.arena, lanes);
          outer.run(f.arena, dTable, f.arena, ofRows, f.gradients, dv, f.arena, lanes);
          product.run(f.arena, dTable, f.parameters, v, f.parameters, 0, f.arena, dRows);
          Arrays.fill(f.arena, dWeight, dWeight + all.floats(all.size), 0);
          back.gradient(all.numbers, 0, f.arena, dRows, f.arena, dWeight, f.arena, lanes);
          for (int r = 0; r < all.rows; r++) {
            if (f.arena[touched + r] > 0) {
              if (bias) {
                add(f.arena, sums + r * all.out, all.out, f.gradients, db);
              }
              if (sparse) {
                f.shard.tables[dw].add(r, f.arena, dWeight + r * all.size);
              } else {
                add(f.arena, dWeight + r * all.size, all.size, f.gradients, dw + r * all.size);
              }
            }
          }
          Arrays.fill(f.arena, touched, touched + all.rows, 0);
          Arrays.fill(f.arena, sums, sums + all.floats(all.out), 0);
        })
        .generated(outer.generated())
        .generated(product.generated())
        .generated(RowKernel.generated());
  }

  private static void add(float[] from, int at, int count, float[] to, int into) {
    for (int i = 0; i < count; i++) {
      to[into + i] += from[at + i];
    }
  }

  /** Of so many values for each row, and for those that fill up the last place. */
  private int floats(int each) {
    return Math.multiplyExact(places * LANES, each);
  }
}
