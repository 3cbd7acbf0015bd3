package dev.lanewise.dsl.elsewhere.file;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of another kind that is given as a script.
 *
 * <pre>{@code OtherFile.of("import torch\n…").get().what()   // a Python script (PyTorch) }</pre>
 *
 * @param what it seems to be
 * @param script the network in it; empty if none could be read
 */
public record OtherFile(String what, Optional<String> script) {
  /** What scripts of our own have. */
  private static final Pattern OWN = Pattern.compile("(?m)^\\s*(?:(?:net|block)\\s+\\w+\\s*[{=(]|input\\s+\\d|data\\s+\\w+\\s*=|train\\s+\\w+\\s+on\\b)|->");

  private static final List<Reader> READERS = List.of(new PageFile(), new PythonFile(), new DarknetFile(), new PrototxtFile(), new JsonFile(), new YamlFile(), new TableFile());

  /** One kind of file. */
  @FunctionalInterface
  interface Reader {
    Optional<OtherFile> read(String text);
  }

  /** What a text is that is no script; empty if it looks like one of ours, or like nothing that is known. */
  public static Optional<OtherFile> of(String text) {
    return OWN.matcher(text).find() ? Optional.empty() : READERS.stream().flatMap(r -> r.read(text).stream()).findFirst();
  }
}
