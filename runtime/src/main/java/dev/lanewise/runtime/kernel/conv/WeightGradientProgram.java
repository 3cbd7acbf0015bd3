package dev.lanewise.runtime.kernel.conv;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;
import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;

import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.conv.ConvWeightGradient.Range;
import dev.lanewise.runtime.kernel.lane.Lanes;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the kernels of a {@link ConvWeightGradient}: the sums of a few outputs at a few taps stay in registers while the
 * positions pass. Not all positions at once: a stretch of rows, short enough for dy to stay in the first-level cache while
 * the taps of all channels pass over it; the taps of one channel follow each other, and so find their x there.
 */
record WeightGradientProgram(ConvShape shape, Range outputs, Range taps) {
  /** The compiled kernel; {@code taps} holds each tap's place in x, for the first position. */
  public interface Kernel {
    void run(float[] x, int xo, int[] taps, float[] dy, int dyo, float[] sums, int so);
  }

  /** Positions per stretch: 4 outputs of 64 bytes each make 16 KB. */
  private static final int STRETCH = 64;
  /** The same where the sums outgrow the second-level cache, and fewer passes over them count for more. */
  private static final int LONG_STRETCH = 128;
  private static final int MANY_SUMS = 1 << 17;

  Program program() {
    int height = shape.outHeight();
    int rows = stretch();
    int whole = height / rows * rows;
    List<Statement> lane = new ArrayList<>();
    if (whole > 0) {
      lane.add(new Loop("row", Index.of(0), Index.of(whole), rows, rows(Index.of("row"), rows)));
    }
    if (whole < height) {
      lane.addAll(rows(Index.of(whole), height - whole));
    }
    return new Program(
        "WeightGradient" + outputs.step() + "x" + taps.step(),
        List.of(floats("x"), integer("xo"), ints("taps"), floats("dy"), integer("dyo"), floats("sums"), integer("so")),
        List.of(new Loop("lane", Index.of(0), Index.of(BLOCK), Lanes.LENGTH, lane)));
  }

  /** How many rows a stretch has, as even as possible. */
  private int stretch() {
    int positions = shape.outHeight() * shape.outWidth();
    int sums = shape.outChannels() * shape.inChannels() * shape.taps() * BLOCK;
    int most = sums > MANY_SUMS ? LONG_STRETCH : STRETCH;
    int stretches = Math.clamp((positions + most / 2) / most, 1, shape.outHeight());
    return (shape.outHeight() + stretches - 1) / stretches;
  }

  /** All outputs at all taps, for some rows of positions. */
  private List<Statement> rows(Index first, int count) {
    Loop ofTaps = new Loop("t", Index.of(taps.from()), Index.of(taps.to()), taps.step(), tile(first, count));
    return List.of(new Loop("o", Index.of(outputs.from()), Index.of(outputs.to()), outputs.step(), List.of(ofTaps)));
  }

  private List<Statement> tile(Index firstRow, int rows) {
    int all = shape.inChannels() * shape.taps();
    int plane = shape.outHeight() * shape.outWidth() * BLOCK;
    int line = shape.rows().stride() * ConvWeightGradient.paddedWidth(shape) * BLOCK;
    List<Statement> body = new ArrayList<>();
    body.add(new SetIndex("at", Index.of("so").plus(Index.of("lane"))
        .plus(Index.of("o").times(all * BLOCK))
        .plus(Index.of("t").times(BLOCK))));
    List<Statement> end = new ArrayList<>();
    for (int o = 0; o < outputs.step(); o++) {
      for (int t = 0; t < taps.step(); t++) {
        Index at = Index.of("at").plus((o * all + t) * BLOCK);
        body.add(new Set(sum(o, t), new Load("sums", at)));
        end.add(new Store("sums", at, new Vector.Variable(sum(o, t))));
      }
    }
    body.add(new SetIndex("d", Index.of("dyo").plus(Index.of("lane"))
        .plus(Index.of("o").times(plane))
        .plus(firstRow.times(shape.outWidth() * BLOCK))));
    body.add(new SetIndex("top", Index.of("xo").plus(Index.of("lane")).plus(firstRow.times(line))));
    for (int t = 0; t < taps.step(); t++) {
      body.add(new SetIndex("tap" + t, new Index.Element("taps", Index.of("t").plus(t))));
    }
    body.add(new Loop("oy", Index.of(0), Index.of(rows), 1, List.of(
        new SetIndex("x0", Index.of("top").plus(Index.of("oy").times(line))),
        new Loop("ox", Index.of(0), Index.of(shape.outWidth()), 1, position(plane)))));
    body.addAll(end);
    return body;
  }

  private List<Statement> position(int plane) {
    List<Statement> position = new ArrayList<>();
    for (int o = 0; o < outputs.step(); o++) {
      position.add(new Set("dy" + o, new Load("dy", Index.of("d").plus(o * plane))));
    }
    for (int t = 0; t < taps.step(); t++) {
      position.add(new Set("x_", new Load("x", Index.of("x0").plus(Index.of("tap" + t)))));
      for (int o = 0; o < outputs.step(); o++) {
        Vector sum = new Vector.Variable(sum(o, t));
        position.add(new Set(sum(o, t), new Fma(new Vector.Variable("x_"), new Vector.Variable("dy" + o), sum)));
      }
    }
    position.add(new SetIndex("d", Index.of("d").plus(BLOCK)));
    position.add(new SetIndex("x0", Index.of("x0").plus(shape.columns().stride() * BLOCK)));
    return position;
  }

  private static String sum(int output, int tap) {
    return "sum" + output + "_" + tap;
  }
}
