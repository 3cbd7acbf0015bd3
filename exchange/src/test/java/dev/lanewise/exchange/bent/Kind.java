package dev.lanewise.exchange.bent;

import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Wishes;
import dev.lanewise.exchange.keras.KerasImporter;
import dev.lanewise.exchange.onnx.read.OnnxImporter;
import dev.lanewise.exchange.onnx.read.Run;
import dev.lanewise.exchange.torch.read.StateDict;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Files of other programs, by their endings: how one of them is bent, and who reads it. */
enum Kind {
  ONNX(".onnx", "dev/lanewise/exchange/onnx/read") {
    @Override
    byte[] bent(Path straight, Random random) throws IOException {
      byte[] file = Files.readAllBytes(straight);
      return random.nextInt(3) == 0 ? Bytes.bent(file, random) : Messages.bent(file, random);
    }

    @Override
    String read(Path file) throws IOException {
      return told(new OnnxImporter().read(file, Wishes.NONE));
    }
  },
  KERAS(".keras", "keras") {
    @Override
    byte[] bent(Path straight, Random random) throws IOException {
      if (random.nextInt(4) == 0) {
        return Bytes.bent(Files.readAllBytes(straight), random);
      }
      Map<String, byte[]> entries = Archives.entries(straight);
      switch (random.nextInt(20)) {
        case 0 -> {
          return Archives.bomb(entries, random.nextBoolean() ? "config.json" : "model.weights.h5");
        }
        case 1, 2, 3, 4, 5 -> entries.computeIfPresent("model.weights.h5", (_, bytes) -> Bytes.bent(bytes, random));
        case 6, 7, 8 -> entries.computeIfPresent("config.json", (_, bytes) -> Bytes.bent(bytes, random));
        default -> entries.computeIfPresent("config.json", (_, bytes) -> Json.bent(new String(bytes, StandardCharsets.UTF_8), random).getBytes(StandardCharsets.UTF_8));
      }
      return Archives.of(entries, false);
    }

    @Override
    String read(Path file) throws IOException {
      return told(new KerasImporter().read(file, Wishes.NONE));
    }
  },
  H5(".h5", "keras") {
    @Override
    byte[] bent(Path straight, Random random) throws IOException {
      return Bytes.bent(Files.readAllBytes(straight), random);
    }

    @Override
    String read(Path file) throws IOException {
      return KERAS.read(file);
    }
  },
  TORCH(".pt", "torch") {
    @Override
    byte[] bent(Path straight, Random random) throws IOException {
      byte[] file = Files.readAllBytes(straight);
      if (random.nextInt(3) == 0) {
        return Bytes.bent(file, random);
      }
      if (file[0] != 'P') {
        return Opcodes.bent(file, random);
      }
      Map<String, byte[]> entries = Archives.entries(straight);
      String pickle = entries.keySet().stream().filter(n -> n.endsWith("data.pkl")).findFirst().orElseThrow();
      if (random.nextInt(20) == 0) {
        return Archives.bomb(entries, random.nextBoolean() ? pickle : pickle.replace("data.pkl", "data/0"));
      }
      entries.computeIfPresent(pickle, (_, bytes) -> random.nextBoolean() ? Opcodes.bent(bytes, random) : Bytes.bent(bytes, random));
      return Archives.of(entries, random.nextInt(4) != 0);
    }

    @Override
    String read(Path file) throws IOException {
      return told(new StateDict().read(file));
    }
  },
  SAFETENSORS(".safetensors", "") {
    @Override
    List<Path> files(Path resources) throws IOException {
      Path file = Files.createTempFile("straight", ".safetensors");
      file.toFile().deleteOnExit();
      Safetensors.write(file, List.of(new Tensor("fc.weight", List.of(3, 2), new float[6]), new Tensor("fc.bias", List.of(3), new float[3])), Map.of("made", "here"));
      return List.of(file);
    }

    @Override
    byte[] bent(Path straight, Random random) throws IOException {
      byte[] file = Files.readAllBytes(straight);
      if (random.nextInt(3) == 0) {
        return Bytes.bent(file, random);
      }
      int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
      byte[] header = Json.bent(new String(file, 8, length, StandardCharsets.UTF_8), random).getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
      out.writeBytes(header);
      out.write(file, 8 + length, file.length - 8 - length);
      return out.toByteArray();
    }

    @Override
    String read(Path file) throws IOException {
      return told(Safetensors.read(file).tensors());
    }
  };

  private final String ending;
  private final String folder;

  Kind(String ending, String folder) {
    this.ending = ending;
    this.folder = folder;
  }

  String ending() {
    return ending;
  }

  /** Files that are straight. */
  List<Path> files(Path resources) throws IOException {
    try (Stream<Path> all = Files.list(resources.resolve(folder))) {
      return all.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** @return what it holds, but for what is otherwise */
  abstract byte[] bent(Path straight, Random random) throws IOException;

  /** @return whether it was read or refused @throws IOException with what is wrong */
  abstract String read(Path file) throws IOException;

  /** What is read is a network that can be built; what is refused is told why. */
  private static String told(Imported imported) {
    if (imported.refusals().isEmpty()) {
      Run.of(imported);
      return "read";
    }
    imported.refusals().forEach(r -> check(!r.reason().isBlank(), "a refusal of " + r.node() + " without a reason"));
    return "refused";
  }

  private static String told(List<Tensor> tensors) {
    tensors.forEach(t -> check(t.values().length == t.shape().stream().mapToInt(d -> d).reduce(1, (a, b) -> a * b), t.name() + " has other numbers than its shape says"));
    return "read";
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
