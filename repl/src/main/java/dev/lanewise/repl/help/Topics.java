package dev.lanewise.repl.help;

import dev.lanewise.repl.text.Voice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Texts to read, and the examples of words that explain themselves by their signature. */
final class Topics {
  private final Map<String, String> texts;
  private final Map<String, String> examples;

  private Topics(Map<String, String> texts, Map<String, String> examples) {
    this.texts = texts;
    this.examples = examples;
  }

  static Topics in(Voice voice) {
    return new Topics(sections(voice.file("topics", ".md")), sections("examples.md"));
  }

  List<String> names() {
    return List.copyOf(texts.keySet());
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  /** A script that uses a word. */
  Optional<String> example(String name) {
    return Optional.ofNullable(examples.get(name));
  }

  Map<String, String> examples() {
    return examples;
  }

  /** What stands under each {@code ## name}; several names share a section by commas. */
  private static Map<String, String> sections(String file) {
    try (InputStream in = Topics.class.getResourceAsStream(file)) {
      Map<String, String> sections = new LinkedHashMap<>();
      for (String section : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^## ")) {
        String[] parts = section.split("\\R", 2);
        if (parts.length == 2 && !parts[0].startsWith("#")) {
          for (String name : parts[0].split(",\\s*")) {
            sections.put(name.strip(), parts[1].strip());
          }
        }
      }
      return sections;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
