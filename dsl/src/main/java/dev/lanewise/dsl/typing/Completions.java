package dev.lanewise.dsl.typing;

import dev.lanewise.dsl.check.call.LossCalls;
import dev.lanewise.dsl.check.data.Augments;
import dev.lanewise.dsl.check.data.DataSources;
import dev.lanewise.dsl.check.training.Duels;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.word.SettingCalls;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.dsl.word.Verbs;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Initialization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What could be typed at a place: layers, arguments, settings, labels, names. */
public final class Completions {
  /** @param text to put in place of the word at the cursor; @param help one phrase, may be empty */
  public record Completion(String text, String help) {}

  private static final Pattern LABEL = Pattern.compile("([\\p{L}_][\\p{L}\\p{Nd}_]*)\\s*:");
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_.]*$");
  /** Settings of data that take nothing else. */
  private static final Set<String> OWN_WORDS = Set.of("features", "allow");
  private static final Pattern HEAD = Pattern.compile("(?:^|[\\s=])(train|data|sweep|net|block|def|layer|critic|federated)\\b[^{}]*$");
  private static final List<String> STATEMENTS =
      List.of("net", "data", "train", "expect", "block", "def", "layer", "import", "sweep");
  private static final List<String> STEPS = List.of("input", "repeat", "if", "add", "mul", "concat", "path", "each", "share", "head", "expect");

  private final Scope scope;
  private final String before;
  private final Map<String, String> found = new TreeMap<>();

  private Completions(Scope scope, String before) {
    this.scope = scope;
    this.before = before;
  }

  /** The word that ends at a place; empty if there is none. */
  public static String word(String before) {
    if (inText(before)) {
      return before.substring(before.lastIndexOf('"') + 1);
    }
    Matcher matcher = WORD.matcher(before);
    return matcher.find() ? matcher.group() : "";
  }

  /** Whether a place is inside a string, whose second quote is still missing. */
  public static boolean inText(String before) {
    String line = before.substring(before.lastIndexOf('\n') + 1);
    return line.chars().filter(c -> c == '"').count() % 2 == 1;
  }

  /**
   * What fits at the end of a text, best known names and all, sorted.
   *
   * @param before what stands before the cursor
   */
  public static List<Completion> at(Scope scope, String before) {
    return new Completions(scope, before).all();
  }

  private List<Completion> all() {
    if (inText(before)) {
      return List.of();
    }
    String word = word(before);
    if (word.contains(".") && !word.endsWith("@")) {
      found.putAll(new Offers(scope).members(word.substring(0, word.lastIndexOf('.'))));
    }
    String rest = before.substring(0, before.length() - word.length());
    if (rest.endsWith("@")) {
      LABEL.matcher(before).results().forEach(m -> found.put(m.group(1), "label"));
    } else {
      int open = innermost(rest);
      if (open >= 0 && rest.charAt(open) == '[') {
        // A list in braces holds what its setting takes.
        int outer = innermost(rest.substring(0, open));
        open = outer >= 0 && rest.charAt(outer) == '{' ? outer : open;
      }
      char bracket = open < 0 ? ' ' : rest.charAt(open);
      if (bracket == '(') {
        if (rest.stripTrailing().endsWith("init =")) {
          Initialization.names().forEach(n -> found.put(n, "initialiser"));
        } else {
          inCall(word(rest.substring(0, open).stripTrailing()), rest.substring(open + 1));
        }
      } else if (bracket == '{') {
        inBraces(rest, open);
      } else {
        top(rest);
      }
    }
    return found.entrySet().stream()
        .filter(e -> e.getKey().startsWith(word))
        .map(e -> new Completion(e.getKey(), e.getValue()))
        .toList();
  }

  /** Where the innermost open bracket stands, or -1. Strings and comments may mislead it: it only guesses what to offer. */
  private static int innermost(String text) {
    int depth = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      char c = text.charAt(i);
      if (c == ')' || c == '}' || c == ']') {
        depth++;
      } else if (c == '(' || c == '{' || c == '[') {
        if (depth == 0) {
          return i;
        }
        depth--;
      }
    }
    return -1;
  }

  private void inBraces(String rest, int open) {
    Matcher head = HEAD.matcher(rest.substring(0, open));
    String kind = head.find() ? head.group(1) : "";
    String line = rest.substring(Math.max(open, Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf(';'))) + 1);
    boolean value = line.contains("=");
    if ((kind.equals("train") || kind.equals("critic")) && value) {
      settingValues(line.substring(0, line.indexOf('=')).strip());
    } else if (kind.equals("data") && value && OWN_WORDS.contains(line.substring(0, line.indexOf('=')).strip())) {
      settingValues(line.substring(0, line.indexOf('=')).strip());
    } else if (kind.equals("data") && value) {
      Augments.signatures().forEach(this::call);
      List.of("auto", "none").forEach(w -> found.put(w, ""));
    } else if (kind.equals("federated") && value) {
      settingValues("federated." + line.substring(0, line.indexOf('=')).strip());
    } else if (kind.equals("federated")) {
      found.putAll(SettingNames.federated());
    } else if (kind.equals("critic")) {
      Duels.OF_CRITIC.forEach(n -> found.put(n, ""));
    } else if (kind.equals("train")) {
      found.putAll(SettingNames.train());
    } else if (kind.equals("data")) {
      found.putAll(SettingNames.data());
    } else if (kind.equals("sweep")) {
      SettingNames.sweep().forEach((name, help) -> found.put(name.startsWith("Net.") ? "optimizer.lr" : name, help));
    } else {
      steps();
    }
  }

  private void settingValues(String setting) {
    switch (setting) {
      case "optimizer" -> Vocabulary.optimizers().forEach(this::call);
      case "schedule" -> Vocabulary.schedules().forEach(this::call);
      case "loss" -> {
        Vocabulary.losses().forEach(this::call);
        functions(true);
      }
      case "allow" -> Concern.words().forEach(w -> found.put(w, ""));
      case "metrics" -> Arrays.stream(Measure.Kind.values()).skip(1).forEach(k -> found.put(k.toString(), ""));
      default -> {
        if (SettingCalls.all().containsKey(setting)) {
          SettingCalls.all().get(setting).forEach(this::call);
        } else {
          values();
        }
      }
    }
  }

  private void steps() {
    STEPS.forEach(s -> found.put(s, ""));
    Vocabulary.layers().forEach(this::call);
    functions(false);
    scope.names().forEach(n -> scope.find(n).map(Scope.Bound::definition)
        .filter(d -> d instanceof Definition.Block || d instanceof Definition.Layer)
        .ifPresent(d -> found.put(n, d.what())));
  }

  private void functions(boolean losses) {
    scope.names().forEach(n -> scope.find(n).map(Scope.Bound::definition)
        .filter(d -> d instanceof Definition.Function f && LossCalls.isLoss(f.function()) == losses)
        .ifPresent(d -> found.put(n, d.what())));
  }

  private void top(String rest) {
    String line = rest.substring(Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf(';')) + 1).strip();
    if (line.startsWith("net ") && line.contains("=") || line.contains("->")) {
      steps();
    } else if (line.startsWith("data ") && line.contains("=")) {
      DataSources.signatures().forEach(this::call);
    } else {
      STATEMENTS.forEach(s -> found.put(s, ""));
      Verbs.names().forEach(v -> found.put(v, Verbs.named(v).getFirst().signature().summary()));
      values();
    }
  }

  /** Inside of parentheses. @param typed what stands in them so far, but for the word at the cursor */
  private void inCall(String callee, String typed) {
    if (!Verbs.names().contains(callee)) {
      arguments(callee);
      values();
      return;
    }
    int comma = comma(typed);
    String name = typed.substring(comma + 1).strip();
    found.putAll(new Offers(scope).argument(
        callee, typed.substring(0, Math.max(0, comma)), name.endsWith("=") ? name.substring(0, name.length() - 1).strip() : ""));
  }

  /** Where the last comma stands that is in no brackets of its own; -1 without one. */
  private static int comma(String typed) {
    int depth = 0;
    for (int i = typed.length() - 1; i >= 0; i--) {
      switch (typed.charAt(i)) {
        case ')', ']' -> depth++;
        case '(', '[' -> depth--;
        case ',' -> {
          if (depth == 0) {
            return i;
          }
        }
        default -> { }
      }
    }
    return -1;
  }

  /** How a call that is being typed goes on: the forms of a verb that still fit, or the signature of whatever it is. */
  public static Optional<String> tip(Scope scope, String before) {
    int open = innermost(before);
    if (open < 0 || before.charAt(open) != '(' || inText(before)) {
      return Optional.empty();
    }
    String callee = word(before.substring(0, open));
    String typed = before.substring(open + 1);
    List<String> forms = Verbs.names().contains(callee)
        ? Offers.forms(scope, callee, typed.substring(0, Math.max(0, comma(typed)))).stream().map(v -> v.signature().toString()).distinct().limit(3).toList()
        : Vocabulary.signature(scope, callee).stream().map(Signature::toString).toList();
    return forms.isEmpty() ? Optional.empty() : Optional.of(String.join("  ", forms));
  }

  /** The arguments of a layer, optimiser, schedule or data source, or of what a script defines, with their defaults. */
  private void arguments(String callee) {
    Optional<Signature> signature = Vocabulary.signature(scope, callee);
    signature.ifPresent(s -> s.arguments().forEach(
        a -> found.put(a.name() + " = ", a.doc() + (a.isRequired() ? "" : (a.doc().isEmpty() ? "" : ", ") + a.fallback() + " unless given"))));
    signature.ifPresent(s -> s.arguments().forEach(a -> a.type().words().forEach(w -> found.put(w, a.doc()))));
  }

  /** Names that stand for something to work on, not for a way to work. */
  private void values() {
    scope.boundNames().keySet().forEach(n -> scope.find(n).map(Scope.Bound::definition)
        .filter(d -> !(d instanceof Definition.Faulty) && !(d instanceof Definition.Imported))
        .ifPresent(d -> found.put(n, d.what())));
  }

  private void call(Signature signature) {
    List<String> arguments = new ArrayList<>(signature.arguments().stream().map(Argument::name).toList());
    found.put(signature.name(), arguments.isEmpty() ? signature.summary() : "(" + String.join(", ", arguments) + ") " + signature.summary());
  }
}
