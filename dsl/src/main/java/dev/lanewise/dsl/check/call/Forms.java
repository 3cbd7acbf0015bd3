package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.word.Verbs;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Kind;
import dev.lanewise.runtime.signature.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds which form of a verb a call means, and binds its arguments. Asked, silently, is what each argument could be: the form that takes
 * all of them is meant. If there is none, the one that agrees longest tells what is wrong.
 */
public record Forms(Formulas formulas, Problems problems) {
  /** As many examples say what a verb takes. */
  private static final int SHOWN = 5;

  private static final Pattern FIRST = Pattern.compile("^(\\w+\\()([^,()]*)");

  private Readings readings() {
    return new Readings(formulas, problems);
  }

  /** What a call of a verb does, if its arguments fit. */
  public Optional<Formula> formula(Expression.Call c, String name) {
    for (dev.lanewise.dsl.syntax.Argument a : c.arguments()) {
      Optional<String> here = new ExampleWords(formulas, problems).of(a.value());
      if (here.isPresent()) {
        return problems.report(Code.L073, a.value().span(), "this names no example of data", Remedy.write(a.value().span(), here.get()));
      }
    }
    List<Match> matches = matches(name, c.arguments());
    Optional<Match> fitting = fitting(matches, c.arguments());
    return fitting.isPresent() ? bound(c, fitting.get()) : told(c, name, matches);
  }

  private static Optional<Match> fitting(List<Match> matches, List<dev.lanewise.dsl.syntax.Argument> given) {
    return matches.stream().filter(m -> m.agreed() == given.size() && m.missing().isEmpty()).findFirst();
  }

  /** The forms that what has been given so far fits, best first. */
  public static List<Verb> fitting(Formulas formulas, Problems problems, String name, List<dev.lanewise.dsl.syntax.Argument> given) {
    return new Forms(formulas, problems).matches(name, given).stream().filter(m -> m.agreed() == given.size()).map(Match::verb).toList();
  }

  /**
   * How far a call agrees with a form.
   *
   * @param taken which argument each given one is, as far as they agree
   * @param missing what the form needs besides
   */
  private record Match(Verb verb, List<Argument> taken, List<Argument> missing) {
    private int agreed() {
      return taken.size();
    }
  }

  private List<Match> matches(String name, List<dev.lanewise.dsl.syntax.Argument> given) {
    return Verbs.named(name).stream().map(v -> match(v, given)).toList();
  }

  private Match match(Verb verb, List<dev.lanewise.dsl.syntax.Argument> given) {
    List<Argument> all = verb.signature().arguments();
    List<Argument> taken = new ArrayList<>();
    for (dev.lanewise.dsl.syntax.Argument g : given) {
      Optional<Argument> argument = candidates(all, taken, g).stream()
          .filter(a -> readings().could(a.type(), g.value(), Map.of())).findFirst();
      if (argument.isEmpty()) {
        break;
      }
      taken.add(argument.get());
    }
    return new Match(verb, taken, all.stream().filter(a -> a.isRequired() && !taken.contains(a)).toList());
  }

  /** What an argument could be by its name, or else by its place: the next that may be given without one. */
  private static List<Argument> candidates(List<Argument> all, List<Argument> taken, dev.lanewise.dsl.syntax.Argument g) {
    if (g.name().isPresent()) {
      return all.stream().filter(a -> a.name().equals(g.name().get().text())).toList();
    }
    return all.stream()
        .filter(a -> !a.type().isNamed() && (a.type() instanceof Thing.Many || !taken.contains(a)))
        .findFirst().map(List::of).orElse(List.of());
  }

  private Optional<Formula> bound(Expression.Call c, Match match) {
    Signature signature = match.verb().signature();
    Map<String, Expression> others = others(c, match);
    Map<Argument, Object> values = new HashMap<>();
    Map<Argument, Span> spans = new HashMap<>();
    for (int i = 0; i < match.agreed(); i++) {
      Argument argument = match.taken().get(i);
      Optional<Object> value = readings().read(signature.name(), argument, argument.type(), c.arguments().get(i).value(), others);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (argument.type() instanceof Thing.Many) {
        ((List<Object>) values.computeIfAbsent(argument, _ -> new ArrayList<Object>())).add(value.get());
      } else if (values.put(argument, value.get()) != null) {
        return problems.report(Code.L019, c.arguments().get(i).span(), "`" + argument.name() + "` is given twice", "remove one of the two");
      }
      spans.putIfAbsent(argument, c.arguments().get(i).value().span());
    }
    signature.arguments().stream().filter(a -> !a.isRequired()).forEach(a -> values.putIfAbsent(a, a.fallback()));
    Given given = new Given(signature, c.span(), values, spans, problems, new LossFinder(formulas, problems, c.span()));
    Optional<Deed> deed = Late.deed(match.verb(), given, formulas);
    deed.ifPresent(_ -> new Untrained(formulas, problems).check(given));
    return deed.map(d -> new Formula.Do(c.span(), d, given.to()));
  }

