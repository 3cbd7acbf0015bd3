package dev.lanewise.repl.bench;

import dev.lanewise.repl.render.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * One result of JMH.
 *
 * @param topic {@code training-step}, of {@code TrainingStepBenchmark} and {@code TrainingStepPeerBenchmark}
 * @param what is asked within the topic, {@code forward}; may be empty
 * @param parameters without {@code kernels}, which says who
 * @param error half of the 99.9 % interval, in the same unit; NaN if there were too few iterations
 * @param unit as JMH has it: {@code us/op}
 */
public record Measured(String topic, String what, Who who, Map<String, String> parameters, double score, double error, String unit) {
  private static final String KERNELS = "kernels";

  /**
   * Those in JMH's JSON, an array.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static List<Measured> read(String json) {
    List<Measured> all = new ArrayList<>();
    try {
      for (Object result : (List<?>) JsonTree.read(json)) {
        all.add(of((Map<?, ?>) result));
      }
    } catch (JacksonException | ClassCastException | NullPointerException notJmhs) {
      throw new IllegalArgumentException("no results of JMH: " + json, notJmhs);
    }
    return all;
  }

  private static Measured of(Map<?, ?> result) {
    String[] name = ((String) result.get("benchmark")).split("\\.");
    String topic = topicOf(name[name.length - 2]);
    String method = name[name.length - 1];
    Map<String, String> parameters = new LinkedHashMap<>();
    if (result.get("params") instanceof Map<?, ?> given) {
      given.forEach((k, v) -> parameters.put((String) k, (String) v));
    }
    Who named = Who.called(parameters.getOrDefault(KERNELS, "")).orElse(null);
    parameters.remove(KERNELS);
    Who who = named != null ? named : Who.in(method).orElse(Who.SIMD);
    String what = named == null && Who.in(method).isPresent() ? who.without(method) : Who.words(method);
    Map<?, ?> metric = (Map<?, ?>) result.get("primaryMetric");
    double score = number(metric.get("score"));
    return new Measured(topic, what, who, parameters, score, number(metric.get("scoreError")), (String) metric.get("scoreUnit"));
  }

  private static String topicOf(String type) {
    return type.replaceFirst("(Peer)?Benchmark$", "").replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** JMH writes "NaN" as a text. */
  private static double number(Object value) {
    return value instanceof Double number ? number : Double.NaN;
  }
}
