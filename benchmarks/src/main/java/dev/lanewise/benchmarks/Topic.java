package dev.lanewise.benchmarks;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/**
 * The benchmarks of one question: those of Lanewise, and those of peers if they are there.
 *
 * @param name {@code training-step} for {@code TrainingStepBenchmark} and {@code TrainingStepPeerBenchmark}
 */
record Topic(String name, List<Class<?>> classes) {
  /** Of all that JMH knows here, by name. */
  static List<Topic> all(OutputFormat out) throws ClassNotFoundException {
    TreeSet<String> names = new TreeSet<>();
    for (BenchmarkListEntry entry : BenchmarkList.defaultList().getAll(out, List.of())) {
      names.add(entry.getUserClassQName());
    }
    Map<String, List<Class<?>>> topics = new TreeMap<>();
    for (String name : names) {
      Class<?> type = Class.forName(name);
      topics.computeIfAbsent(nameOf(type.getSimpleName()), _ -> new ArrayList<>()).add(type);
    }
    return topics.entrySet().stream().map(e -> new Topic(e.getKey(), List.copyOf(e.getValue()))).toList();
  }

  static String nameOf(String simpleName) {
    return simpleName.replaceFirst("(Peer)?Benchmark$", "").replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  String question() {
    return classes.stream()
        .map(c -> c.getAnnotation(Question.class))
        .filter(q -> q != null)
        .map(Question::value)
        .findFirst()
        .orElse("");
  }

  /** How many there are with these values of parameters. */
  int count(boolean few) {
    return classes.stream().mapToInt(c -> methods(c) * parameters(c, few).values().stream().mapToInt(v -> v.length).reduce(1, (a, b) -> a * b)).sum();
  }

  private static int methods(Class<?> type) {
    return (int) Arrays.stream(type.getMethods()).filter(m -> m.isAnnotationPresent(Benchmark.class)).map(Method::getName).count();
  }

  /** The values of each parameter; few: only the first, except that all kernels are compared. */
  static Map<String, String[]> parameters(Class<?> type, boolean few) {
    Map<String, String[]> values = new LinkedHashMap<>();
    for (Field field : type.getFields()) {
      Param param = field.getAnnotation(Param.class);
      if (param != null) {
        boolean all = !few || field.getName().equals("kernels");
        values.put(field.getName(), all ? param.value() : new String[] {param.value()[0]});
      }
    }
    return values;
  }
}
