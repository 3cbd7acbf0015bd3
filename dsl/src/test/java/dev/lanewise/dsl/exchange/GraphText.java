package dev.lanewise.dsl.exchange;

import dev.lanewise.dsl.meaning.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands for the module that knows other programs' files: what it writes is the graph as text. */
public final class GraphText implements Exporter {
  @Override
  public String ending() {
    return ".onnx";
  }

  @Override
  public void write(Trained net, Form form, Path to) throws IOException {
    Files.writeString(to, form + "\n" + net.model().graph());
  }
}
