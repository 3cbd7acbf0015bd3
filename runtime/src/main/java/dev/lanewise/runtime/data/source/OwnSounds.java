package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.sound.Ear;
import dev.lanewise.runtime.data.format.sound.SoundFile;
import dev.lanewise.runtime.data.sound.SoundForm;
import dev.lanewise.runtime.file.Allowance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sounds of which nobody knows the class, made ready as those were that a network has learnt from: a file, or those of a folder. */
public record OwnSounds(List<Path> files, Dataset examples) {
  private static final String REMEDY = "ask about fewer files at a time";

  /** Whether a file is called as sounds are, whatever is in it. */
  public static boolean isNamed(Path file) {
    return SoundFile.isNamed(file);
  }

  /** @throws IOException naming the file */
  public static OwnSounds of(Path place, SoundForm form) throws IOException {
    List<Path> files = Files.isDirectory(place) ? SoundFiles.sounds(place) : List.of(place);
    if (files.isEmpty()) {
      throw new IOException(place + ": there are no sounds in this folder");
    }
    new Allowance().take(place.toString(), (long) files.size() * form.shape().size() * Float.BYTES, REMEDY);
    Ear ear = new Ear(form);
    float[][] examples = new float[files.size()][];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = ear.example(SoundFile.read(files.get(i)));
    }
    return new OwnSounds(files, new Points(form.shape(), examples, new int[files.size()], 1));
  }

  /** What they are called. */
  public List<String> names() {
    return files.stream().map(f -> f.getFileName().toString()).toList();
  }
}
