package dev.lanewise.dsl.view.walk;

import dev.lanewise.dsl.exhibit.Piece;
import dev.lanewise.dsl.exhibit.Piece.Number;
import dev.lanewise.dsl.exhibit.Piece.Sign;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.Walked.Column;
import dev.lanewise.dsl.exhibit.Walked.Row;
import dev.lanewise.dsl.exhibit.Worked;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Operator;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.walk.Account;
import dev.lanewise.runtime.walk.Quantity.Read;
import dev.lanewise.runtime.walk.Walk;
import dev.lanewise.runtime.walk.Walk.Spot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What numbers of a network are called, and formulas of them. */
final class Symbols {
  private static final String BRACKETS = "`[x > 0]` is 1 where x is above 0, and else 0";
  private static final char FIRST = '\ue000';
  /** What a recurrence puts between a layer and a step of its body. */
  private static final Pattern LOOP = Pattern.compile("\\b(?:[a-z]+\\.|([a-z]+_[a-z0-9_]+\\.))?loop\\.");

  private final Looked looked;
  private final Walk walk;

  Symbols(Looked looked) {
    this.looked = looked;
    this.walk = looked.walk();
  }

  /** A number by its name: that of the value that it is of, and where it is there. */
  Number of(Spot spot) {
    Spot from = moved(spot);
    return new Number(name(from.value()), at(from), walk.value(spot));
  }

  /** A number under its own name, even if it was only moved. */
  Number own(Spot spot) {
    return new Number(name(spot.value()), at(spot), walk.value(spot));
  }

  /** What a value is called: inside a layer without the names of what the layer is put together from. */
  private String name(Value value) {
    if (looked.isKnown(value)) {
      return value.name();
    }
    String name = LOOP.matcher(value.name()).replaceFirst(m -> m.group(1) == null ? "" : m.group(1));
    // What goes on before a recurrence may be called like a step of it.
    boolean isTaken = !name.equals(value.name()) && walk.node(name.replaceFirst("\\[.*", "")).isPresent();
    return isTaken ? LOOP.matcher(value.name()).replaceFirst(m -> (m.group(1) == null ? "" : m.group(1)) + "loop.") : name;
  }

  /** Its gradient. */
  Number gradient(Spot spot) {
    return new Number("dL/d" + name(spot.value()), at(spot), walk.gradient(spot));
  }

  /** Where it is, axis by axis; nothing if it is alone. */
  private List<Integer> at(Spot spot) {
    boolean isNamed = looked.isKnown(spot.value()) && !walk.loss().equals(Optional.of(spot.value()));
    return spot.value().shape().size() == 1 && !isNamed ? List.of() : at(spot.value(), spot.element());
  }

  static List<Integer> at(Value value, int element) {
    List<Integer> dims = value.shape().dims(), at = new ArrayList<>();
    int left = element;
    for (int i = dims.size() - 1; i >= 0; i--) {
      at.addFirst(left % dims.get(i));
      left /= dims.get(i);
    }
    return at;
  }

  /** Where a number comes from that inside a layer was only moved. */
  Spot moved(Spot spot) {
    while (!looked.isKnown(spot.value()) && walk.account(spot.value(), spot.element()).orElse(null) instanceof Account.Same(Read read)) {
      spot = walk.spot(spot.value(), read);
    }
    return spot;
  }

  /** A formula, its names replaced by numbers. */
  static List<Piece> pieces(Term term, Function<String, Number> names) {
    List<Number> numbers = new ArrayList<>();
    Term marked = term;
    for (Term leaf : leaves(term)) {
      marked = marked.replace(leaf, Term.variable(String.valueOf((char) (FIRST + numbers.size()))));
      numbers.add(leaf instanceof Term.Variable(String name) ? names.apply(name) : Number.plain(((Term.Number) leaf).value()));
    }
    List<Piece> pieces = new ArrayList<>();
    StringBuilder sign = new StringBuilder();
    for (char c : bracketed(marked).toString().replace(" * ", "·").toCharArray()) {
      if (c < FIRST || c >= FIRST + numbers.size()) {
        sign.append(c);
        continue;
      }
      if (!sign.isEmpty()) {
        pieces.add(new Sign(sign.toString()));
        sign.setLength(0);
      }
      pieces.add(numbers.get(c - FIRST));
    }
    if (!sign.isEmpty()) {
      pieces.add(new Sign(sign.toString()));
    }
    return pieces;
  }

  /** As books write what is 1 where something holds, else 0 (Iverson 1962): {@code [x > 0]}, the slope of relu. */
  private static Term bracketed(Term term) {
    Term now = term;
    for (Term part : term.parts()) {
      now = now.replace(part, bracketed(part));
    }
    return now instanceof Term.Choice(var relation, Term left, Term right, Term then, Term otherwise) && then.is(1) && otherwise.is(0)
        ? Term.variable("[" + left + " " + relation.symbol() + " " + right + "]") : now;
  }

  /** With a word on what is written so, where it is. */
  static Walked told(String title, List<Column> columns, List<Row> rows, List<Worked> worked, List<String> notes) {
    boolean isBracketed = Stream.concat(rows.stream().flatMap(r -> r.worked().stream()), worked.stream()).flatMap(Worked::all)
        .flatMap(w -> w.addends().stream()).flatMap(a -> a.pieces().stream()).anyMatch(p -> p instanceof Sign(String text) && text.contains("["));
    return new Walked(title, columns, rows, worked, isBracketed ? Stream.concat(notes.stream(), Stream.of(BRACKETS)).toList() : notes);
  }

  /** A formula as it stands, its numbers short. */
  static String text(Term term) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces(term, n -> new Number(n, List.of(), 0))) {
      text.append(switch (piece) {
        case Sign(String sign) -> sign;
        case Number number -> number.symbol();
      });
    }
    return text.toString();
  }

  /** Its names, and numbers that are not whole: those it writes as it likes. */
  private static Set<Term> leaves(Term term) {
    Set<Term> leaves = new LinkedHashSet<>();
    switch (term) {
      case Term.Variable _ -> leaves.add(term);
      case Term.Number(double value) when value != Math.rint(value) -> leaves.add(term);
      default -> term.parts().forEach(p -> leaves.addAll(leaves(p)));
    }
    return leaves;
  }

  /** Whether it needs parentheses beside a factor. */
  static boolean isSum(Term term) {
    return term instanceof Term.Binary(Operator o, Term _, Term _) && (o == Operator.ADD || o == Operator.SUBTRACT);
  }
}
