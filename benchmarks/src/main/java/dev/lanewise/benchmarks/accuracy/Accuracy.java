package dev.lanewise.benchmarks.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Prints the body of ACCURACY.md: how near the truth Lanewise's numbers are, beside PyTorch's. {@code benchmarks/accuracy} starts it.
 * Its arguments: {@code quick} or {@code full}, the folder of samples, a Python with PyTorch or an empty word, torch_accuracy.py, seeds
 * for Lanewise, seeds for PyTorch.
 */
public final class Accuracy {
  static final String FUNCTIONS = "## Functions";
  static final String LAYERS = "## Layers and losses";

  private static final String MEASURES =
      """
      ## How errors are measured

      Lanewise computes with its vector kernels, forward and backward as training does; PyTorch with its own float32. Both get the same
      float32 numbers. %s

      **Functions** are measured in ulp: the error divided by the distance of float32 numbers at the correctly rounded result. A result that
      is correctly rounded is at most 0.5 ulp off; 1.7e+07 ulp, which is 2^24, means that no digit is right. Below the smallest normal
      number, 2^-126, the unit is that number itself, so that it costs nobody much to round such results to zero. Points are normal numbers
      and zeros. At a kink there is no derivative, and nothing is compared. The derivatives of silu, gelu, mish and hard_swish cross zero
      where two terms cancel, near -1.278, -0.752, -1.192 and -1.5: within 1/16 of that place the unit is that of 1/32. "∞/NaN" counts points
      where an infinity or NaN was computed and the truth is a number that float32 can hold, "not ∞" points where a number was computed and
      the truth is beyond float32; such points are in no largest error.

      **Layers** add up many products, whose sum may be near zero by chance: then an error that is small for every product is huge for the
      sum. So an element's error is divided by the largest value of its tensor (of y, of dx, of the gradient of a parameter), and given in
      units of 2^-24, the rounding of a number near one. An error of 1 is what rounding the largest value would make at most. Of several
      parameters the worst is shown. Inputs are normal numbers of mean 0 and deviation 1 where nothing else is said, dy too.

      """;

  private static final String WITH_TORCH =
      """
      The truth comes from PyTorch in float64: of functions by formulas in which nothing cancels, which at some
      points were compared with 60 digits (mpmath, where it is installed); of layers by the same calls.""";

  private static final String WITHOUT =
      """
      The truth comes from Lanewise's own formulas in double; where such a formula cancels, as 1 - y of a sigmoid near
      one does, a little of the error shown may be the truth's.""";

  private Accuracy() {}

  public static void main(String[] arguments) throws IOException {
    boolean quick = arguments[0].equals("quick");
    Path folder = Files.createTempDirectory("accuracy");
    try {
      Exchange exchange = new Exchange(folder, arguments[2], Path.of(arguments[3]));
      System.out.println(tables(exchange, quick));
      System.out.println("## The classic CNN\n");
      Seeds seeds = new Seeds(Path.of(arguments[1]), exchange, quick ? 1 : 0);
      System.out.print(seeds.section(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5])));
    } finally {
      delete(folder);
    }
  }

  /** The tables of functions and layers, with what their numbers mean. */
  static String tables(Exchange exchange, boolean quick) throws IOException {
    FunctionErrors functions = new FunctionErrors(exchange, quick);
    LayerErrors layers = new LayerErrors(exchange, quick);
    functions.ask();
    layers.ask();
    exchange.answer();
    return MEASURES.formatted(exchange.hasPython() ? WITH_TORCH : WITHOUT)
        + FUNCTIONS + "\n\n" + functions.table() + "\n" + LAYERS + "\n\n" + layers.table();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
