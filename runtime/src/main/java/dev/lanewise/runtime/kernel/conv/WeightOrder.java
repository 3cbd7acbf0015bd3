package dev.lanewise.runtime.kernel.conv;

import dev.lanewise.runtime.kernel.code.EarlyCompilation;

/**
 * The order in which a kernel reads a convolution's weights {@code [O][C][ky][kx]}: a table of where each goes, found once, as it
 * may take divisions.
 */
public final class WeightOrder {
  private static final int[] NONE = {};
  private static final float[] NOTHING = {};

  /** Where a weight goes. */
  public interface Place {
    int of(int output, int channel, int tap);
  }

  private final int[] places;

  public WeightOrder(ConvShape shape, Place place) {
    places = new int[shape.outChannels() * shape.inChannels() * shape.taps()];
    int i = 0;
    for (int o = 0; o < shape.outChannels(); o++) {
      for (int c = 0; c < shape.inChannels(); c++) {
        for (int tap = 0; tap < shape.taps(); tap++) {
          places[i++] = place.of(o, c, tap);
        }
      }
    }
    EarlyCompilation.of(WeightOrder.class, () -> {
      put(NONE, NOTHING, 0, NOTHING, 0);
      add(NONE, NOTHING, 0, NOTHING, 0);
    });
  }

  /** Puts weights, or whatever there is one of for each, into the kernel's order. */
  public void pack(float[] weight, int wo, float[] packed, int po) {
    put(places, weight, wo, packed, po);
  }

  /** Adds what lies in the kernel's order to a gradient. */
  public void addBack(float[] packed, int po, float[] gradient, int go) {
    add(places, packed, po, gradient, go);
  }

  private static void put(int[] places, float[] weight, int wo, float[] packed, int po) {
    for (int i = 0; i < places.length; i++) {
      packed[po + places[i]] = weight[wo + i];
    }
  }

  private static void add(int[] places, float[] packed, int po, float[] gradient, int go) {
    for (int i = 0; i < places.length; i++) {
      gradient[go + i] += packed[po + places[i]];
    }
  }
}
