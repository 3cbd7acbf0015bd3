package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import dev.lanewise.dsl.exchange.Importer;
import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Refusal;
import dev.lanewise.dsl.exchange.Matching;
import dev.lanewise.dsl.exchange.StateReader;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.file.AtomicFile;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Parameter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise import MODEL}. */
@Command(
    name = "import",
    description = "Read a model that another program has written, as a script and its weights: one can read it, change it and train it on.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise import resnet.onnx                   resnet.net and its weights",
      "  lanewise import --check resnet.onnx           only tell what would be",
      "  lanewise import --script net.net a.pt         parameters for a script",
      "  lanewise import --shape x=3x224x224 a.onnx    where a size is left open",
      "",
      "Exit status: 0; 2 if something has no counterpart: then nothing is written."
    })
final class ImportCommand implements Callable<Integer> {
  /** Nodes of one kind that are named one by one. */
  private static final int MOST_NAMED = 3;

  private final LanewiseCommand lanewise;

  @Parameters(paramLabel = "MODEL", description = "The file: .onnx, .keras or .h5; or parameters alone, .pt, .pth or .safetensors, with a script.")
  private Path file;

  @Option(names = "--check", description = "Write nothing; tell what would be written, or what has no counterpart.")
  private boolean check;

  @Option(names = "--to", paramLabel = "NAME", description = "Write NAME.net and NAME.safetensors (default: the model's own name, beside it).")
  private Path to;

  @Option(names = "--name", paramLabel = "NET", description = "What the network is called (default: after the file).")
  private String net = "";

  @Option(names = "--shape", paramLabel = "INPUT=SHAPE", description = "The shape of an input, without the batch, where the file does not say it.")
  private Map<String, String> shapes = new LinkedHashMap<>();

  @Option(names = "--single", description = "The model takes one example at a time: none of its axes counts examples.")
  private boolean single;

  @Option(names = "--script", paramLabel = "FILE", description = "The script with the network whose parameters the file holds (.pt, .pth, .safetensors).")
  private Path script;

  @Option(names = "--force", description = "Replace a script that is there already.")
  private boolean force;

  ImportCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() throws IOException {
    Renderer renderer = Renderers.of(lanewise.console(), lanewise.json(), Window.NONE);
    Outcome outcome;
    try {
      outcome = imported(renderer);
    } catch (IOException e) {
      renderer.problem(Reasons.of(e));
      outcome = Outcome.MISTAKE;
    }
    renderer.finish(outcome);
    return outcome.status();
  }

  private Outcome imported(Renderer renderer) throws IOException {
    boolean state = file.toString().endsWith(Safetensors.ENDING) || StateReader.named(file.toString()).isPresent();
    if (state && script == null) {
      renderer.problem("`" + file + "` holds parameters alone: name a script with the network, --script net.net");
      return Outcome.MISTAKE;
    }
    return state ? ScriptFile.one(() -> SourceFile.read(script), renderer, s -> matched(s, renderer)) : model(renderer);
  }

  /** Parameters of a file as those of a script's network. */
  private Outcome matched(Source source, Renderer renderer) {
    try (Session session = new Session(lanewise.options(), renderer)) {
      List<Diagnostic> wrong = session.check(source).stream().filter(Diagnostic::isError).toList();
      wrong.forEach(d -> renderer.on(new SessionEvent.Diagnosed(d)));
      List<CheckedNet> nets = session.networks(source).stream().filter(n -> net.isEmpty() || n.name().equals(net)).toList();
      if (!wrong.isEmpty() || nets.size() != 1) {
        renderer.problem(nets.size() > 1 ? "the script has several networks: say which with --name" : "the script has no such network");
        return Outcome.MISTAKE;
      }
      return matched(nets.getFirst(), renderer);
    } catch (IOException e) {
      renderer.problem(Reasons.of(e));
      return Outcome.MISTAKE;
    }
  }

  private Outcome matched(CheckedNet of, Renderer renderer) throws IOException {
    Map<String, List<Integer>> wanted = new LinkedHashMap<>();
    List<Parameter> parameters = Lowering.graph(of).parameters();
    // In the order of the layers, which is that of the file where names say nothing.
    of.layers().forEach(l -> parameters.stream().filter(p -> p.name().startsWith(l.name() + ".")).forEach(p -> wanted.putIfAbsent(p.name(), p.shape().dims())));
    parameters.forEach(p -> wanted.putIfAbsent(p.name(), p.shape().dims()));
    Optional<StateReader> reader = StateReader.named(file.toString());
    List<Tensor> read = reader.isPresent() ? reader.get().read(file) : Safetensors.read(file).tensors();
    Matching matching = Matching.of(wanted, read);
    if (!matching.missing().isEmpty()) {
      matching.missing().forEach(m -> renderer.problem("the file has nothing for `" + m + "`"));
      matching.left().forEach(l -> renderer.problem("the network has nothing for `" + l + "`"));
      return Outcome.MISTAKE;
    }
    Path weights = Path.of((to == null ? script.toString().replaceFirst("\\.net$", "") : to) + Safetensors.ENDING);
    if (!check) {
      Safetensors.write(weights, matching.taken(), Map.of());
    }
    if (!lanewise.json()) {
      matching.left().forEach(l -> lanewise.say("left out, for the network has nothing for it: `" + l + "`"));
      lanewise.say((check ? "this would be written: " : "written: ") + weights);
      lanewise.say("go on with: load(" + of.name() + ", \"" + weights.getFileName() + "\")");
    }
    return Outcome.OK;
  }

