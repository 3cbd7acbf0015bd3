package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ArrayExamples;
import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Labels;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Parts;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.format.Element;
import dev.lanewise.runtime.data.format.NumberArray;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Scenes of one or several whole digits among clutter, made by a generator: to be learned is, for each cell of a grid, which digit has its
 * middle there, and its box; and for each pixel, which digit it belongs to. No two boxes overlap. The same seed, the same scenes.
 *
 * <pre>{@code new Scenes(64, 3, 8, 6_000).of(Mnist.load(folder), 1)   // parts image, class, box, mask }</pre>
 *
 * @param size height and width of a scene
 * @param most digits of a scene: there are from one to so many
 * @param grid cells in a row and in a column
 * @param count scenes to train on; a fifth as many again are there to test on
 */
public record Scenes(int size, int most, int grid, int count) implements OfDigits {
  /** The class of a cell, or a pixel, that has no digit. Digits are what they are. */
  public static final int NOTHING = 10;

  private static final int CLASSES = 11;
  private static final int BOX = 4;
  /** A digit that finds no room is left out. */
  private static final int TRIES = 20;
  // Draws keep apart by their salt.
  private static final int DIGITS = 4_000;
  private static final int PLACES = 5_000;
  private static final long TEST = 0x74657374L;

  /**
   * @throws IllegalArgumentException if there is no digit, or no scene, or a cell of the grid is smaller than two pixels
   */
  public Scenes {
    if (most < 1 || most > grid * grid || grid < 1 || 2 * grid > size || count < 1) {
      throw new IllegalArgumentException("scenes have at least one digit, at most one for each cell of their grid, and cells of at least two pixels");
    }
  }

  /** The parts of an example: image, class, box, mask. */
  @Override
  public List<Field> fields() {
    return List.of(
        new Field("image", Shape.of(1, size, size), 0), new Field("class", cells(), CLASSES), new Field("box", Shape.of(BOX, grid, grid), 0),
        new Field("mask", Shape.of(1, size, size), CLASSES));
  }

  /** What is to be learned first: the class of each cell. */
  @Override
  public Target target() {
    return Target.classes(cells(), CLASSES);
  }

  private Shape cells() {
    return Shape.of(1, grid, grid);
  }

  /**
   * Scenes of the training digits, and a fifth as many of those to test on.
   *
   * @param digits images of one channel, with original values from 0 to 1
   * @throws IllegalArgumentException if a digit does not fit into a scene
   */
  @Override
  public DataSplit of(DataSplit digits, long seed) {
    Shape shape = digits.train().shape();
    if (shape.channels() != 1 || size < shape.height() || size < shape.width()) {
      throw new IllegalArgumentException("a scene of " + size + "x" + size + " must hold an image of " + shape + " in one channel");
    }
    Dataset train = new Drawing(digits.train(), count).scenes(Draws.mix(seed, 0));
    Dataset test = new Drawing(digits.test(), Math.max(1, count / 5)).scenes(Draws.mix(seed, TEST));
    return new DataSplit("scenes", train, null, test).inParts(Set.of("box", "mask"));
  }

  /** The pixels that a digit covers, its last row and column among them. */
  private record Box(int top, int left, int bottom, int right) {
    boolean meets(Box other) {
      return top <= other.bottom && other.top <= bottom && left <= other.right && other.left <= right;
    }

    Box moved(int down, int across) {
      return new Box(top + down, left + across, bottom + down, right + across);
    }

    double middle(boolean across) {
      return across ? (left + right + 1) / 2.0 : (top + bottom + 1) / 2.0;
    }
  }

  /** All scenes of a part while they are drawn. */
  private final class Drawing {
    private final Dataset digits;
    private final int scenes;
    private final Canvas canvas;
    private final byte[] pixels;
    private final byte[] masks;
    private final byte[] classes;
    private final float[] boxes;
    private final Box[] there = new Box[most];

    Drawing(Dataset digits, int scenes) {
      this.digits = digits;
      this.scenes = scenes;
      this.canvas = new Canvas(digits, size);
      this.pixels = new byte[Math.multiplyExact(scenes, size * size)];
      this.masks = new byte[pixels.length];
      this.classes = new byte[scenes * grid * grid];
      this.boxes = new float[classes.length * BOX];
      Arrays.fill(masks, (byte) NOTHING);
      Arrays.fill(classes, (byte) NOTHING);
    }

    Dataset scenes(long key) {
      for (int i = 0; i < scenes; i++) {
        scene(i, Draws.mix(key, i));
      }
      List<Field> fields = fields();
      Dataset images = new ByteImages(fields.getFirst().shape(), pixels, new byte[scenes], 0, 0, 1);
      Dataset first = new Paired(images, whole("class", classes, grid), target());
      Dataset box = new ArrayExamples(
          new NumberArray("box", Element.F4, ByteOrder.nativeOrder(), List.of(scenes, BOX, grid, grid), false, MemorySegment.ofArray(boxes), 0),
          fields.get(2).shape(), Labels.NONE);
      return new Parts(first, fields, List.of(box, whole("mask", masks, size)));
    }

    private Dataset whole(String name, byte[] values, int side) {
      NumberArray array = new NumberArray(name, Element.U1, ByteOrder.nativeOrder(), List.of(scenes, side, side), false, MemorySegment.ofArray(values), 0);
      return ArrayExamples.asTheyAre(array, Shape.of(1, side, side), 1, 2);
    }

    private void scene(int scene, long key) {
      canvas.clutter(key);
      int wanted = 1 + Draws.below(most, key, 2);
      int drawn = 0;
      for (int i = 0; i < wanted; i++) {
        drawn += digit(scene, Draws.mix(key, DIGITS + i), drawn) ? 1 : 0;
      }
      canvas.noisy(key, pixels, scene * size * size);
    }

    /** Draws a digit where there is room. */
    private boolean digit(int scene, long key, int drawn) {
      int index = Draws.below(digits.size(), key, 0);
      float[] digit = canvas.digit(index);
      Box ink = ink(digit);
      for (int i = 0; i < TRIES; i++) {
        int top = Draws.below(size - digits.shape().height() + 1, Draws.mix(key, PLACES), 2 * i);
        int left = Draws.below(size - digits.shape().width() + 1, Draws.mix(key, PLACES), 2 * i + 1);
        Box box = ink.moved(top, left);
        int cell = scene * grid * grid + cell(box);
        if (classes[cell] == NOTHING && isFree(box, drawn)) {
          there[drawn] = box;
          canvas.draw(top, left);
          mark(scene, digit, top, left, digits.label(index));
          tell(scene, cell, box, digits.label(index));
          return true;
        }
      }
      return false;
    }

    private boolean isFree(Box box, int drawn) {
      for (int i = 0; i < drawn; i++) {
        if (there[i].meets(box)) {
          return false;
        }
      }
      return true;
    }

    /** What of a digit is bright; all of one that is nowhere. */
    private Box ink(float[] digit) {
      int width = digits.shape().width();
      int height = digits.shape().height();
      int top = height;
      int left = width;
      int bottom = -1;
      int right = -1;
      for (int i = 0; i < digit.length; i++) {
        if (digit[i] > Canvas.MARKED) {
          top = Math.min(top, i / width);
          bottom = Math.max(bottom, i / width);
          left = Math.min(left, i % width);
          right = Math.max(right, i % width);
        }
      }
      return bottom < 0 ? new Box(0, 0, height - 1, width - 1) : new Box(top, left, bottom, right);
    }

    /** The cell that the middle of a box lies in. */
    private int cell(Box box) {
      return (int) (box.middle(false) * grid / size) * grid + (int) (box.middle(true) * grid / size);
    }

    private void mark(int scene, float[] digit, int top, int left, int label) {
      int width = digits.shape().width();
      for (int i = 0; i < digit.length; i++) {
        if (digit[i] > Canvas.MARKED) {
          masks[scene * size * size + (top + i / width) * size + left + i % width] = (byte) label;
        }
      }
    }

    /** The middle within its cell, and width and height as shares of the scene. */
    private void tell(int scene, int cell, Box box, int label) {
      classes[cell] = (byte) label;
      int place = cell - scene * grid * grid;
      double x = box.middle(true) * grid / size;
      double y = box.middle(false) * grid / size;
      double[] numbers = {x - Math.floor(x), y - Math.floor(y), (box.right - box.left + 1.0) / size, (box.bottom - box.top + 1.0) / size};
      for (int k = 0; k < BOX; k++) {
        boxes[(scene * BOX + k) * grid * grid + place] = (float) numbers[k];
      }
    }
  }
}
