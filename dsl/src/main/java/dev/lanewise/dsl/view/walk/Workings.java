package dev.lanewise.dsl.view.walk;

import dev.lanewise.dsl.exhibit.Piece;
import dev.lanewise.dsl.exhibit.Piece.Number;
import dev.lanewise.dsl.exhibit.Piece.Sign;
import dev.lanewise.dsl.exhibit.Worked;
import dev.lanewise.dsl.exhibit.Worked.Addend;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.walk.Account;
import dev.lanewise.runtime.walk.Account.Formula;
import dev.lanewise.runtime.walk.Account.Largest;
import dev.lanewise.runtime.walk.Account.Part;
import dev.lanewise.runtime.walk.Account.Same;
import dev.lanewise.runtime.walk.Account.Sum;
import dev.lanewise.runtime.walk.Quantity;
import dev.lanewise.runtime.walk.Quantity.Fixed;
import dev.lanewise.runtime.walk.Quantity.Made;
import dev.lanewise.runtime.walk.Quantity.Read;
import dev.lanewise.runtime.walk.Quantity.Result;
import dev.lanewise.runtime.walk.Walk;
import dev.lanewise.runtime.walk.Walk.Spot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** How numbers of a network are made, with the numbers that they are made of; inside a layer of several steps, step by step. */
final class Workings {
  private static final int MOST_COMPARED = 9;
  /** Of a sum on the way. */
  private static final int BELOW = 5;

  private final Looked looked;
  private final Walk walk;
  private final Symbols symbols;
  private final int mostAddends;
  private int room;
  private final Set<Spot> told = new HashSet<>();
  private final Set<Number> made = new HashSet<>();
  private boolean leftOut;

  /**
   * @param mostAddends of a sum; the others are told as one
   * @param mostSteps inside layers
   */
  Workings(Looked looked, int mostAddends, int mostSteps) {
    this.looked = looked;
    this.walk = looked.walk();
    this.symbols = new Symbols(looked);
    this.mostAddends = mostAddends;
    this.room = mostSteps;
  }

  /** Whether steps were too many to be told. */
  boolean leftOut() {
    return leftOut;
  }

  /** How a number is made. */
  Worked of(Spot spot) {
    return of(spot, mostAddends);
  }

  private Worked of(Spot spot, int most) {
    told.add(spot);
    Account account = walk.account(spot.value(), spot.element()).orElse(new Same(new Fixed(walk.value(spot))));
    List<Worked> where = new ArrayList<>();
    Number own = symbols.own(spot);
    return worked(spot, own, account, most, where);
  }

  private Worked worked(Spot spot, Number own, Account account, int mostAddends, List<Worked> where) {
    List<Addend> addends = new ArrayList<>();
    int left = 0;
    double rest = 0;
    switch (account) {
      case Sum sum -> {
        List<Part> shown = sum.parts().size() <= mostAddends ? alonesFirst(spot, sum.parts()) : sum.largestFirst().subList(0, Sizes.shown(mostAddends, sum.parts().stream().mapToDouble(Part::value)));
        shown.forEach(p -> addends.add(new Addend(product(spot, p, where), p.value())));
        left = sum.parts().size() - shown.size();
        rest = left == 0 ? 0 : sum.largestFirst().stream().skip(shown.size()).mapToDouble(Part::value).sum();
      }
      case Formula(Term term, var names) -> addends.add(new Addend(Symbols.pieces(term, n -> number(spot, names.get(n), where)), own.value()));
      case Largest(List<Quantity> among) -> addends.add(new Addend(largest(spot, among, where), own.value()));
      case Same(Quantity of) -> addends.add(new Addend(List.of(number(spot, of, where)), own.value()));
    }
    return new Worked(own, addends, left, rest, OptionalDouble.empty(), where);
  }

  /** A bias stands before what is added to it. */
  private List<Part> alonesFirst(Spot spot, List<Part> parts) {
    return parts.stream().sorted(Comparator.comparing((Part p) -> p.factors().size() > 1 || !isParameter(spot, p.factors().getFirst()))).toList();
  }

  private boolean isParameter(Spot spot, Quantity of) {
    return of instanceof Read read && walk.spot(spot.value(), read).value().isShared();
  }

  private List<Piece> product(Spot spot, Part part, List<Worked> where) {
    List<Piece> pieces = new ArrayList<>();
    for (Quantity factor : part.factors()) {
      if (!pieces.isEmpty()) {
        pieces.add(new Sign("·"));
      }
      if (factor instanceof Made(String name, Formula(Term term, var names)) && name.isEmpty()) {
        boolean within = part.factors().size() > 1 && Symbols.isSum(term);
        if (within) {
          pieces.add(new Sign("("));
        }
        pieces.addAll(Symbols.pieces(term, n -> number(spot, names.get(n), where)));
        if (within) {
          pieces.add(new Sign(")"));
        }
      } else {
        pieces.add(number(spot, factor, where));
      }
    }
    return pieces;
  }

  private List<Piece> largest(Spot spot, List<Quantity> among, List<Worked> where) {
    boolean all = among.size() <= MOST_COMPARED;
    List<Quantity> shown = all ? among : among.stream().sorted(Comparator.comparingDouble(q -> -q.value())).limit(MOST_COMPARED - 1).toList();
    List<Piece> pieces = new ArrayList<>(List.of(new Sign("max(")));
    for (int i = 0; i < shown.size(); i++) {
      if (i > 0) {
        pieces.add(new Sign(", "));
      }
      pieces.add(number(spot, shown.get(i), where));
    }
    pieces.add(new Sign(all ? ")" : ", …)"));
    return pieces;
  }

  /** A number in a formula. What is made on the way is told as well: {@code where}. */
  Number number(Spot spot, Quantity of, List<Worked> where) {
    return switch (of) {
      case Read read -> read(symbols.moved(walk.spot(spot.value(), read)), where);
      case Result(int element, double _) -> symbols.of(new Spot(spot.value(), element));
      case Fixed(double value) -> Number.plain(value);
      case Made(String name, Account account) -> {
        Number own = new Number(name, List.of(), account.value());
        if (!(account instanceof Same(Fixed _)) && made.add(own)) {
          List<Worked> within = new ArrayList<>();
          where.add(worked(spot, own, account, Math.min(mostAddends, BELOW), within));
        }
        yield own;
      }
    };
  }

  /** One that a layer makes on the way is told once. */
  private Number read(Spot spot, List<Worked> where) {
    if (!looked.isKnown(spot.value()) && !told.contains(spot)) {
      if (room > 0) {
        room--;
        where.add(of(spot, Math.min(mostAddends, BELOW)));
      } else {
        leftOut = true;
      }
    }
    return symbols.of(spot);
  }
}
