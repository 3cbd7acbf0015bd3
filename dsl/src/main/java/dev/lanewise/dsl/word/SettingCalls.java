package dev.lanewise.dsl.word;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.attack.Attacks;
import dev.lanewise.runtime.federate.Words;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Initialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls that settings take besides those with a list of their own, such as optimisers: what the checker binds arguments to, and the
 * prompt offers. No setting looks at its arguments by hand, so that none overlooks one.
 */
public final class SettingCalls {
  private static final Argument.Type NUMBER = Argument.Type.NUMBER;
  private static final Argument.Type TEXT = Argument.Type.TEXT;
  private static final Argument.Type MEASURE = Argument.Type.MEASURE;

  public static final Signature EARLY = Signature.of(
      "early", "ends training when nothing has got better for some epochs", required("by", MEASURE, "what should get better"),
      optional("patience", Argument.Type.INTEGER, 3, "epochs without a better one"));
  public static final Signature BEST = Signature.of(
      "best", "keeps the parameters of the best epoch", required("file", TEXT, "where they are kept"),
      required("by", MEASURE, "what should get better"));
  public static final Signature EMA = Signature.of(
      "ema", "an exponential moving average", required("decay", NUMBER, "the share of the average that a step keeps"));
  public static final Signature NORM = Signature.of("norm", "scales all gradients by one factor", required("most", NUMBER, "the limit"));
  public static final Signature VALUE = Signature.of("value", "limits each gradient by itself", required("most", NUMBER, "the limit"));
  public static final Signature CONSOLE = Signature.of("console", "what is shown anyway");
  static final Signature CSV = Signature.of("csv", "a table, a line for each epoch", required("file", TEXT, "its name"));
  static final Signature JSONL = Signature.of("jsonl", "a JSON object for each epoch", required("file", TEXT, "its name"));
  static final Signature TENSORBOARD = Signature.of("tensorboard", "events for TensorBoard", required("folder", TEXT, "its name"));
  public static final Signature RATE = Signature.of(
      "rate", "another learning rate; a schedule goes on from there in the same proportions",
      required("to", NUMBER, "the learning rate from the next batch on"),
      required("epoch", Argument.Type.INTEGER, "in which it changes, from 1"),
      required("batch", Argument.Type.INTEGER, "after which it changes, from 1"));
  public static final Signature SIZE = Signature.of(
      "size", "batches of another size, from the next epoch on; the optimiser goes on as it is, a schedule from the same share of the training",
      required("to", Argument.Type.INTEGER, "examples of a batch"),
      required("epoch", Argument.Type.INTEGER, "the last one with batches as they were, from 1"),
      required("batch", Argument.Type.INTEGER, "after which it was said, from 1"));
  public static final Signature STOP = Signature.of(
      "stop", "the end: the network keeps what it has learnt", required("epoch", Argument.Type.INTEGER, "in which training ends, from 1"),
      required("batch", Argument.Type.INTEGER, "after which training ends, from 1"));
  static final Signature MAX = Signature.of("max", "the largest of a score", required("by", MEASURE, "what is compared"));
  static final Signature MIN = Signature.of("min", "the smallest of a loss or an error", required("by", MEASURE, "what is compared"));
  static final Signature UNIFORM = Signature.of(
      "uniform", "all numbers of a range are equally likely", required("from", NUMBER, "the least"), required("to", NUMBER, "the most"));
  static final Signature LOG = Signature.of(
      "log", "all factors between numbers of a range are equally likely", required("from", NUMBER, "the least"),
      required("to", NUMBER, "the most"));

  static final Signature SPARK = Signature.of(
      "spark", "executors of Apache Spark", required("master", TEXT, "where they are: `local[2]`, two threads here, or `spark://host:7077`, a cluster"));

  /** Of the argument {@code by} of texts. */
  public static final Signature BPE = Signature.of(
      "bpe", "byte pairs that are learnt of the text", required("size", Argument.Type.INTEGER, "tokens in all, the 256 bytes among them"));
  static final Signature WAVE = Signature.of("wave", "the samples themselves: a sequence of one channel");
  static final Signature MEL = Signature.of(
      "mel", "how loud each pitch is at each time, from 0, silence, to 1, the loudest: a picture of time and pitch",
      bands(optional("bands", Argument.Type.INTEGER, 40, "of pitches, equally wide to the ear: rows, the highest at the top"),
          optional("sequence", Argument.Type.FLAG, false, "whether bands are the channels of a sequence, from the lowest on, in place of a picture")));
  static final Signature MFCC = Signature.of(
      "mfcc", "how the loudness, in decibels, goes up and down over the pitches: coefficients of a cosine transform (Davis and Mermelstein 1980), a sequence",
      bands(optional("count", Argument.Type.INTEGER, 13, "of coefficients: channels, from the slowest on"),
          optional("bands", Argument.Type.INTEGER, 40, "of pitches that they are made of")));

  private static final Map<String, List<Signature>> ALL = ordered(
      Map.entry("stop", List.of(EARLY)), Map.entry("save", List.of(BEST)), Map.entry("average", List.of(EMA)),
      Map.entry("adversarial", Attacks.all().stream().map(Attacks.Definition::signature).toList()),
      Map.entry("clip", List.of(NORM, VALUE)), Map.entry("log", List.of(CONSOLE, CSV, JSONL, TENSORBOARD)),
      Map.entry("features", List.of(WAVE, MEL, MFCC)), Map.entry("changes", List.of(RATE, SIZE, STOP)), Map.entry("pick", List.of(MAX, MIN)), Map.entry("in", List.of(UNIFORM, LOG)), Map.entry("on", List.of(SPARK)),
      Map.entry("federated.split", Words.partitions().stream().map(Words.Definition::signature).toList()),
      Map.entry("federated.method", Words.methods().stream().map(Words.Definition::signature).toList()),
      Map.entry("federated.privacy", Words.privacies().stream().map(Words.Definition::signature).toList()));

  private SettingCalls() {}

  @SafeVarargs
  private static Map<String, List<Signature>> ordered(Map.Entry<String, List<Signature>>... entries) {
    Map<String, List<Signature>> all = new LinkedHashMap<>();
    for (var e : entries) {
      all.put(e.getKey(), e.getValue());
    }
    return all;
  }

  /** Followed by how a sound is taken apart into bands. */
  private static Argument[] bands(Argument... before) {
    List<Argument> all = new ArrayList<>(List.of(before));
    all.addAll(1, List.of(
        optional("window", NUMBER, 32.0, "milliseconds of a piece of the sound"), optional("hop", NUMBER, 10.0, "milliseconds from one piece to the next"),
        optional("low", NUMBER, 0.0, "where the lowest band begins, in Hz"), optional("high", NUMBER, 0.0, "where the highest ends; 0 is half the rate"),
        optional("htk", Argument.Type.FLAG, false, "whether the scale of pitches is HTK's, not Slaney's"),
        optional("range", NUMBER, 80.0, "decibels below the loudest that still count")));
    return all.toArray(Argument[]::new);
  }

  /** By setting; ranges of a sweep by {@code in}. */
  public static Map<String, List<Signature>> all() {
    return ALL;
  }

  /** Of an initialiser: some take a number. */
  public static Signature of(Initialization.Kind kind) {
    return kind.isScaled()
        ? Signature.of(kind.toString(), "first values", optional(number(kind), NUMBER, 1.0, "above 0"))
        : Signature.of(kind.toString(), "first values");
  }

  private static String number(Initialization.Kind kind) {
    return switch (kind) {
      case NORMAL -> "deviation";
      case UNIFORM -> "bound";
      default -> "factor";
    };
  }
}
