package dev.lanewise.repl.help;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Explanation;
import dev.lanewise.dsl.scope.Prelude;
import dev.lanewise.dsl.typing.Vocabulary;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.dsl.word.Verbs;
import dev.lanewise.repl.text.Explained;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be asked about: topics, everything that has a signature, settings, what the prelude defines, and codes. */
public final class Help {
  private final Voice voice;
  private final Topics topics;

  public Help(Voice voice) {
    this.voice = voice;
    this.topics = Topics.in(voice);
  }

  /** What somebody reads first. */
  public List<String> overview() {
    return text(topics.text("start").orElseThrow());
  }

  /** All that {@link #about} knows. */
  public List<String> topics() {
    TreeSet<String> all = new TreeSet<>(topics.names());
    Vocabulary.all().forEach(s -> all.add(s.name()));
    all.addAll(settings().keySet());
    all.addAll(Vocabulary.prelude());
    Arrays.stream(Code.values()).map(Code::name).forEach(all::add);
    return List.copyOf(all);
  }

  /** Empty if there is nothing to say about it. */
  public Optional<List<String>> about(String topic) {
    List<String> lines = new ArrayList<>();
    topics.text(topic).ifPresent(t -> lines.addAll(text(t)));
    Vocabulary.all().stream().filter(s -> s.name().equals(topic)).forEach(s -> section(lines, signature(s)));
    Verbs.named(topic).stream().findFirst().ifPresent(v -> section(lines, examples(Verbs.named(topic).stream().map(Verb::example))));
    Optional.ofNullable(settings().get(topic)).ifPresent(s -> section(lines, setting(topic, s)));
    written(topic).ifPresent(f -> section(lines, f));
    if (lines.isEmpty()) {
      Explanation.named(topic, voice.language()).ifPresent(e -> lines.addAll(Explained.lines(e, voice)));
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  private static void section(List<String> lines, List<String> more) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.addAll(more);
  }

  private List<String> signature(Signature s) {
    List<String> lines = new ArrayList<>();
    lines.add(voice.style().strong(s.arguments().isEmpty() ? s.name() : s.toString()));
    lines.addAll(indented(voice.say(s.summary())));
    int width = s.arguments().stream().mapToInt(a -> a.name().length()).max().orElse(0);
    for (Argument a : s.arguments()) {
      String given = given(a);
      lines.add("    " + a.name() + " ".repeat(width - a.name().length()) + "  " + voice.say(a.doc())
          + (given.isEmpty() ? "" : voice.style().faint("  (" + given + ")")));
    }
    examples(s.name()).ifPresent(lines::addAll);
    return lines;
  }

  private String given(Argument a) {
    if (a.isRequired()) {
      return voice.say("must be given");
    }
    return a.fallback().equals("") ? "" : voice.say("otherwise " + a.fallback());
  }

  private List<String> setting(String name, String doc) {
    List<String> lines = new ArrayList<>(List.of(voice.style().strong(name)));
    lines.addAll(indented(voice.say(doc)));
    examples(name).ifPresent(lines::addAll);
    return lines;
  }

  /** A function, layer or block of the prelude, as it is written there, with the remark above it. */
  private Optional<List<String>> written(String name) {
    if (!Vocabulary.prelude().contains(name)) {
      return Optional.empty();
    }
    String written = Arrays.stream(Prelude.text().split("\\n\\n"))
        .filter(p -> Pattern.compile("(?m)^(def|layer|block) " + Pattern.quote(name) + "\\(").matcher(p).find())
        .findFirst()
        .orElseThrow();
    List<String> lines = new ArrayList<>(List.of(voice.style().strong(name)));
    written.lines()
        .map(l -> l.startsWith("#") ? "# " + voice.say(l.substring(2)) : l)
        .forEach(l -> lines.add("  " + l));
    Vocabulary.more(name).forEach(a -> lines.add("    " + a.name() + "  " + voice.say(a.doc()) + voice.style().faint("  (" + given(a) + ")")));
    examples(name).ifPresent(lines::addAll);
    return Optional.of(lines);
  }

  private Optional<List<String>> examples(String name) {
    return topics.example(name).map(e -> {
      List<String> lines = new ArrayList<>(List.of(""));
      lines.addAll(examples(e.lines()));
      return lines;
    });
  }

  private List<String> examples(Stream<String> example) {
    return Stream.concat(Stream.of(voice.style().faint(voice.say("For example:"))), example.map(l -> "  " + l)).toList();
  }

  /** Paragraphs are broken into lines; scripts stay as they are. */
  private List<String> text(String markdown) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : markdown.strip().split("\\n\\n")) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      if (paragraph.startsWith("```")) {
        paragraph.lines().filter(l -> !l.startsWith("```")).map(l -> "  " + l).forEach(lines::add);
      } else {
        lines.addAll(voice.wrapped(paragraph));
      }
    }
    return lines;
  }

  private List<String> indented(String text) {
    return voice.wrapped(text).stream().map(l -> "  " + l).toList();
  }

  private static Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>(SettingNames.train());
    all.putAll(SettingNames.federated());
    all.putAll(SettingNames.data());
    all.putAll(SettingNames.sweep());
    return all.entrySet().stream()
        .filter(e -> !e.getKey().contains(" "))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }
}
