package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of a verb as it would fit: its arguments in another order, one by its name, or one more that only one thing can be.
 *
 * <pre>{@code test(digits, Net)} is {@code test(Net, digits)}; {@code test(Net)} is the same where Net has learnt from digits</pre>
 *
 * @param fits whether arguments fit a form of the verb
 */
record Rewriting(Formulas formulas, Problems problems, Predicate<List<Argument>> fits) {
  /** More have too many orders, and nobody confuses them. */
  private static final int MOST = 4;
  private static final Span NOWHERE = new Span(0, 0);

  /** @param names of arguments that one may be called by */
  Optional<Remedy> of(Expression.Call c, String verb, List<String> names) {
    List<Argument> given = c.arguments();
    boolean unclear = given.stream().anyMatch(a -> a.value().dotted().filter(n -> !formulas.knows(n)).isPresent());
    if (unclear || given.size() > MOST) {
      return Optional.empty();
    }
    return ordered(given).or(() -> named(given, names)).flatMap(fit -> written(c, verb, fit)).or(() -> more(c, verb));
  }

  /** One that was given by its place, but goes by its name: {@code plot(run, "loss.png")}. */
  private Optional<List<Argument>> named(List<Argument> given, List<String> names) {
    for (int i = given.size() - 1; i >= 0; i--) {
      for (String name : given.get(i).name().isEmpty() ? names : List.<String>of()) {
        List<Argument> other = new ArrayList<>(given);
        other.set(i, new Argument(given.get(i).span(), Optional.of(new Name(given.get(i).span(), name)), given.get(i).value()));
        if (fits.test(other)) {
          return Optional.of(other);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<List<Argument>> ordered(List<Argument> given) {
    return orders(given).filter(o -> !o.equals(given)).filter(fits).findFirst();
  }

  /** All orders of those without names; one with a name stays where it is. */
  private static Stream<List<Argument>> orders(List<Argument> given) {
    List<Argument> free = given.stream().filter(a -> a.name().isEmpty()).toList();
    return permutations(free).map(p -> {
      List<Argument> left = new ArrayList<>(p);
      return given.stream().map(a -> a.name().isPresent() ? a : left.removeFirst()).toList();
    });
  }

  private static Stream<List<Argument>> permutations(List<Argument> of) {
    return of.isEmpty() ? Stream.of(List.of()) : of.stream().flatMap(first -> permutations(of.stream().filter(a -> a != first).toList()).map(rest -> {
      List<Argument> all = new ArrayList<>(List.of(first));
      all.addAll(rest);
      return all;
    }));
  }

  /** The call with one more argument, if only one can be meant. */
  private Optional<Remedy> more(Expression.Call c, String verb) {
    for (Argument candidate : candidates(c.arguments())) {
      for (int at = c.arguments().size(); at >= 0; at--) {
        List<Argument> all = new ArrayList<>(c.arguments());
        all.add(at, candidate);
        if (fits.test(all)) {
          return written(c, verb, all);
        }
      }
    }
    return Optional.empty();
  }

  private List<Argument> candidates(List<Argument> given) {
    List<CheckedNet> nets = all(Definition.Net.class).stream().map(Definition.Net::net).toList();
    List<CheckedData> data = all(Definition.Data.class).stream().map(Definition.Data::data).toList();
    List<CheckedTrain> runs = all(Definition.Run.class).stream().map(Definition.Run::train).filter(r -> !r.name().isEmpty()).toList();
    Optional<CheckedNet> net = given.stream().flatMap(a -> formulas.lookups().netNamed(a.value().dotted().orElse("")).stream()).findFirst();
    Optional<CheckedData> own = net.flatMap(n -> formulas.scope().training(n)).map(CheckedTrain::data);
    List<Expression> found = new ArrayList<>();
    own.or(() -> only(data)).map(CheckedData::name).map(Rewriting::word).ifPresent(found::add);
    List<CheckedNet> trained = nets.stream().filter(n -> formulas.scope().training(n).isPresent()).toList();
    only(nets).or(() -> only(trained)).map(CheckedNet::name).map(Rewriting::word).ifPresent(found::add);
    only(runs).map(CheckedTrain::name).map(Rewriting::word).ifPresent(found::add);
    own.or(() -> only(data)).map(d -> batch(d.name())).ifPresent(found::add);
    net.map(n -> new Expression.Text(NOWHERE, n.name().toLowerCase(Locale.ROOT) + ".safetensors")).ifPresent(found::add);
    return found.stream().map(e -> new Argument(NOWHERE, Optional.empty(), e)).toList();
  }

  private static Expression word(String name) {
    return new Expression.Word(NOWHERE, name);
  }

  private static <T> Optional<T> only(List<T> things) {
    return things.size() == 1 ? Optional.of(things.getFirst()) : Optional.empty();
  }

  /** {@code digits.test.batch(0)}. */
  private static Expression batch(String data) {
    Expression part = new Expression.Member(NOWHERE, word(data), new Name(NOWHERE, "test"));
    return new Expression.Call(
        NOWHERE, new Expression.Member(NOWHERE, part, new Name(NOWHERE, "batch")), List.of(new Argument(NOWHERE, Optional.empty(), new Expression.Number(NOWHERE, 0))));
  }

  /** What is bound of a kind, by a script that names it so. */
  private <T extends Definition> List<T> all(Class<T> kind) {
    return formulas.scope().boundNames().keySet().stream().filter(n -> !n.contains("."))
        .map(n -> formulas.definition(n).orElse(null)).filter(kind::isInstance).map(kind::cast).toList();
  }

  private Optional<Remedy> written(Expression.Call c, String verb, List<Argument> arguments) {
    String text = verb + arguments.stream().map(this::text).collect(Collectors.joining(", ", "(", ")"));
    return Optional.of(Remedy.write(c.span(), text));
  }

  private String text(Argument a) {
    String value = switch (a.value()) {
      case Expression e when e.span() != NOWHERE -> problems.source().text(e.span());
      case Expression.Text(Span _, String file) -> '"' + file + '"';
      case Expression.Word(Span _, String name) -> name;
      case Expression.Call call -> call.callee().dotted().orElseThrow() + "(0)";
      case Expression e -> throw new IllegalStateException("not a candidate: " + e);
    };
    return a.name().map(n -> n.text() + " = ").orElse("") + value;
  }
}
