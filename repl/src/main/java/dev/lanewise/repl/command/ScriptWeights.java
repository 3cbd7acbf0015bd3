package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exchange.Matching;
import dev.lanewise.dsl.exchange.WeightsReader;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code lanewise import WEIGHTS --script NET.net}: weights alone, for a network that a script has. @param net which; empty for the last one */
record ScriptWeights(LanewiseCommand lanewise, Renderer renderer, Path file, Path script, String net) {
  /** Names that are told one by one. */
  private static final int MOST_NAMED = 5;

  /** How names of such files end. */
  static List<String> endings() {
    return Stream.concat(WeightsReader.all().stream().flatMap(r -> r.endings().stream()), Stream.of(Safetensors.ENDING)).toList();
  }

  static boolean isNamed(Path file) {
    return endings().stream().anyMatch(file.toString()::endsWith);
  }

  /** @param to what is written, unless it is only checked */
  Outcome taken(Path to, boolean check, boolean force) throws IOException {
    Optional<CheckedNet> found = network();
    if (found.isEmpty()) {
      return Outcome.MISTAKE;
    }
    Optional<WeightsReader> reader = WeightsReader.named(file.toString());
    List<Tensor> read = reader.isPresent() ? reader.get().read(file) : Safetensors.read(file).tensors();
    Matching matching = Matching.of(parameters(found.get()), read);
    told(matching);
    if (!matching.isWhole()) {
      renderer.problem("`" + file + "` does not fit `" + found.get().name() + "`: nothing is written");
      return Outcome.MISTAKE;
    }
    if (!check) {
      if (Files.exists(to) && !force) {
        renderer.problem(to + " is there already: choose another name with --to, or replace it with --force");
        return Outcome.MISTAKE;
      }
      Safetensors.write(to, matching.tensors(), Map.of());
    }
    if (!lanewise.json()) {
      lanewise.say((check ? "this would be written: " : "written: ") + to);
      lanewise.say("go on with: `load(" + found.get().name() + ", \"" + to.getFileName() + "\")`");
    }
    return Outcome.OK;
  }

  private Optional<CheckedNet> network() throws IOException {
    Source source = new Source(script.toString(), Files.readString(script));
    try (Session session = new Session(lanewise.options(), renderer)) {
      List<Diagnostic> wrong = session.check(source).stream().filter(Diagnostic::isError).toList();
      wrong.forEach(d -> renderer.on(new SessionEvent.Diagnosed(d)));
      List<CheckedNet> nets = session.networks(source).stream().filter(n -> net.isEmpty() || n.name().equals(net)).toList();
      if (nets.isEmpty() && wrong.isEmpty()) {
        renderer.problem(net.isEmpty() ? script + " defines no network" : script + " defines no network called " + net);
      }
      return nets.isEmpty() || !wrong.isEmpty() ? Optional.empty() : Optional.of(nets.getLast());
    }
  }

  /** In the order of the layers. */
  private static Map<String, List<Integer>> parameters(CheckedNet net) {
    List<Parameter> all = Lowering.graph(net).parameters();
    Map<String, List<Integer>> made = new LinkedHashMap<>();
    net.layers().forEach(l -> all.stream().filter(p -> CheckedNet.isIn(l.name(), p.name())).forEach(p -> made.put(p.name(), p.shape().dims())));
    all.forEach(p -> made.putIfAbsent(p.name(), p.shape().dims()));
    return made;
  }

  private void told(Matching matching) {
    matching.unfit().forEach(renderer::problem);
    if (!matching.missing().isEmpty()) {
      renderer.problem("the file has nothing for " + names(matching.missing()));
    }
    if (!matching.left().isEmpty() && !lanewise.json()) {
      lanewise.say("left over in the file: " + names(matching.left()));
    }
  }

  private static String names(List<String> names) {
    String all = String.join(", ", names.stream().limit(MOST_NAMED).map(n -> "`" + n + "`").toList());
    return names.size() > MOST_NAMED ? all + " and " + (names.size() - MOST_NAMED) + " more" : all;
  }
}
