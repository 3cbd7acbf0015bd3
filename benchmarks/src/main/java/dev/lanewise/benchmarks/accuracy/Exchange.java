package dev.lanewise.benchmarks.accuracy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What goes to PyTorch and comes back: a folder of plain arrays, little-endian, and a list of questions, one a line. Without a Python
 * nothing comes back.
 *
 * @param folder where the arrays are
 * @param python a Python that has PyTorch; empty without
 * @param script torch_accuracy.py
 */
record Exchange(Path folder, String python, Path script, List<String> questions) {
  Exchange(Path folder, String python, Path script) {
    this(folder, python, script, new ArrayList<>());
  }

  boolean hasPython() {
    return !python.isEmpty();
  }

  void ask(String... words) {
    questions.add(String.join("\t", words));
  }

  /** Numbers that are floats. */
  void write(String name, double[] values) throws IOException {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    write(name, floats);
  }

  void write(String name, float[] values) throws IOException {
    if (hasPython()) {
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      Files.write(folder.resolve(name), bytes.array());
    }
  }

  boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  float[] floats(String name) throws IOException {
    ByteBuffer bytes = bytes(name);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  double[] doubles(String name) throws IOException {
    ByteBuffer bytes = bytes(name);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  private ByteBuffer bytes(String name) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What stands where PyTorch's number is missing. */
  String absent() {
    return hasPython() ? "has none" : "not measured";
  }

  /** Lets PyTorch answer. */
  void answer() throws IOException {
    if (hasPython()) {
      Files.write(folder.resolve("questions"), questions);
      run("compare", folder.toString());
    }
  }

  /** Runs the script; what it prints is given back, what it says on standard error is passed on. */
  List<String> run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(python, script.toString()));
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " ended with status " + process.exitValue());
      }
    } catch (InterruptedException e) {
      process.destroy();
      throw new IOException("interrupted", e);
    }
    return lines;
  }
}
