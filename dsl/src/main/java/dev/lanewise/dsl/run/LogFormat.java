package dev.lanewise.dsl.run;

import dev.lanewise.runtime.file.FileForm;
import dev.lanewise.runtime.file.JsonWriter;
import dev.lanewise.runtime.file.TensorBoard;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.train.TrainEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the numbers of epochs are written to a file: a pure function of them, so that a file can be made again from a run's journal. */
public sealed interface LogFormat {
  /** What comes before the first epoch. */
  byte[] head(TrainEvent.Epoch first);

  /** @param seconds of training in all epochs up to the end of this one */
  byte[] line(TrainEvent.Epoch epoch, double seconds);

  /** That of every file that could have been written so, whatever was measured. */
  FileForm form();

  /** The part of a file that tells of some epochs. */
  byte[] part(byte[] content, IntPredicate epochs);

  /** What is told of every epoch besides its number and its seconds. @param metrics besides the loss */
  static Map<String, Double> values(TrainEvent.Epoch epoch, List<Measure.Kind> metrics) {
    Map<String, Double> values = new LinkedHashMap<>();
    List<Measure.Kind> kinds = new ArrayList<>(List.of(Measure.Kind.LOSS));
    kinds.addAll(metrics);
    kinds.forEach(k -> values.put("train." + k, epoch.train().of(k)));
    epoch.train().heads().forEach((head, own) -> values.put("train.loss." + head, own.loss()));
    if (epoch.validation() != null) {
      kinds.forEach(k -> values.put("val." + k, epoch.validation().of(k)));
    }
    epoch.withstood().ifPresent(w -> values.putAll(w.shares()));
    if (!Double.isNaN(epoch.objective())) {
      values.put("objective", epoch.objective());
    }
    values.put("rate", epoch.rate());
    return values;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  private static byte[] bytes(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Lines that begin with an epoch's number, and those that do not: heads. */
  private static byte[] lines(byte[] content, Pattern number, IntPredicate epochs) {
    return new String(content, StandardCharsets.UTF_8).lines()
        .filter(line -> {
          Matcher m = number.matcher(line);
          return !m.lookingAt() || epochs.test(Integer.parseInt(m.group(1)));
        })
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A table, a line for each epoch below the names. */
  record Csv(List<Measure.Kind> metrics) implements LogFormat {
    static final FileForm FORM = FileForm.beginning("a log of epochs", "epoch,seconds,train.loss");
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9}),");

    @Override
    public byte[] head(TrainEvent.Epoch first) {
      return bytes("epoch,seconds," + String.join(",", values(first, metrics).keySet()));
    }

    @Override
    public byte[] line(TrainEvent.Epoch epoch, double seconds) {
      return bytes(epoch.epoch() + "," + number(epoch.seconds()) + ","
          + values(epoch, metrics).values().stream().map(LogFormat::number).collect(Collectors.joining(",")));
    }

    @Override
    public FileForm form() {
      return FORM;
    }

    @Override
    public byte[] part(byte[] content, IntPredicate epochs) {
      return lines(content, NUMBER, epochs);
    }
  }

  /** A JSON object for each epoch. */
  record JsonLines(List<Measure.Kind> metrics) implements LogFormat {
    static final FileForm FORM = FileForm.beginning("a log of epochs", "{\"epoch\":");
    private static final Pattern NUMBER = Pattern.compile("\\{\"epoch\":(\\d{1,9}),");

    @Override
    public byte[] head(TrainEvent.Epoch first) {
      return new byte[0];
    }

    @Override
    public byte[] line(TrainEvent.Epoch epoch, double seconds) {
      JsonWriter json = new JsonWriter().beginObject().name("epoch").value(epoch.epoch()).name("seconds").number(epoch.seconds(), number(epoch.seconds()));
      values(epoch, metrics).forEach((name, value) -> json.name(name).number(value, number(value)));
      return bytes(json.endObject().toString());
    }

    @Override
    public FileForm form() {
      return FORM;
    }

    @Override
    public byte[] part(byte[] content, IntPredicate epochs) {
      return lines(content, NUMBER, epochs);
    }
  }

  /**
   * Events for TensorBoard. Their time is when the run began and the seconds of training since.
   *
   * @param begun seconds since 1970
   */
  record Board(List<Measure.Kind> metrics, double begun) implements LogFormat {
    private static final FileForm FORM = new FileForm("a log for TensorBoard", _ -> true);

    @Override
    public byte[] head(TrainEvent.Epoch first) {
      return TensorBoard.head(begun);
    }

    @Override
    public byte[] line(TrainEvent.Epoch epoch, double seconds) {
      return TensorBoard.step(begun + seconds, epoch.epoch(), values(epoch, metrics));
    }

    /** Its name is the run's own: nobody else's file is called so. */
    @Override
    public FileForm form() {
      return FORM;
    }

    /** A run's own file holds what its journal knows, and no more. */
    @Override
    public byte[] part(byte[] content, IntPredicate epochs) {
      return head(null);
    }
  }
}
