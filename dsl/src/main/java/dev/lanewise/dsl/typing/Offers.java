package dev.lanewise.dsl.typing;

import dev.lanewise.dsl.check.call.Forms;
import dev.lanewise.dsl.check.call.Readings;
import dev.lanewise.dsl.check.expression.Elementary;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Part;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.word.ExampleCalls;
import dev.lanewise.dsl.word.Verbs;
import dev.lanewise.runtime.attack.Attacks;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What could be typed at a place inside the parentheses of a verb, or behind a dot: names that fit, and nothing else. */
public final class Offers {
  /** Verbs whose calls {@code show} takes. */
  private static final Set<String> SHOWING = Set.of("predict", "mistakes", "confusion", "calibration", "roc", "attack");

  private final Scope scope;
  private final Formulas formulas;
  private final Readings readings;
  private final Map<String, String> found = new TreeMap<>();

  Offers(Scope scope) {
    Problems unheard = new Problems(new Source("prompt", ""));
    this.scope = scope;
    this.formulas = new Formulas(scope, Map.of(), unheard, (names, found, call, verb) -> new Forms(names, found).formula(call, verb));
    this.readings = new Readings(formulas, unheard);
  }

  /** The forms of a verb that fit what has been given so far. @param given whole arguments, as they are typed */
  public static List<Verb> forms(Scope scope, String verb, String given) {
    Offers offers = new Offers(scope);
    return Forms.fitting(offers.formulas, new Problems(new Source("prompt", given)), verb, offers.arguments(verb, given));
  }

  /**
   * What fits as the next argument.
   *
   * @param given the arguments before it, as they are typed
   * @param name that it was given, in front of an equals sign; may be empty
   */
  Map<String, String> argument(String verb, String given, String name) {
    List<dev.lanewise.dsl.syntax.Argument> before = arguments(verb, given);
    for (Verb form : forms(scope, verb, given)) {
      for (Argument a : open(form.signature().arguments(), before, name)) {
        boolean byName = a.type().isNamed() && name.isEmpty();
        if (byName) {
          found.put(a.name() + " = ", a.doc());
        } else {
          fitting(a.type(), a.doc(), before);
        }
      }
    }
    return found;
  }

  /** The arguments that may come next. */
  private static List<Argument> open(List<Argument> all, List<dev.lanewise.dsl.syntax.Argument> before, String name) {
    if (!name.isEmpty()) {
      return all.stream().filter(a -> a.name().equals(name)).toList();
    }
    long positional = before.stream().filter(b -> b.name().isEmpty()).count();
    List<String> named = before.stream().flatMap(b -> b.name().stream()).map(Name::text).toList();
    List<Argument> next = new ArrayList<>();
    int place = 0;
    for (Argument a : all) {
      if (a.type().isNamed()) {
        boolean complete = all.stream().filter(r -> r.isRequired() && !r.type().isNamed()).count() <= positional;
        if (complete && !named.contains(a.name())) {
          next.add(a);
        }
      } else if (a.type() instanceof Thing.Many || place++ == positional) {
        next.add(a);
      }
    }
    return next;
  }

  private List<dev.lanewise.dsl.syntax.Argument> arguments(String verb, String given) {
    if (given.isBlank()) {
      return List.of();
    }
    return ScriptParser.parse(new Source("prompt", verb + "(" + given + ")")).script().statements().stream()
        .flatMap(s -> s instanceof Statement.Evaluate e && e.value() instanceof Expression.Call c ? c.arguments().stream() : Stream.empty())
        .toList();
  }

  private void fitting(Kind kind, String doc, List<dev.lanewise.dsl.syntax.Argument> before) {
    switch (kind) {
      case Thing.Named(Kind of) -> fitting(of, doc, before);
      case Thing.Many(Kind of) -> fitting(of, doc, before);
      case Thing.ListOf(Kind of, String _) -> fitting(of, doc, before);
      case Thing.OneOf(List<String> words) -> words.forEach(w -> found.put(w, doc));
      case Thing.LayerOf _ -> before.stream().findFirst().flatMap(b -> formulas.lookups().netNamed(b.value().dotted().orElse("")))
          .ifPresent(n -> n.layers().forEach(l -> found.put(l.name(), l.call())));
      case Thing.FileName _, Thing.WeightsName _ -> found.put("\"", "a file name");
      case Thing t -> things(t);
      default -> scope.boundNames().keySet().stream().filter(this::isValue).forEach(n -> found.put(n, "a value"));
    }
  }

  private boolean isValue(String name) {
    return formulas.definition(name).orElse(null) instanceof Definition.Value;
  }