  /** What stands in the arguments that agree, by their names. */
  private static Map<String, Expression> others(Expression.Call c, Match match) {
    Map<String, Expression> others = new HashMap<>();
    IntStream.range(0, match.agreed()).forEach(i -> others.put(match.taken().get(i).name(), c.arguments().get(i).value()));
    return others;
  }

  /** Why no form fits, and how the call would. */
  private Optional<Formula> told(Expression.Call c, String name, List<Match> matches) {
    List<String> names = Verbs.named(name).stream().flatMap(v -> v.signature().arguments().stream()).map(Argument::name).distinct().toList();
    Optional<Remedy> fit = new Rewriting(formulas, problems, given -> fitting(matches(name, given), given).isPresent()).of(c, name, names);
    Problems own = new Problems(problems.source());
    new Forms(formulas.quiet(own), own).reason(c, name, matches);
    own.diagnostics().forEach(d -> problems.report(d.code(), d.span(), d.message(), fit.orElse(d.remedy())));
    return Optional.empty();
  }

  private Optional<Formula> reason(Expression.Call c, String name, List<Match> matches) {
    int most = matches.stream().mapToInt(Match::agreed).max().orElseThrow();
    List<Match> nearest = matches.stream().filter(m -> m.agreed() == most).toList();
    if (most == c.arguments().size()) {
      return missing(c, name, nearest);
    }
    dev.lanewise.dsl.syntax.Argument g = c.arguments().get(most);
    List<Match> open = nearest.stream().filter(m -> !candidates(m.verb().signature().arguments(), m.taken(), g).isEmpty()).toList();
    if (open.isEmpty()) {
      return g.name().isPresent() ? unknown(c, name, g.name().get(), nearest) : problems.report(
          Code.L019, g.span(), "this argument is one too many", called(c, nearest));
    }
    List<Argument> wanted = open.stream().flatMap(m -> candidates(m.verb().signature().arguments(), m.taken(), g).stream()).distinct().toList();
    Argument argument = wanted.getFirst();
    Map<String, Expression> others = others(c, open.getFirst());
    boolean isOfOneKind = wanted.stream().map(Argument::type).distinct().count() == 1 && Readings.isReadable(argument.type(), others);
    if (isOfOneKind && readings().read(name, argument, argument.type(), g.value(), others).isEmpty()) {
      return Optional.empty();
    }
    return misplaced(c, name, g, wanted, nearest);
  }

  /** A thing of another kind is called what it is. */
  private Optional<Formula> misplaced(
      Expression.Call c, String name, dev.lanewise.dsl.syntax.Argument g, List<Argument> wanted, List<Match> nearest) {
    Optional<Definition> found = g.value().dotted().flatMap(formulas::definition);
    Optional<Kind> thing = wanted.stream().map(Argument::type).map(Forms::plain).filter(Thing.class::isInstance).findFirst();
    return found.isPresent() && thing.isPresent()
        ? problems.report(
            Code.L021, g.value().span(),
            "`" + g.value().dotted().get() + "` is " + found.get().what() + ", but " + thing.get().what() + " is needed here", called(c, nearest))
        : problems.report(Code.L073, g.span(), "`" + name + "` does not take this here", called(c, nearest));
  }

  private static Kind plain(Kind kind) {
    return switch (kind) {
      case Thing.Named(Kind of) -> plain(of);
      case Thing.Many(Kind of) -> plain(of);
      case Thing.ListOf(Kind of, String _) -> plain(of);
      default -> kind;
    };
  }

  private Optional<Formula> missing(Expression.Call c, String name, List<Match> nearest) {
    List<Kind> kinds = nearest.stream().map(m -> m.missing().getFirst().type()).distinct().toList();
    String what = kinds.size() == 1 ? kinds.getFirst().what() : "something to work on";
    return problems.report(Code.L010, c.span(), "`" + name + "` needs " + what, called(c, nearest));
  }

  private Optional<Formula> unknown(Expression.Call c, String verb, Name name, List<Match> nearest) {
    List<String> known = nearest.stream().flatMap(m -> m.verb().signature().arguments().stream()).map(Argument::name).distinct().toList();
    return problems.report(
        Code.L009, name.span(), "`" + verb + "` has no argument `" + name.text() + "`",
        Suggestions.mean(name.span(), name.text(), known).orElseGet(() -> Remedy.say(called(c, nearest))));
  }

  /** Examples, with what was written already in place of their first argument. */
  private String called(Expression.Call c, List<Match> matches) {
    boolean isNamed = c.arguments().stream().limit(1).anyMatch(a -> a.name().isPresent());
    String first = matches.getFirst().agreed() == 0 || isNamed ? "$2" : Matcher.quoteReplacement(problems.source().text(c.arguments().getFirst().span()));
    return "for example "
        + matches.stream().limit(SHOWN).map(m -> FIRST.matcher(m.verb().example()).replaceFirst("$1" + first)).collect(Collectors.joining(", "));
  }
}
