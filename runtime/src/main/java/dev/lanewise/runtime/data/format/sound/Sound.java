package dev.lanewise.runtime.data.format.sound;

/**
 * A sound in one channel.
 *
 * @param samples from -1 to 1, or a little beyond
 * @param rate samples of a second
 */
public record Sound(float[] samples, int rate) {
  public double seconds() {
    return (double) samples.length / rate;
  }
}