  /** Names of a kind; of what lies in something that has a name, that name with a dot. */
  private void things(Thing thing) {
    for (String name : scope.names()) {
      Definition definition = formulas.definition(name).orElseThrow();
      if (readings.isThing(thing, word(name)) && !(definition instanceof Definition.Faulty)) {
        found.put(name, definition.what());
      }
    }
    switch (thing) {
      case FUNCTION -> Elementary.FORMULAS.keySet().stream().filter(n -> scope.find(n).isEmpty()).forEach(n -> found.put(n, "a function"));
      case LAYER -> Vocabulary.layers().forEach(l -> found.put(l.name(), l.summary()));
      case EXHIBIT -> Verbs.names().stream().filter(SHOWING::contains).forEach(v -> found.put(v, "a call that shows something"));
      case OPTIMIZER -> Optimizers.all().forEach(o -> found.put(o.signature().name() + "(", o.signature().summary()));
      case EXAMPLES, SAMPLE -> inside(Definition.Data.class, "its examples");
      case PART, PARAMETER -> inside(Definition.Net.class, "its layers");
      case ATTACK -> Attacks.all().forEach(a -> found.put(a.signature().name() + "(", a.signature().summary()));
      case NET, DATA, RUN, LOSS, WRITTEN -> { }
    }
  }

  private void inside(Class<? extends Definition> kind, String help) {
    scope.boundNames().keySet().stream().filter(n -> kind.isInstance(formulas.definition(n).orElse(null)))
        .forEach(n -> found.putIfAbsent(n + ".", help));
  }

  /** What can follow a name and a dot, as whole names. @param path what stands before the last dot */
  Map<String, String> members(String path) {
    Definition definition = formulas.definition(path).orElse(null);
    switch (definition) {
      case Definition.Data(CheckedData data) -> data(path, data);
      case Definition.Run(var run) -> run(path, run);
      case Definition.Net(CheckedNet net, var _) -> part(path, net, "");
      case null, default -> inner(path);
    }
    return found;
  }

  private void data(String path, CheckedData data) {
    Arrays.stream(Examples.Part.values()).forEach(p -> found.put(path + "." + p + ".", "its examples"));
    if (data.target().isClass()) {
      found.put(path + ".classes", "how many there are");
    }
    if (data.hasParts()) {
      data.fields().forEach(f -> found.put(path + "." + f.name(), f.kind()));
    }
  }

  private void run(String path, CheckedTrain run) {
    found.put(path + ".epochs", "how many there were");
    found.put(path + ".test", "a score");
    if (run.folds() > 0) {
      Stream.concat(Stream.of(Measure.Kind.LOSS), run.settings().keep().metrics().stream())
          .forEach(k -> found.put(path + ".folds." + k, "the mean over its folds"));
    }
    for (String prefix : run.data().validates() ? List.of("", "val.") : List.of("")) {
      Stream.concat(Stream.of(Measure.Kind.LOSS), run.settings().keep().metrics().stream())
          .forEach(k -> found.put(path + "." + prefix + k, "after the last epoch"));
    }
  }

  private void inner(String path) {
    Optional<Part> part = formulas.lookups().partOf(path);
    part.ifPresent(p -> part(path.substring(0, path.length() - p.name().length() - 1), p.net(), p.name()));
    int dot = path.lastIndexOf('.');
    boolean examples = dot > 0 && formulas.definition(path.substring(0, dot)).orElse(null) instanceof Definition.Data
        && Examples.Part.named(path.substring(dot + 1)).isPresent();
    if (dot > 0 && formulas.definition(path.substring(0, dot)).orElse(null) instanceof Definition.Data(CheckedData data)
        && data.field(path.substring(dot + 1)).filter(Field::isWhole).isPresent()) {
      found.put(path + ".kinds", "how many there are");
    }
    if (examples) {
      ExampleCalls.all().forEach(s -> found.put(path + "." + s.name() + "(", s.summary()));
    }
  }

  /** Layers, and behind them their parameters. */
  private void part(String net, CheckedNet of, String part) {
    for (CheckedNet.Layer layer : of.layers()) {
      if (part.isEmpty() || layer.name().startsWith(part + ".")) {
        found.put(net + "." + layer.name(), layer.call());
      }
    }
    of.parameterShapes().forEach((name, shape) -> {
      if (!part.isEmpty() && CheckedNet.isIn(part, name)) {
        found.put(net + "." + name, shape.toString());
      }
    });
  }

  private static Expression word(String name) {
    return new Expression.Word(new Span(0, 0), name);
  }
}