  private Outcome model(Renderer renderer) throws IOException {
    Optional<Importer> importer = Importer.named(file.toString());
    if (importer.isEmpty()) {
      List<String> endings = Importer.all().stream().flatMap(i -> i.endings().stream()).toList();
      renderer.problem("`" + file + "` cannot be imported: what can be ends in " + String.join(" or ", endings));
      return Outcome.MISTAKE;
    }
    if (!net.isEmpty() && !net.matches("[\\p{L}_][\\p{L}\\p{Nd}_]*")) {
      renderer.problem("--name takes a name, such as Resnet, not `" + net + "`");
      return Outcome.MISTAKE;
    }
    Optional<Map<String, List<Integer>>> sizes = sizes(renderer);
    if (sizes.isEmpty()) {
      return Outcome.MISTAKE;
    }
    Imported imported = importer.get().read(file, new Importer.Wishes(net, sizes.get(), single));
    if (!imported.refusals().isEmpty()) {
      told(imported.refusals(), renderer);
      return Outcome.MISTAKE;
    }
    Path base = to == null ? file.resolveSibling(file.getFileName().toString().replaceFirst("\\.[^.]*$", "")) : to;
    return written(imported, base, renderer);
  }

  private Optional<Map<String, List<Integer>>> sizes(Renderer renderer) {
    Map<String, List<Integer>> made = new LinkedHashMap<>();
    for (Map.Entry<String, String> e : shapes.entrySet()) {
      if (!e.getValue().matches("[1-9][0-9]{0,6}(x[1-9][0-9]{0,6})*")) {
        renderer.problem("--shape takes the name of an input and its shape, such as input=1x28x28, not `" + e.getKey() + "=" + e.getValue() + "`");
        return Optional.empty();
      }
      made.put(e.getKey(), Arrays.stream(e.getValue().split("x")).map(Integer::valueOf).toList());
    }
    return Optional.of(made);
  }

  /** What has no counterpart, all of it; nodes with the same reason together. */
  private void told(List<Refusal> refusals, Renderer renderer) {
    Map<List<String>, List<String>> reasons = new LinkedHashMap<>();
    refusals.forEach(r -> reasons.computeIfAbsent(List.of(r.operator(), r.reason()), _ -> new ArrayList<>()).add(r.node()));
    reasons.forEach((reason, nodes) -> {
      String named = nodes.stream().limit(MOST_NAMED).map(n -> "`" + n + "`").collect(Collectors.joining(", "));
      String more = nodes.size() > MOST_NAMED ? " and " + (nodes.size() - MOST_NAMED) + " more" : "";
      renderer.problem(named + more + " (" + reason.getFirst() + "): " + reason.getLast());
    });
    renderer.problem("`" + file + "` is not imported: " + count(refusals.size(), "part") + " of it without a counterpart");
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private Outcome written(Imported imported, Path base, Renderer renderer) throws IOException {
    Path written = Path.of(base + ".net"), weights = Path.of(base + ".safetensors");
    String text = "# " + imported.net() + ", from " + file.getFileName() + "\n" + imported.text() + "\nload(" + imported.net() + ", \"" + weights.getFileName() + "\")\n";
    Optional<CheckedNet> net = checked(imported, renderer);
    if (net.isEmpty()) {
      return Outcome.MISTAKE;
    }
    if (!check) {
      if (Files.exists(written) && !force) {
        renderer.problem(written + " is there already: choose another name with --to, or replace it with --force");
        return Outcome.MISTAKE;
      }
      Safetensors.write(weights, imported.weights(), Map.of());
      AtomicFile.write(written, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }
    if (!lanewise.json()) {
      imported.notes().forEach(lanewise::say);
      lanewise.say((check ? "this would be written: " : "written: ") + written + ", " + weights);
      lanewise.say("`" + imported.net() + "`: " + count(net.get().layers().size(), "layer") + ", " + net.get().layers().stream().mapToLong(CheckedNet.Layer::parameters).sum() + " parameters");
      if (!check) {
        lanewise.say("go on with: lanewise show " + written);
      }
    }
    return Outcome.OK;
  }

  /** The network, if the text is right and its parameters are those that were read; it should be, whatever the file. */
  private Optional<CheckedNet> checked(Imported imported, Renderer renderer) {
    Source source = new Source(imported.net() + ".net", imported.text());
    try (Session session = new Session(lanewise.options(), renderer)) {
      List<Diagnostic> wrong = session.check(source).stream().filter(Diagnostic::isError).toList();
      wrong.forEach(d -> renderer.on(new SessionEvent.Diagnosed(d)));
      List<CheckedNet> nets = session.networks(source);
      if (!wrong.isEmpty() || nets.isEmpty()) {
        return Optional.empty();
      }
      Map<String, List<Integer>> read = imported.weights().stream().collect(Collectors.toMap(Tensor::name, Tensor::shape));
      for (Parameter p : Lowering.graph(nets.getLast()).parameters()) {
        if (!p.shape().dims().equals(read.get(p.name()))) {
          throw new IllegalStateException("the parameter " + p.name() + " " + p.shape() + " was read as " + read.get(p.name()));
        }
      }
      return Optional.of(nets.getLast());
    }
  }
}
