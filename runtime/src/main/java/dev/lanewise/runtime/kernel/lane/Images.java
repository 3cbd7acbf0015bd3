package dev.lanewise.runtime.kernel.lane;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns a block of examples round, for kernels whose lanes are channels: {@code [C][H][W][16]} becomes 16 images
 * {@code [H][W][channels]} and back, the channels rounded up to a multiple of 16; nobody may read what the new ones hold. Around an
 * image lies a border for the padding, which {@link #split} leaves as it is.
 */
public final class Images {
  private final ImageShape shape;
  private final List<Squares> split = new ArrayList<>();
  private final List<Squares> join = new ArrayList<>();

  public Images(ImageShape shape) {
    this.shape = shape;
    int whole = shape.inChannels() / LENGTH * LENGTH;
    add(0, whole, LENGTH);
    if (whole < shape.inChannels()) {
      add(whole, whole + LENGTH, shape.inChannels() - whole);
    }
  }

  /** The squares of the channels from..to, so many of which are there in each. */
  private void add(int from, int to, int channels) {
    int plane = shape.height() * shape.width() * BLOCK;
    int count = shape.height() * shape.width() * (BLOCK / LENGTH) * ((to - from) / LENGTH);
    int[] planar = new int[count], images = new int[count];
    int i = 0;
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        int corner = ((row + shape.border()) * shape.rowLength() + column + shape.border()) * shape.channels();
        for (int lane = 0; lane < BLOCK; lane += LENGTH) {
          for (int channel = from; channel < to; channel += LENGTH) {
            planar[i] = channel * plane + (row * shape.width() + column) * BLOCK + lane;
            images[i++] = corner + lane * shape.size() + channel;
          }
        }
      }
    }
    int[] ofChannels = Squares.rows(plane, channels), ofImages = Squares.rows(shape.size());
    split.add(new Squares(planar, ofChannels, images, ofImages));
    join.add(new Squares(images, ofImages, planar, ofChannels));
  }

  /** {@code [C][H][W][16]} into images. */
  public void split(float[] x, int xo, float[] images, int io) {
    for (int i = 0; i < split.size(); i++) {
      split.get(i).run(x, xo, images, io);
    }
  }

  /** Images into {@code [C][H][W][16]}. */
  public void join(float[] images, int io, float[] x, int xo) {
    for (int i = 0; i < join.size(); i++) {
      join.get(i).run(images, io, x, xo);
    }
  }
}
