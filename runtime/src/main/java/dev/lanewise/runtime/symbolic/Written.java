package dev.lanewise.runtime.symbolic;

import dev.lanewise.runtime.symbolic.Term.Binary;
import dev.lanewise.runtime.symbolic.Term.Choice;
import dev.lanewise.runtime.symbolic.Term.Number;
import dev.lanewise.runtime.symbolic.Term.Unary;
import dev.lanewise.runtime.symbolic.Term.Variable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A term in its form for reading, where parts that occur again and again have a name: {@code 4 * (s - 1) * s * (1 - s), where s = sigmoid(x)}.
 *
 * @param formula in which the names are variables
 * @param names what they stand for; one may read those before it
 */
public record Written(Term formula, Map<String, Term> names) {
  private static final int MOST_NAMES = 4;
  /** Letters that introducing a name takes. */
  private static final int PRICE = ", where s = ".length();
  /** Sums and products tell more than a name for them does. */
  private static final int DEAR = 2 * PRICE;
  private static final List<String> LETTERS = List.of("u", "v", "w", "p", "q", "a", "b", "c");

  public static Written of(Term term) {
    Term formula = Tidy.of(term);
    Map<String, Term> names = new LinkedHashMap<>();
    Optional<Term> again = again(formula, names);
    while (again.isPresent() && names.size() < MOST_NAMES) {
      Term part = again.get();
      Term name = Term.variable(name(part, variables(Stream.concat(Stream.of(formula), names.values().stream()), names.keySet())));
      formula = formula.replace(part, name);
      names.replaceAll((_, t) -> t.replace(part, name));
      names.put(name.toString(), part);
      again = again(formula, names);
    }
    return new Written(formula, inOrder(names));
  }

  private static Map<String, Term> inOrder(Map<String, Term> names) {
    Map<String, Term> ordered = new LinkedHashMap<>();
    Map<String, Term> left = new LinkedHashMap<>(names);
    while (!left.isEmpty()) {
      String next = left.keySet().stream().filter(n -> left.keySet().stream().noneMatch(left.get(n)::has)).findFirst().orElseThrow();
      ordered.put(next, left.remove(next));
    }
    return ordered;
  }

  /** The part whose name makes the whole shorter by most; empty if none does. */
  private static Optional<Term> again(Term formula, Map<String, Term> names) {
    Map<Term, Integer> times = new LinkedHashMap<>();
    Stream.concat(Stream.of(formula), names.values().stream()).forEach(t -> count(t, times));
    Term best = null;
    int most = 0;
    for (var part : times.entrySet()) {
      int saved = part.getValue() < 2 || part.getKey().equals(formula) ? 0 : saved(part.getKey(), part.getValue());
      if (saved > most) {
        most = saved;
        best = part.getKey();
      }
    }
    return Optional.ofNullable(best);
  }

  private static void count(Term term, Map<Term, Integer> times) {
    switch (term) {
      case Number _, Variable _ -> { }
      case Unary _, Binary _, Choice _ -> {
        times.merge(term, 1, Integer::sum);
        term.parts().forEach(p -> count(p, times));
      }
    }
  }

  private static int saved(Term part, int times) {
    int length = part.toString().length();
    return times * length - times - length - (part instanceof Binary ? DEAR : PRICE);
  }

  private static Set<String> variables(Stream<Term> terms, Set<String> more) {
    Set<String> all = new HashSet<>(more);
    terms.forEach(t -> variables(t, all));
    return all;
  }

  private static void variables(Term term, Set<String> into) {
    if (term instanceof Variable(String name)) {
      into.add(name);
    }
    term.parts().forEach(p -> variables(p, into));
  }

  /** s for sigmoid, t for tanh. */
  private static String name(Term part, Set<String> taken) {
    Stream<String> own = part instanceof Unary(Function f, Term _) ? Stream.of(f.toString().substring(0, 1)) : Stream.empty();
    return Stream.concat(own, LETTERS.stream()).filter(n -> !taken.contains(n)).findFirst().orElseThrow();
  }

  @Override
  public String toString() {
    return names.isEmpty()
        ? formula.toString()
        : names.entrySet().stream().map(n -> n.getKey() + " = " + n.getValue())
            .collect(Collectors.joining(", ", formula + ", where ", ""));
  }
}
