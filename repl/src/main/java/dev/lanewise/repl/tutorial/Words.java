package dev.lanewise.repl.tutorial;

import dev.lanewise.repl.text.Voice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said in a step.
 *
 * @param hints in the order in which they are given
 * @param remarks for known mistakes, by their keys
 * @param done what is said after the right answer
 */
record Words(String title, String text, String task, List<String> hints, Map<String, String> remarks, String done) {
  /** One for each step, in the voice's language. */
  static List<Words> in(Voice voice) {
    try (InputStream in = Words.class.getResourceAsStream(voice.file("steps", ".md"))) {
      List<Words> all = new ArrayList<>();
      for (String section : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^## ")) {
        if (!section.startsWith("#")) {
          all.add(of(section));
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Words of(String section) {
    String[] parts = section.split("(?m)^### \\w+\\R");
    List<String> hints = new ArrayList<>();
    Map<String, String> remarks = new LinkedHashMap<>();
    for (String line : parts[2].strip().split("\\R")) {
      String item = line.substring(2);
      if (item.matches("[a-z]+: .*")) {
        remarks.put(item.split(": ")[0], item.split(": ", 2)[1]);
      } else {
        hints.add(item);
      }
    }
    String[] head = parts[0].split("\\R", 2);
    return new Words(head[0].strip(), head[1].strip(), parts[1].strip(), hints, remarks, parts[3].strip());
  }
}
