package dev.lanewise.exchange.onnx.read;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.dsl.exchange.Importer.Wishes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no ONNX file at all. */
class OnnxImporterTest {
  @TempDir Path folder;

  @Test
  void whatIsNoSuchFileIsTold() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "this is no model");
    assertThatThrownBy(() -> new OnnxImporter().read(text, Wishes.NONE)).isInstanceOf(IOException.class).hasMessageContaining("is no ONNX file");
    assertThatThrownBy(() -> new OnnxImporter().read(folder.resolve("none.onnx"), Wishes.NONE)).isInstanceOf(IOException.class).hasMessageContaining("no such file");
    Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
    assertThatThrownBy(() -> new OnnxImporter().read(empty, Wishes.NONE)).isInstanceOf(IOException.class).hasMessageContaining("it has no graph");
  }
}
