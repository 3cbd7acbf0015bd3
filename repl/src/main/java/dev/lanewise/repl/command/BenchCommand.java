package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.repl.bench.Benchmarks;
import dev.lanewise.repl.bench.Comparison;
import dev.lanewise.repl.bench.Page;
import dev.lanewise.repl.bench.Watching;
import dev.lanewise.repl.render.JsonLine;
import dev.lanewise.repl.text.Columns;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise bench}. */
@Command(
    name = "bench",
    description = "Measure kernels with JMH: scalar, SIMD and other libraries side by side. Alone: what there is to measure.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise bench matmul softmax      two of them",
      "  lanewise bench --quick             a first look at all of them",
      "  lanewise bench all --peers         everything, beside OpenBLAS and LibTorch",
      "",
      "Ctrl-C ends it, and shows what has been measured so far."
    })
final class BenchCommand implements Callable<Integer> {
  private static final String ALL = "all";

  private final LanewiseCommand lanewise;

  @Parameters(paramLabel = "WHAT", arity = "0..*", description = "What to measure; all is everything.")
  private List<String> wanted = List.of();

  @Option(names = "--quick", description = "Short measurements, of one size each.")
  private boolean quick;

  @Option(names = "--peers", description = "Beside OpenBLAS and LibTorch, which are downloaded the first time (400 MB).")
  private boolean peers;

  @Option(names = "--write", paramLabel = "FILE", description = "Also put the tables into this page, in Markdown, in place of older ones.")
  private Path page;

  @Option(names = "--shortest", hidden = true, description = "Hardly measure: for tests.")
  private boolean shortest;

  BenchCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Checkout> checkout = Checkout.here();
    if (checkout.isEmpty()) {
      lanewise.problem("this needs the sources, which a package does not have");
      return Outcome.MISTAKE.status();
    }
    if (page != null && !mayWrite()) {
      lanewise.problem("--write takes a page in Markdown, such as RESULTS.md, not " + page);
      return Outcome.MISTAKE.status();
    }
    int built = checkout.get().run("benchmarks.sh", lanewise.console().language().code(), peers ? List.of("peers") : List.of());
    if (built != 0) {
      return built;
    }
    Benchmarks benchmarks = Benchmarks.of(checkout.get().javaProgram(), checkout.get().root(), peers);
    List<Benchmarks.Topic> topics = benchmarks.topics();
    if (wanted.isEmpty() && !quick) {
      list(topics);
      return Outcome.OK.status();
    }
    Optional<List<String>> chosen = chosen(topics.stream().map(Benchmarks.Topic::name).toList());
    return chosen.isPresent() ? measure(benchmarks, chosen.get()) : Outcome.MISTAKE.status();
  }

  /** Said before anything is measured; anything but a page of text would be spoiled. */
  private boolean mayWrite() {
    Path folder = page.toAbsolutePath().getParent();
    return page.toString().endsWith(".md") && (Files.exists(page) ? Files.isRegularFile(page) && Files.isWritable(page) : Files.isWritable(folder));
  }

  private void list(List<Benchmarks.Topic> topics) {
    Console console = lanewise.console();
    if (lanewise.json()) {
      topics.forEach(t -> new JsonLine(console.out())
          .event("topic").put("topic", t.name()).put("benchmarks", t.count()).put("question", t.question()).end());
      return;
    }
    for (Benchmarks.Topic topic : topics) {
      console.out().println("  " + topic.name());
      console.voice().wrapped(console.voice().say(topic.question())).forEach(l -> console.out().println("      " + l));
    }
    lanewise.say("Measure some of them: `lanewise bench matmul`, or have a first look at all: `lanewise bench --quick`.");
  }

  /** What the words stand for: names, or how a name begins. Empty if one is unknown, which is said. */
  private Optional<List<String>> chosen(List<String> names) {
    TreeSet<String> chosen = new TreeSet<>(wanted.isEmpty() ? names : List.of());
    for (String word : wanted) {
      String lower = word.toLowerCase(Locale.ROOT);
      List<String> found = names.contains(lower) ? List.of(lower) : names.stream().filter(n -> lower.equals(ALL) || n.startsWith(lower)).toList();
      if (found.isEmpty()) {
        List<String> known = new ArrayList<>(names);
        known.add(ALL);
        lanewise.problem("there is no benchmark `" + word + "`; "
            + Suggestions.nearest(lower, known).map(n -> "did you mean `" + n + "`?").orElse("`lanewise bench` lists them"));
        return Optional.empty();
      }
      chosen.addAll(found);
    }
    return Optional.of(List.copyOf(chosen));
  }

  private int measure(Benchmarks benchmarks, List<String> topics) throws IOException {
    Interrupts.stop(benchmarks::stop);
    Watching watching = new Watching(lanewise.console(), lanewise.json());
    boolean well = benchmarks.measure(shortest ? "shortest" : quick ? "quick" : "full", topics, watching);
    watching.end();
    List<Comparison> comparisons = Comparison.of(watching.all());
    show(comparisons);
    if (page != null && !comparisons.isEmpty() && !write(comparisons)) {
      return Outcome.MISTAKE.status();
    }
    if (benchmarks.isStopped()) {
      lanewise.problem("stopped: this is what has been measured so far");
      return Outcome.INTERRUPTED.status();
    }
    if (!well || comparisons.isEmpty()) {
      lanewise.problem("a measurement failed: see above");
      return Outcome.MISTAKE.status();
    }
    return Outcome.OK.status();
  }

  private void show(List<Comparison> comparisons) {
    Console console = lanewise.console();
    if (lanewise.json()) {
      return;
    }
    for (Comparison comparison : comparisons) {
      Table table = console.voice().say(comparison.table());
      Columns.lines(table, Window.NONE, console.style()).forEach(console.out()::println);
      console.out().println();
    }
    if (!comparisons.isEmpty()) {
      lanewise.say("Times of one call on one thread: less is better. `vs`: how many times as fast `simd` is.");
    }
  }

  private boolean write(List<Comparison> comparisons) {
    String when = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).format(ZonedDateTime.now(ZoneOffset.UTC));
    String how = "On " + when + ", Java " + Runtime.version() + (quick ? ", with `--quick`" : "") + ".";
    try {
      String old = Files.exists(page) ? Files.readString(page) : "";
      Files.writeString(page, Page.with(old, comparisons, how));
      return true;
    } catch (IOException e) {
      lanewise.problem(page + " cannot be written: " + e.getMessage());
      return false;
    }
  }
}
