package dev.lanewise.dsl.exchange;

import dev.lanewise.runtime.file.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Reads a network that another program has written. A module that can do so is found by its service.
 *
 * <pre>{@code Importer.named("net.onnx").orElseThrow().read(Path.of("net.onnx"), Importer.Wishes.NONE).text() }</pre>
 */
public interface Importer {
  /**
   * What the file alone does not say.
   *
   * @param net what the network is to be called; empty for a name like the file's
   * @param shapes of inputs, without the batch, by their names
   * @param single whether it takes one example at a time: no axis counts examples
   */
  record Wishes(String net, Map<String, List<Integer>> shapes, boolean single) {
    /** Nothing. */
    public static final Wishes NONE = new Wishes("", Map.of(), false);
  }

  /**
   * What a part of a network has no counterpart for.
   *
   * @param node what the file calls it
   * @param operator what it does there
   * @param reason in words
   */
  record Refusal(String node, String operator, String reason) {}

  /**
   * A network as text, and its parameters.
   *
   * @param text definitions and the network, or nothing if anything is refused
   * @param weights by the names that the network has for them
   * @param notes what was left out or put otherwise
   * @param refusals what has no counterpart, all of it
   */
  record Imported(String net, String text, List<Tensor> weights, List<String> notes, List<Refusal> refusals) {
    public Imported {
      weights = List.copyOf(weights);
      notes = List.copyOf(notes);
      refusals = List.copyOf(refusals);
    }

    /** Of which something has no counterpart. */
    public static Imported refused(String net, List<Refusal> refusals) {
      return new Imported(net, "", List.of(), List.of(), refusals);
    }
  }

  /** How names of such files end. */
  List<String> endings();

  /** @throws IOException if the file is missing, or none of its kind, with what is wrong and where */
  Imported read(Path file, Wishes wishes) throws IOException;

  /** All that there are. */
  static List<Importer> all() {
    return ServiceLoader.load(Importer.class).stream().map(ServiceLoader.Provider::get).collect(Collectors.toList());
  }

  /** The one for a file. */
  static Optional<Importer> named(String file) {
    return all().stream().filter(i -> i.endings().stream().anyMatch(file::endsWith)).findFirst();
  }
}
