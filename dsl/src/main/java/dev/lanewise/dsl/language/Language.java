package dev.lanewise.dsl.language;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The languages that Lanewise speaks to its users. */
public enum Language {
  ENGLISH("en"),
  CHINESE("zh");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /** As ISO 639 has it: {@code zh}. */
  public String code() {
    return code;
  }

  /** By its code, or a locale that begins with it: {@code zh}, {@code zh_CN.UTF-8}. */
  public static Optional<Language> named(String name) {
    String[] parts = name.toLowerCase(Locale.ROOT).split("[^a-z]", 2);
    return Arrays.stream(values()).filter(l -> l.code.equals(parts[0])).findFirst();
  }

  /** What the environment asks for, in POSIX's order: LC_ALL, LC_MESSAGES, LANG. English if it asks for none of ours. */
  public static Language of(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(v -> environment.getOrDefault(v, ""))
        .filter(v -> !v.isEmpty())
        .findFirst()
        .flatMap(Language::named)
        .orElse(ENGLISH);
  }
}
