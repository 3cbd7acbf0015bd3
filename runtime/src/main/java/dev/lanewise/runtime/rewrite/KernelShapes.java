package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.kernel.conv.DepthwiseTaps;
import dev.lanewise.runtime.kernel.window.PoolShape;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.spec.Window;

/** Convolutions and poolings as their kernels see them: who rewrites a graph asks by these what a kernel can do. */
public final class KernelShapes {
  private KernelShapes() {}

  /** The window of a pooling. */
  public static PoolShape pool(Window w) {
    return new PoolShape(w.in().channels(), w.rows(), w.columns());
  }

  /** A group of a convolution. */
  public static ConvShape shape(Conv c) {
    return shape(c, c.groupIn(), c.groupOut());
  }

  /** All channels of a depthwise convolution. */
  public static ConvShape channels(Conv c) {
    return shape(c, c.in().channels(), c.channels());
  }

  /** Whether each channel has a kernel of its own, of a size that the kernels for that know. */
  public static boolean isDepthwise(Conv c) {
    return c.groups() > 1 && c.groups() == c.in().channels() && DepthwiseTaps.fits(channels(c));
  }

  private static ConvShape shape(Conv c, int in, int out) {
    return new ConvShape(in, c.in().height(), c.in().width(), out, c.rows(), c.columns());
  }
}
