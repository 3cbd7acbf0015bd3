package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ArrayExamples;
import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Labels;
import dev.lanewise.runtime.data.format.Element;
import dev.lanewise.runtime.data.format.Idx;
import dev.lanewise.runtime.data.format.NumberArray;
import dev.lanewise.runtime.file.Allowance;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of images and one of their labels, which have been looked at.
 *
 * @param layout how the images are read
 * @param values the labels, as the file has them
 */
record IdxPart(Path images, Path labels, Channels.Layout layout, int[] values) {
  private static final int ROWS_FOR_COLUMNS = 3;

  /**
   * @param transposed whether the images have rows for columns
   * @throws IOException if the two do not go together
   */
  static IdxPart open(Path images, Path labels, boolean transposed) throws IOException {
    List<Integer> dims = Idx.dims(images);
    if (dims.size() != 3 && dims.size() != 4) {
      throw new IOException(images + ": offset 3: rank " + dims.size() + ", images need 3, or 4 with colours");
    }
    Channels.Layout layout = transposed && dims.size() == ROWS_FOR_COLUMNS
        ? new Channels.Layout(Shape.of(1, dims.get(2), dims.get(1)), new int[] {2, 1})
        : Channels.AUTO.of(images.toString(), dims);
    return new IdxPart(images, labels, layout, labels(labels, images, dims.getFirst()));
  }

  private static int[] labels(Path labelFile, Path imageFile, int count) throws IOException {
    Idx labels = Idx.read(labelFile);
    if (labels.dims().size() != 1) {
      throw new IOException(labelFile + ": offset 3: rank " + labels.dims().size() + ", labels need 1");
    }
    if (labels.dims().getFirst() != count) {
      throw new IOException(
          labelFile + ": offset 4: " + labels.dims().getFirst() + " labels, but " + imageFile.getFileName() + " has " + count + " images");
    }
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = labels.values()[i] & 255;
    }
    return values;
  }

  /** @param mappedFrom image files from this size on are mapped into memory, not read, if they are not compressed @param allowance for all files of the data */
  Dataset load(Classes classes, long mappedFrom, Allowance allowance) throws IOException {
    Labels numbered = classes.labels(values);
    if (Files.size(images) >= mappedFrom && !Idx.isCompressed(images)) {
      return new ArrayExamples(Idx.map(images), layout.shape(), numbered, layout.axes());
    }
    Idx read = Idx.read(images, allowance);
    byte[] labelled = new byte[values.length];
    for (int i = 0; i < labelled.length; i++) {
      labelled[i] = (byte) numbered.values()[i];
    }
    return new ByteImages(layout.shape(), inOrder(read), labelled, classes.count(), 0, 1);
  }

  private byte[] inOrder(Idx read) {
    byte[] values = read.values();
    NumberArray array =
        new NumberArray(images.toString(), Element.U1, ByteOrder.BIG_ENDIAN, read.dims(), false, MemorySegment.ofArray(values), 0);
    int[] places = array.places(layout.axes());
    if (places == null) {
      return values;
    }
    byte[] ordered = new byte[values.length];
    for (int first = 0; first < values.length; first += places.length) {
      for (int i = 0; i < places.length; i++) {
        ordered[first + i] = values[first + places[i]];
      }
    }
    return ordered;
  }
}
