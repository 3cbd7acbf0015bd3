package dev.lanewise.exchange.keras;

import dev.lanewise.runtime.file.Allowance;
import dev.lanewise.runtime.file.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What a file holds.
 *
 * @param model of what layers it is made
 * @param early whether Keras 2 has written it, which had another formula for hard_sigmoid
 */
record KerasFile(Config model, Stored weights, boolean early) {
  private static final String REMEDY = "a model of that size is not read";

  static KerasFile of(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file");
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
    }
    boolean zip = head.length == 4 && head[0] == 'P' && head[1] == 'K';
    return zip ? archive(file) : legacy(file);
  }

  /** Keras 3: an archive of the model's description and its weights. */
  private static KerasFile archive(Path file) throws IOException {
    Allowance allowance = new Allowance();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String config = new String(entry(file, zip, "config.json", allowance), StandardCharsets.UTF_8);
      Hdf weights = Hdf.of(file + ": model.weights.h5", entry(file, zip, "model.weights.h5", allowance));
      boolean early = zip.getEntry("metadata.json") != null && isEarly(told(new String(entry(file, zip, "metadata.json", allowance), StandardCharsets.UTF_8)));
      return new KerasFile(json(file + ": config.json", config), new Stored(weights.numbers(""), true), early);
    } catch (ZipException | IllegalArgumentException e) {
      throw new IOException(file + " is no archive of Keras, or was cut off", e);
    } catch (EOFException e) {
      throw new IOException(file + " is damaged, or was cut off", e);
    }
  }

  private static byte[] entry(Path file, ZipFile zip, String name, Allowance allowance) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException(file + " is no model of Keras: it has no " + name);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] piece = new byte[1 << 16];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        allowance.take(file + ": " + name, 2L * count, REMEDY);
        all.write(piece, 0, count);
      }
    }
    return all.toByteArray();
  }

  /** Keras 2: one HDF5 file. */
  private static KerasFile legacy(Path file) throws IOException {
    new Allowance().take(file.toString(), Files.size(file), REMEDY);
    Hdf hdf = Hdf.of(file.toString(), Files.readAllBytes(file));
    String config = hdf.text("model_config");
    if (config.isEmpty()) {
      throw new IOException(file + " holds no model of Keras, but perhaps its weights alone: write the model by `model.save(\"model.keras\")`");
    }
    return new KerasFile(json(file + ": model_config", config), new Stored(hdf.numbers("model_weights"), false), isEarly(hdf.text("keras_version")));
  }

  /** By which version it was written, if that is told. */
  private static String told(String metadata) throws IOException {
    return JsonReader.ofAll(metadata).parse() instanceof Map<?, ?> all && all.get("keras_version") instanceof String version ? version : "";
  }

  private static boolean isEarly(String version) {
    return version.startsWith("2.");
  }

  private static Config json(String name, String text) throws IOException {
    try {
      Config config = Config.of(JsonReader.ofAll(text).parse());
      if (!config.has("class_name")) {
        throw new IOException("it describes no model");
      }
      return config;
    } catch (IOException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }
}
