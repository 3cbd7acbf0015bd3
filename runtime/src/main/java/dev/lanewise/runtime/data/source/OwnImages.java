package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.format.image.ImageFile;
import dev.lanewise.runtime.file.Allowance;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Images of which nobody knows the class, made ready as those were that a network has learnt from: a file, or those of a folder. */
public record OwnImages(List<Path> files, Dataset images) {
  private static final String REMEDY = "ask about fewer files at a time";

  /**
   * @param shape that the network takes
   * @throws IOException naming the file
   */
  public static OwnImages of(Path place, Shape shape, World.Preparation preparation) throws IOException {
    List<Path> files = Files.isDirectory(place) ? ImageFolder.files(place) : List.of(place);
    new Allowance().take(place.toString(), (long) files.size() * shape.size(), REMEDY);
    byte[] pixels = new byte[Math.multiplyExact(files.size(), shape.size())];
    for (int i = 0; i < files.size(); i++) {
      byte[] image = preparation == World.Preparation.DIGIT && shape.channels() == 1
          ? ImageFile.likeMnist(files.get(i), shape.width())
          : ImageFile.square(files.get(i), shape.channels(), shape.width());
      System.arraycopy(image, 0, pixels, i * shape.size(), image.length);
    }
    return new OwnImages(files, new ByteImages(shape, pixels, new byte[files.size()], 1, 0, 1));
  }

  /** What they are called. */
  public List<String> names() {
    return files.stream().map(f -> f.getFileName().toString()).toList();
  }
}
