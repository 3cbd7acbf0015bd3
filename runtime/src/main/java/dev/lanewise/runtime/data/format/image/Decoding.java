package dev.lanewise.runtime.data.format.image;

import dev.lanewise.runtime.file.Allowance;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** One image file on its way to pixels. Whatever goes wrong, the file is named, and how far it was read. */
final class Decoding {
  private static final long MOST_PIXELS = 100_000_000;
  /** Of a pixel: what it is decoded to, up to four values of 16 bits, and as much again within the decoder. */
  private static final int BYTES = 16;
  /** What the decoder of JPEG warns of when a file is cut off. */
  private static final List<String> MISSING = List.of("Missing EOI marker", "premature end of data segment");

  private final Path file;
  private final ImageKind kind;
  private final ImageInputStream in;

  private Decoding(Path file, ImageKind kind, ImageInputStream in) {
    this.file = file;
    this.kind = kind;
    this.in = in;
  }

  /** What is made of an image while it is in memory. */
  interface Use<T> {
    /** @param orientation as {@link Orientation} says it */
    T of(BufferedImage image, int orientation) throws IOException;
  }

  /** @throws IOException naming the file, and the offset where decoding ended */
  static <T> T of(Path file, Use<T> use) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file, found a folder");
    }
    ImageKind kind = ImageKind.readable(file);
    try (ImageInputStream in = BytesInput.open(file)) {
      Decoding decoding = new Decoding(file, kind, in);
      try {
        int orientation = Orientation.of(in, kind);
        return kind == ImageKind.PNM ? decoding.plain(use) : decoding.packed(use, orientation);
      } catch (IOException | RuntimeException e) {
        // The decoders throw many kinds of exceptions at broken images.
        throw decoding.failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
      } catch (OutOfMemoryError e) {
        // A decoder believed what the file says of a part of it.
        throw decoding.failed("it needs more memory than there is", e);
      }
    }
  }

  private IOException failed(String why, Throwable cause) throws IOException {
    return new IOException(file + ": offset " + in.getStreamPosition() + ": the image cannot be decoded: " + why, cause);
  }

  private <T> T plain(Use<T> use) throws IOException {
    Pnm pnm = new Pnm(in);
    return Allowance.underway(memory(pnm.width, pnm.height), () -> use.of(pnm.image(), 1));
  }

  private <T> T packed(Use<T> use, int orientation) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw new IOException("its header is broken");
    }
    ImageReader reader = readers.next();
    try {
      reader.setInput(in, true, true);
      long memory = memory(reader.getWidth(0), reader.getHeight(0));
      return Allowance.underway(memory, () -> use.of(image(reader), orientation));
    } finally {
      reader.dispose();
    }
  }

  private BufferedImage image(ImageReader reader) throws IOException {
    boolean inks = kind == ImageKind.JPEG && !reader.getImageTypes(0).hasNext() && reader.canReadRaster();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
    BufferedImage image = inks ? Cmyk.rgb(in, reader.readRaster(0, null)) : reader.read(0);
    // Java fills what is missing with grey. A missing mark of the end alone is no harm.
    if (MISSING.stream().allMatch(m -> warnings.stream().anyMatch(w -> w.contains(m)))) {
      throw new IOException("the file ends early: copy it again");
    }
    return image;
  }

  /** What an image of this size may take. */
  private static long memory(long width, long height) throws IOException {
    long pixels = width * height;
    if (pixels < 1) {
      throw new IOException("its header is broken");
    }
    if (pixels > MOST_PIXELS || !Allowance.passes(pixels * BYTES)) {
      throw new IOException("an image of " + width + "x" + height + " pixels, more than fit into memory: make it smaller");
    }
    return pixels * BYTES;
  }
}
