package dev.lanewise.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.lanewise.benchmarks.accuracy.Language;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Asking;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Scanner;

/**
 * Asks a network that {@code lanewise import} has written what it says of some images. {@code benchmarks/inference} starts it, and has ONNX Runtime answer in turns. Its
 * arguments: the script, its weights, the images and where the outputs go, both as plain floats, and how many threads. Each number on standard input is a number of
 * rounds; it prints the seconds of a round, and those of processor time, each the median.
 */
public final class Imported {
  private record Images(Shape shape, float[] values) implements Dataset {
    @Override
    public int size() {
      return values.length / shape.size();
    }

    @Override
    public Target target() {
      return Target.classes(2);
    }

    @Override
    public int label(int index) {
      return 0;
    }

    @Override
    public void read(int index, float[] out, int offset, int stride) {
      for (int i = 0, from = index * shape.size(); i < shape.size(); i++) {
        out[offset + i * stride] = values[from + i];
      }
    }

    @Override
    public float zero(int channel) {
      return 0;
    }

    @Override
    public Dataset normalized(Normalization normalization) {
      return this;
    }
  }

  private Imported() {}

  public static void main(String[] arguments) throws IOException {
    Path script = Path.of(arguments[0]);
    Model model = Model.create("Imported", Lowering.graph(Language.net(script.toString(), Files.readString(script))), 1);
    model.assign(Safetensors.read(Path.of(arguments[1])).tensors());
    Images images = new Images(model.graph().input().shape(), floats(Path.of(arguments[2])));
    try (Engine engine = new Engine(Integer.parseInt(arguments[4]), KernelSet.VECTOR); Scanner rounds = new Scanner(System.in)) {
      Asking asking = engine.asking(model, images, 0, images.size());
      write(Path.of(arguments[3]), asking.of(images));
      System.out.println("ready");
      while (rounds.hasNextInt()) {
        System.out.println(time(asking, images, rounds.nextInt()));
      }
    }
  }

  private static String time(Asking asking, Images images, int rounds) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double[] seconds = new double[rounds], processor = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long begin = System.nanoTime(), used = system.getProcessCpuTime();
      asking.of(images);
      seconds[i] = (System.nanoTime() - begin) / 1e9;
      processor[i] = (system.getProcessCpuTime() - used) / 1e9;
    }
    return String.format(Locale.ROOT, "%.6f %.6f", median(seconds), median(processor));
  }

  private static double median(double[] values) {
    java.util.Arrays.sort(values);
    return values[values.length / 2];
  }

  private static float[] floats(Path file) throws IOException {
    float[] values = new float[Math.toIntExact(Files.size(file) / Float.BYTES)];
    ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static void write(Path file, float[][] outputs) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(outputs.length * outputs[0].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] each : outputs) {
      bytes.asFloatBuffer().put(each);
      bytes.position(bytes.position() + each.length * Float.BYTES);
    }
    Files.write(file, bytes.array());
  }
}
