package dev.lanewise.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What {@code lanewise bench} starts: {@code list} tells the topics, {@code full|quick|shortest TOPIC…} measures. What comes of it goes to
 * standard output, line by line: see {@link Told}.
 */
public final class Measure {
  private Measure() {}

  public static void main(String[] arguments) throws ClassNotFoundException, RunnerException {
    Told told = new Told(System.out);
    List<Topic> all = Topic.all(told);
    if (arguments[0].equals("list")) {
      all.forEach(t -> told.line("topic", t.name() + " " + t.count(false) + " " + t.question()));
      return;
    }
    Length length = Length.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    List<String> wanted = Arrays.asList(arguments).subList(1, arguments.length);
    List<Topic> chosen = all.stream().filter(t -> wanted.contains(t.name())).toList();
    told.line("total", Integer.toString(chosen.stream().mapToInt(t -> t.count(length.isFew())).sum()));
    for (Topic topic : chosen) {
      for (Class<?> type : topic.classes()) {
        new Runner(options(type, length).build(), told).run();
      }
    }
  }

  private static ChainedOptionsBuilder options(Class<?> type, Length length) {
    ChainedOptionsBuilder options = length.applied(new OptionsBuilder().include("^" + type.getName().replace(".", "\\.") + "\\."));
    for (Map.Entry<String, String[]> parameter : Topic.parameters(type, length.isFew()).entrySet()) {
      options.param(parameter.getKey(), parameter.getValue());
    }
    return options;
  }
}
