package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.language.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A step of the tutorial, as its file has it:
 *
 * <pre>
 * &#64;given                  below it, statements that are run unless their names are bound; so every step can be the first
 * &#64;number z = w1 * x1    a goal: see {@link Goal}
 * &#64;mistake w1 + x1       a typical mistake, below it what is said of it, in English and in Chinese
 * &#64;hint                  a hint, in English and in Chinese
 * &#64;solution              statements that reach all goals
 * &#64;play                  below it, statements that the page in the browser has besides, so that there is a network to see
 * &#64;tour value z          a place of that page, below it what is to be seen there, in English and in Chinese: see {@link Tour}
 * &#64;en                    the {@link Page} in English
 * &#64;zh                    and in Chinese
 * </pre>
 *
 * <p>In pages {@code {= z}} is the number that z has when it is read.
 */
record Step(List<String> given, List<Goal> goals, List<Mistake> mistakes, List<Said> hints, String solution, List<String> play, List<Tour> tours, Page english, Page chinese) {
  private static final Pattern PART = Pattern.compile("(?ms)^@(\\w+) ?(.*?)$\\R?(.*?)(?=^@|\\z)");

  /** One part of a file: {@code @word head}, and what stands below it. */
  private record Part(String word, String head, String body) {
    static Part of(MatchResult found) {
      return new Part(found.group(1), found.group(2).strip(), found.group(3).strip());
    }

    Said said() {
      String[] lines = body.split("\\R");
      return new Said(lines[0], lines[1]);
    }
  }

  static Step of(String file) {
    List<Part> parts = PART.matcher(file).results().map(Part::of).toList();
    List<Goal> goals = new ArrayList<>();
    parts.forEach(p -> Goal.of(p.word(), p.head()).ifPresent(goals::add));
    return new Step(
        body(parts, "given").lines().toList(),
        List.copyOf(goals),
        parts.stream().filter(p -> p.word().equals("mistake")).map(p -> new Mistake(p.head(), p.said())).toList(),
        parts.stream().filter(p -> p.word().equals("hint")).map(Part::said).toList(),
        body(parts, "solution"),
        parts.stream().filter(p -> p.word().equals("play")).flatMap(p -> p.body().lines()).toList(),
        parts.stream().filter(p -> p.word().equals("tour")).map(p -> new Tour(p.head(), p.said())).toList(),
        Page.of(body(parts, "en")),
        Page.of(body(parts, "zh")));
  }

  private static String body(List<Part> parts, String word) {
    return parts.stream().filter(p -> p.word().equals(word)).findFirst().orElseThrow(() -> new IllegalArgumentException("no @" + word)).body();
  }

  Page page(Language language) {
    return switch (language) {
      case ENGLISH -> english;
      case CHINESE -> chinese;
    };
  }

  /** With what the page in the browser begins it. */
  String script() {
    return Stream.concat(given.stream(), play.stream()).collect(Collectors.joining("\n"));
  }
}
