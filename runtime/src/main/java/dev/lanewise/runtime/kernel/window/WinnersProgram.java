package dev.lanewise.runtime.kernel.window;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Broadcast;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Writes the kernels of a {@link WinnersGradient}: the products of each winner in a list with the taps of a tile. */
final class WinnersProgram {
  /** The compiled kernel; {@code taps} are sums, or weights. */
  public interface Kernel {
    void run(float[] images, int io, int[] places, int po, float[] values, int vo, int count, float[] taps, int to);
  }

  /** Taps whose vectors fit the registers, beside one that holds dy. */
  private static final int REGISTERS = LENGTH == 16 ? 25 : 12;

  /** Taps of a tile whose vectors pass through memory in any case. */
  private static final int TAPS = 25;

  private static final List<Program.Parameter> PARAMETERS =
      List.of(floats("images"), integer("imagesFrom"), ints("places"), integer("placesFrom"), floats("values"),
          integer("valuesFrom"), integer("count"), floats("taps"), integer("tapsFrom"));

  private final WinnersLayout layout;

  WinnersProgram(WinnersLayout layout) {
    this.layout = layout;
  }

  /** The gradient of the weights, a few rows of taps each. */
  List<Program> weightTiles() {
    return tiles(REGISTERS, this::weightTile);
  }

  /** The gradient of the input; the same tiles at every vector width: they decide in which order dx is summed. */
  List<Program> inputTiles() {
    return tiles(TAPS, this::inputTile);
  }

  private List<Program> tiles(int most, BiFunction<Integer, Integer, Program> tile) {
    int width = layout.shape().kernelWidth();
    int rows = Math.max(1, most / width);
    List<Program> tiles = new ArrayList<>();
    for (int ky = 0; ky < layout.shape().kernelHeight(); ky += rows) {
      tiles.add(tile.apply(ky * width, Math.min(layout.shape().kernelHeight(), ky + rows) * width));
    }
    return tiles;
  }

  /** The sums of the taps from..to stay in registers while the winners pass. */
  private Program weightTile(int from, int to) {
    List<Statement> body = new ArrayList<>();
    List<Statement> loop = new ArrayList<>(winner());
    List<Statement> end = new ArrayList<>();
    for (int tap = from; tap < to; tap++) {
      Vector sum = new Vector.Variable("sum" + tap);
      body.add(new Set("sum" + tap, new Load("taps", packed(tap))));
      loop.add(new Set("sum" + tap, new Fma(new Vector.Variable("dy"), new Load("images", reached(tap)), sum)));
      end.add(new Store("taps", packed(tap), sum));
    }
    body.add(new Loop("i", Index.of(0), Index.of("count"), 1, loop));
    body.addAll(end);
    return new Program("WinnersWeightGradient", PARAMETERS, body);
  }

  /** The weights of the taps from..to stay in registers while the winners pass. */
  private Program inputTile(int from, int to) {
    List<Statement> body = new ArrayList<>();
    List<Statement> loop = new ArrayList<>(winner());
    for (int tap = from; tap < to; tap++) {
      body.add(new Set("w" + tap, new Load("taps", packed(tap))));
      Load old = new Load("images", reached(tap));
      Vector dx = new Fma(new Vector.Variable("dy"), new Vector.Variable("w" + tap), old);
      loop.add(new Store("images", reached(tap), dx));
    }
    body.add(new Loop("i", Index.of(0), Index.of("count"), 1, loop));
    return new Program("WinnersInputGradient", PARAMETERS, body);
  }

  private static List<Statement> winner() {
    Index place = new Index.Element("places", Index.of("placesFrom").plus(Index.of("i")));
    return List.of(
        new SetIndex("at", place.plus(Index.of("imagesFrom"))),
        new Set("dy", new Broadcast("values", Index.of("valuesFrom").plus(Index.of("i")))));
  }

  private Index packed(int tap) {
    return Index.of("tapsFrom").plus(tap * layout.image().channels());
  }

  private Index reached(int tap) {
    return Index.of("at").plus(layout.tap(tap));
  }
}
