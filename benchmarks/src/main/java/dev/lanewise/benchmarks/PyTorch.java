package dev.lanewise.benchmarks;

import dev.lanewise.runtime.data.DataSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;

/**
 * PyTorch as Python drives it, with channels last, its fastest form on processors: in a process of its own, where somebody has said which
 * Python has it.
 */
final class PyTorch implements Peer {
  private static final String PYTHON = System.getProperty("lanewise.torch", "");
  private static final String SCRIPT = System.getProperty("lanewise.torch.script", "");

  private int threads = 1;

  /** Whether it can be asked. */
  static boolean isThere() {
    return !PYTHON.isEmpty();
  }

  @Override
  public String name() {
    return "PyTorch";
  }

  @Override
  public void threads(int count) {
    threads = count;
  }

  @Override
  public List<Double> train(Picture picture, DataSplit data, int epochs) {
    return train(picture.name(), epochs);
  }

  @Override
  public List<Double> train(Sequence sequence, int epochs) {
    return train(sequence.name(), epochs);
  }

  private List<Double> train(String network, int epochs) {
    List<String> command = List.of(
        PYTHON, Path.of(SCRIPT).toString(), network.toLowerCase(Locale.ROOT), Integer.toString(threads), Integer.toString(epochs));
    try {
      Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      List<Double> seconds = new ArrayList<>();
      try (Scanner told = new Scanner(process.getInputStream()).useLocale(Locale.ROOT)) {
        while (told.hasNextDouble()) {
          seconds.add(told.nextDouble());
        }
      }
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " ended with status " + process.exitValue());
      }
      return seconds;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(command + " cannot be run", e);
    }
  }
}
