package dev.lanewise.runtime.data.format.sound;

import dev.lanewise.runtime.file.Allowance;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Reads one sound: WAV, AIFF or AU, of whole numbers of 8, 16, 24 or 32 bits, of floating-point numbers, or by µ-law or A-law. Several channels
 * are mixed to one, their mean. A whole number of b bits is divided by 2^(b-1), so that all are from -1 to 1.
 *
 * <pre>{@code Sound seven = SoundFile.read(Path.of("7_jackson_12.wav"));   // 3,457 samples, 8,000 a second }</pre>
 */
public final class SoundFile {
  private static final int LEAST_RATE = 1_000;
  private static final int MOST_RATE = 768_000;
  private static final int MOST_CHANNELS = 64;
  /** Of a sample that is one byte in the file: itself, its double on the way, a float. */
  private static final int MEMORY = 8;

  /** Samples that are read at once. */
  private static final int PIECE = 4_096;

  private SoundFile() {}

  /** Whether a file of a folder is meant as a sound, by its ending, or its first bytes where it has none; it may be one that is not read. */
  public static boolean isMeant(Path file) throws IOException {
    return SoundKind.meant(file).isPresent();
  }

  /** Whether a file is called as sounds are, whatever is in it. */
  public static boolean isNamed(Path file) {
    return SoundKind.named(file).isPresent();
  }

  /** Samples of a second. @throws IOException as {@link #read} */
  public static int rate(Path file) throws IOException {
    try (AudioInputStream in = open(file)) {
      return rate(file, in.getFormat());
    }
  }

  /**
   * @throws IOException naming the file, and what it is, or where it ends too early
   */
  public static Sound read(Path file) throws IOException {
    long bytes = MEMORY * Files.size(file);
    if (!Allowance.passes(bytes)) {
      throw new IOException(file + ": " + (bytes / MEMORY >> 20) + " MB are too long for a sound that is one example: cut it into pieces");
    }
    return Allowance.underway(bytes, () -> {
      try (AudioInputStream in = plain(file, open(file))) {
        return decoded(file, in);
      }
    });
  }

  private static AudioInputStream open(Path file) throws IOException {
    Optional<SoundKind> kind = SoundKind.found(file);
    if (kind.isPresent() && !kind.get().isRead()) {
      throw new IOException(file + ": this is " + kind.get() + ", and WAV is read: make it one, for example by `ffmpeg -i " + file.getFileName() + " sound.wav`");
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    try {
      return AudioSystem.getAudioInputStream(in);
    } catch (UnsupportedAudioFileException | IllegalArgumentException | ArithmeticException e) {
      in.close();
      throw new IOException(
          file + (kind.isEmpty() ? ": this is no sound: expected WAV" : ": this is " + kind.get() + ", but packed in a way that is not read, or its beginning is damaged: make it one of whole numbers of 16 bits, for example by `ffmpeg -i "
              + file.getFileName() + " -c:a pcm_s16le sound.wav`"), e);
    } catch (IOException e) {
      in.close();
      throw new IOException(file + ": the file ends within its beginning", e);
    }
  }

  private static int rate(Path file, AudioFormat format) throws IOException {
    float rate = format.getSampleRate();
    if (!(rate >= LEAST_RATE && rate <= MOST_RATE) || rate != Math.rint(rate)) {
      throw new IOException(file + ": " + rate + " samples a second; expected from 1,000 to 768,000");
    }
    if (format.getChannels() < 1 || format.getChannels() > MOST_CHANNELS || format.getFrameSize() < format.getChannels() || format.getFrameSize() > Double.BYTES * format.getChannels()
        || curved(format) && format.getFrameSize() != format.getChannels()) {
      throw new IOException(file + ": " + format.getChannels() + " channels in " + format.getFrameSize() + " bytes");
    }
    return (int) rate;
  }

  /** Whole numbers in place of telephony's curves. */
  private static AudioInputStream plain(Path file, AudioInputStream in) throws IOException {
    rate(file, in.getFormat());
    return curved(in.getFormat()) ? AudioSystem.getAudioInputStream(Encoding.PCM_SIGNED, in) : in;
  }

  private static boolean curved(AudioFormat format) {
    return format.getEncoding().equals(Encoding.ULAW) || format.getEncoding().equals(Encoding.ALAW);
  }

  private static Sound decoded(Path file, AudioInputStream in) throws IOException {
    AudioFormat format = in.getFormat();
    int rate = rate(file, format);
    byte[] bytes = bytes(in);
    int frame = format.getFrameSize();
    int frames = bytes.length / frame;
    // A program that writes to a pipe does not know how much it will write: then there is a very large number.
    if (in.getFrameLength() > frames && in.getFrameLength() < Integer.MAX_VALUE / frame) {
      throw new IOException(file + ": it should have " + in.getFrameLength() + " samples, and ends after " + frames + ": it has been cut off");
    }
    if (frames == 0) {
      throw new IOException(file + ": there is no sound in it");
    }
    Samples samples = Samples.of(file, format, bytes);
    int channels = format.getChannels();
    float[] mixed = new float[frames];
    for (int i = 0; i < frames; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += samples.at(i * frame + c * (frame / channels));
      }
      mixed[i] = (float) (sum / channels);
      if (!Float.isFinite(mixed[i])) {
        throw new IOException(file + ": sample " + i + " is " + mixed[i] + ", and no number");
      }
    }
    return new Sound(mixed, rate);
  }

  /** Of a damaged file a stream of Java's may give no bytes for ever, without being at its end. */
  private static byte[] bytes(AudioInputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] piece = new byte[in.getFormat().getFrameSize() * PIECE];
    for (int n = in.read(piece); n > 0; n = in.read(piece)) {
      bytes.write(piece, 0, n);
    }
    return bytes.toByteArray();
  }

  /** What a sample is that begins at a byte. */
  private interface Samples {
    double at(int offset);

    static Samples of(Path file, AudioFormat format, byte[] bytes) throws IOException {
      int size = format.getFrameSize() / format.getChannels();
      ByteBuffer data = ByteBuffer.wrap(bytes).order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      if (format.getEncoding().equals(Encoding.PCM_FLOAT) && (size == Float.BYTES || size == Double.BYTES)) {
        return size == Float.BYTES ? data::getFloat : data::getDouble;
      }
      boolean signed = format.getEncoding().equals(Encoding.PCM_SIGNED);
      if (size == 1 && (signed || format.getEncoding().equals(Encoding.PCM_UNSIGNED))) {
        return at -> signed ? bytes[at] / 128.0 : ((bytes[at] & 255) - 128) / 128.0;
      }
      if (!signed || size < Short.BYTES || size > Integer.BYTES) {
        throw new IOException(file + ": samples of " + format.getSampleSizeInBits() + " bits (" + format.getEncoding() + "), which are not read: make them whole numbers of 16 bits, for example by `ffmpeg -i "
            + file.getFileName() + " -c:a pcm_s16le sound.wav`");
      }
      boolean big = format.isBigEndian();
      return at -> whole(bytes, at, size, big) / (double) (1L << 8 * size - 1);
    }

    private static int whole(byte[] bytes, int at, int size, boolean big) {
      int value = bytes[big ? at : at + size - 1];
      for (int i = 1; i < size; i++) {
        value = value << 8 | bytes[big ? at + i : at + size - 1 - i] & 255;
      }
      return value;
    }
  }
}
