package dev.lanewise.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * What happens while JMH measures, a line each, as soon as it does: a result that has been told is not lost when the rest is not waited
 * for. A line begins with {@code next}, {@code result} and JMH's own JSON, or {@code note}.
 */
final class Told implements OutputFormat {
  private final PrintStream out;

  Told(PrintStream out) {
    this.out = out;
  }

  void line(String kind, String text) {
    out.println(kind + " " + text.replaceAll("\\s*\\R\\s*", " ").strip());
    out.flush();
  }

  @Override
  public void startBenchmark(BenchmarkParams params) {
    String values = params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(" "));
    String[] name = params.getBenchmark().split("\\.");
    line("next", Topic.nameOf(name[name.length - 2]) + " " + name[name.length - 1] + " " + values);
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    if (result != null) {
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      ResultFormatFactory.getInstance(ResultFormatType.JSON, new PrintStream(json, true, StandardCharsets.UTF_8))
          .writeOut(List.of(new RunResult(result.getParams(), List.of(result))));
      line("result", json.toString(StandardCharsets.UTF_8));
    }
  }

  /** JMH says so where a measurement fails; everything else it says here is told by the results. */
  @Override
  public void println(String text) {
    if (text.startsWith("<failure>") || text.contains("Exception") || text.contains("ERROR")) {
      line("note", text);
    }
  }

  @Override
  public void verbosePrintln(String text) {}

  @Override
  public void print(String text) {}

  @Override
  public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {}

  @Override
  public void iterationResult(BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> results) {}

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }

  @Override
  public void write(int b) {}

  @Override
  public void write(byte[] b) throws IOException {}
}
