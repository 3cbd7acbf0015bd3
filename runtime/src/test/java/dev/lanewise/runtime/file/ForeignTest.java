package dev.lanewise.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not safetensors is called by its name, with what to do about it. */
class ForeignTest {
  private static final String TORCH =
      "write it anew where the model is: `from safetensors.torch import save_file; save_file(model.state_dict(), \"m.safetensors\")`";

  @TempDir private Path folder;

  private void reads(byte[] bytes, String what, String remedy) throws IOException {
    Path file = Files.write(folder.resolve("m"), bytes);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOfSatisfying(ForeignFileException.class, e -> assertThat(e.remedy()).contains(remedy))
        .hasMessage(file + " holds " + what + ", not safetensors");
  }

  private static byte[] zip(String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(new byte[100]);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void archivesAreCalledByWhatIsInThem() throws IOException {
    reads(zip("archive/data.pkl", "archive/data/0"), "a zip archive of torch.save", TORCH);
    reads(zip("m/data.pkl", "m/.format_version", "m/version"), "a zip archive of torch.save", TORCH);
    reads(zip("arr_0.npy", "arr_1.npy"), "a NumPy archive", "save_file(dict(numpy.load(\"m.npz\")), \"m.safetensors\")");
    reads(zip("metadata.json", "config.json", "model.weights.h5"), "a model of Keras", "as those that `save` writes");
    reads(zip("notes.txt"), "a zip archive", "unpack it first");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "80028a0a6cfc9c46f9206aa850192e80024de9032e | a pickle of torch.save | save_file(model.state_dict()",
    "80027d7100580b000000746f7263682e5f7574696c73 | a pickle of torch.save | save_file(model.state_dict()",
    "8004957b0000000000000000 | a pickle of Python, as torch.save, paddle.save and joblib write it | save_file(arrays",
    "894844460d0a1a0a00000000 | HDF5, as Keras writes it | as those that `save` writes",
    "080712077079746f726368 | a model of ONNX | save_file(arrays",
    "08083a8001000000 | a model of ONNX | save_file(arrays",
    "4747554603000000 | GGUF, the weights of llama.cpp | take the safetensors",
    "1c00000054464c3312 | a model of TensorFlow Lite | save_file(arrays",
    "934e554d5059010076 | a NumPy array | save_file(arrays",
    "000000000200000005000000 | weights of Darknet | save_file(arrays",
    "1f8b0800 | a gzip archive | unpack",
    "fd377a585a000004 | an xz archive | unpack",
    "28b52ffd04 | a zstd archive | unpack",
    "377abcaf271c | a 7z archive | unpack",
    "89504e470d0a1a0a | a PNG picture | ''",
  })
  void othersAreCalledByTheirFirstBytes(String hex, String what, String remedy) throws IOException {
    reads(HexFormat.of().parseHex(hex), what, remedy);
  }

  @Test
  void textsAreCalledByWhatTheySay() throws IOException {
    reads(text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n"), "a pointer of git-lfs in place of the file", "git lfs pull");
    reads(text("\n <!DOCTYPE html><html>"), "a web page", "fetch the file itself");
    reads(text("\uFEFF<HTML lang=\"en\">"), "a web page", "fetch the file itself");
    reads(text("{\"metadata\": {}, \"weight_map\": {\"a\": \"m-1-of-2.safetensors\"}}"), "an index of several files of safetensors", "from = ");
    reads(text("model_checkpoint_path: \"model.ckpt-1\"\n"), "the names of checkpoints of TensorFlow", "save_file(arrays");
    reads(text("Entry not found"), "text that begins with `Entry not found`", "");
    byte[] tar = Arrays.copyOf(text("weights/"), 512);
    System.arraycopy(text("ustar"), 0, tar, 257, 5);
    reads(tar, "a tar archive", "unpack");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"n.onnx, .onnx", "a/n.v2.pt, .pt", "n.h5, .h5", "n, ''", "n.safetensors, ''", "N.SAFETENSORS, ''", "n-0.5, ''", "a.b/n, ''", "a.b\\n, ''", "n., ''", ".st, .st"})
  void anotherEndingIsNotTaken(String name, String ending) {
    assertThat(Safetensors.otherEnding(name).orElse("")).isEqualTo(ending);
  }

  @Test
  void whatWasCutOffIsTold() throws IOException {
    Path file = folder.resolve("m");
    Safetensors.write(file, List.of(new Tensor("w", List.of(2), new float[] {1, 2})), Map.of());
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {whole.length - 1, 20}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(file)).hasMessageEndingWith(": it was cut off, fetch or write it again");
    }
  }
}
