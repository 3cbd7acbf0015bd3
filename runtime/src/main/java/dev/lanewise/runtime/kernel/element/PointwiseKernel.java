package dev.lanewise.runtime.kernel.element;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.ints;
import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.TermCode;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * A formula of every element by itself, as one generated loop: y[c][p][lane] = f(a[c][p][lane], b[c][lane], …). The
 * sizes come from a table, so that one class serves a formula wherever it occurs. The output may lie where an input
 * lies.
 */
public final class PointwiseKernel {
  /** The compiled loop; for {@code sizes} see {@link #sizes}. */
  public interface Kernel {
    void run(float[] values, int[] sizes);
  }

  /** An input by its name in the formula; {@code perChannel} if it has one row of lanes for each channel. */
  public record Input(String name, boolean perChannel) {}

  private static final Index CHANNEL = Index.of("atChannel");
  private static final Index ROW = Index.of("atRow");

  private final Defined<Kernel> defined;

  /** Makes the kernel of a formula, or finds it. */
  public PointwiseKernel(Term formula, List<Input> inputs) {
    this.defined =
        Generated.define(program(formula, inputs), Kernel.class);
  }

  /**
   * The table of a run.
   *
   * @param y where the output begins
   * @param at where each input begins
   * @param perChannel rows of lanes that a channel has
   */
  public static int[] sizes(int channels, int perChannel, int y, int... at) {
    int[] sizes = new int[3 + at.length];
    sizes[0] = channels * BLOCK;
    sizes[1] = perChannel * BLOCK;
    sizes[2] = y;
    System.arraycopy(at, 0, sizes, 3, at.length);
    return sizes;
  }

  public void run(float[] values, int[] sizes) {
    defined.kernel().run(values, sizes);
  }

  public List<Defined<?>> generated() {
    return List.of(defined);
  }

  /** for each vector of lanes, for each channel: load what the channel has; for each of its rows: the formula. */
  private static Program program(Term formula, List<Input> inputs) {
    TermCode code = new TermCode("t");
    List<Statement> begin = new ArrayList<>(List.of(
        new SetIndex("channels", element(0)), new SetIndex("rows", element(1)), new SetIndex("toY", element(2))));
    List<Statement> channel = new ArrayList<>();
    List<Statement> row = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Input in = inputs.get(i);
      begin.add(new SetIndex("to_" + in.name, element(3 + i)));
      Index from = Index.of("to_" + in.name);
      (in.perChannel ? channel : row)
          .add(new Set(in.name, new Load("values", from.plus(in.perChannel ? CHANNEL : ROW))));
      code.bind(in.name, new Variable(in.name));
    }
    var y = code.value(formula);
    row.addAll(code.statements());
    row.add(new Store("values", Index.of("toY").plus(ROW), y));
    if (channel.isEmpty()) {
      // All rows alike: one loop.
      begin.add(new Loop("atRow", Index.of(0), Index.of("rows"), LENGTH, row));
    } else {
      row.add(new SetIndex("atRow", ROW.plus(BLOCK)));
      channel.add(new Loop("r", Index.of(0), Index.of("rows"), BLOCK, row));
      begin.add(new Loop("lane", Index.of(0), Index.of(BLOCK), LENGTH, List.of(
          new SetIndex("atRow", Index.of("lane")),
          new Loop("atChannel", Index.of("lane"), Index.of("channels"), BLOCK, channel))));
    }
    return new Program("Pointwise", List.of(floats("values"), ints("sizes")), begin);
  }

  private static Index element(int i) {
    return new Index.Element("sizes", Index.of(i));
  }
}
