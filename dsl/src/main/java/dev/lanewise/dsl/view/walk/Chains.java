package dev.lanewise.dsl.view.walk;

import dev.lanewise.dsl.exhibit.Piece;
import dev.lanewise.dsl.exhibit.Piece.Number;
import dev.lanewise.dsl.exhibit.Piece.Sign;
import dev.lanewise.dsl.exhibit.Worked;
import dev.lanewise.dsl.exhibit.Worked.Addend;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.walk.Account;
import dev.lanewise.runtime.walk.Account.Formula;
import dev.lanewise.runtime.walk.Account.Same;
import dev.lanewise.runtime.walk.Quantity.Fixed;
import dev.lanewise.runtime.walk.Walk;
import dev.lanewise.runtime.walk.Walk.Chain;
import dev.lanewise.runtime.walk.Walk.Link;
import dev.lanewise.runtime.walk.Walk.Spot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The chain rule with its numbers: how the loss depends on a number of a network, through what is made of it. */
final class Chains {
  /** Ways of which it is told where their gradients come from; of more the largest alone. */
  private static final int FOLLOWED = 2;
  /** Of a sum on the way. */
  private static final int FEW_ADDENDS = 4;

  private final Looked looked;
  private final Walk walk;
  private final Symbols symbols;
  private final Workings workings;
  private final int mostAddends;
  private int room;
  private final Set<Spot> told = new HashSet<>();
  private boolean leftOut;
  private boolean tooMany;

  /**
   * @param mostAddends of a sum; the others are told as one
   * @param mostSteps towards the loss
   */
  Chains(Looked looked, int mostAddends, int mostSteps) {
    this.looked = looked;
    this.walk = looked.walk();
    this.symbols = new Symbols(looked);
    this.workings = new Workings(looked, mostAddends, mostSteps);
    this.mostAddends = mostAddends;
    this.room = mostSteps;
  }

  /** Whether there was more to tell than there was room for. */
  boolean leftOut() {
    return leftOut;
  }

  /** Whether somewhere the ways were too many to be gone one by one. */
  boolean tooMany() {
    return tooMany;
  }

  /** The gradient of a number, {@code dL/dtanh1[0] = dL/ddense2[0]·dense2.weight[0,0]}, and below that those that it is made of. */
  Worked of(Spot spot) {
    return of(spot, mostAddends);
  }

  private Worked of(Spot spot, int most) {
    List<Spot> next = new ArrayList<>();
    List<Worked> where = new ArrayList<>();
    Worked own = alone(spot, most, next, where);
    for (Spot made : next) {
      if (!told.contains(made)) {
        if (room > 0) {
          room--;
          where.add(of(made, Math.min(mostAddends, FEW_ADDENDS)));
        } else {
          leftOut = true;
        }
      }
    }
    return own.with(where);
  }

  /** The same without those that it is made of. */
  Worked alone(Spot spot) {
    List<Worked> where = new ArrayList<>();
    return alone(spot, mostAddends, new ArrayList<>(), where).with(where);
  }

  private Worked alone(Spot spot, int most, List<Spot> next, List<Worked> where) {
    told.add(spot);
    Chain chain = walk.chain(spot.value(), spot.element());
    tooMany |= !chain.isWhole();
    boolean all = chain.links().size() <= most;
    List<Link> sorted = chain.links().stream().sorted(Comparator.comparingDouble((Link l) -> -Math.abs(l.value()))).toList();
    List<Link> shown = !chain.isWhole() ? List.of() : all ? chain.links() : sorted.subList(0, Sizes.shown(most, sorted.stream().mapToDouble(Link::value)));
    List<Addend> addends = new ArrayList<>();
    for (Link link : shown) {
      addends.add(new Addend(way(link, where), link.value()));
    }
    sorted.stream().filter(shown::contains)
        .limit(chain.links().size() > FOLLOWED ? 1 : FOLLOWED).map(l -> ahead(l.made())).filter(s -> !isLoss(s)).forEach(next::add);
    int left = chain.links().size() - shown.size();
    double rest = left == 0 || !chain.isWhole() ? 0 : sorted.stream().skip(shown.size()).mapToDouble(Link::value).sum();
    if (addends.isEmpty()) {
      addends.add(new Addend(List.of(Number.plain(chain.value())), chain.value()));
    }
    return new Worked(symbols.gradient(spot), addends, chain.isWhole() ? left : 0, rest, OptionalDouble.empty(), List.of());
  }

  private boolean isLoss(Spot spot) {
    return walk.loss().equals(Optional.of(spot.value()));
  }

  /** The gradient of what is made, times how that changes. */
  private List<Piece> way(Link link, List<Worked> where) {
    List<Piece> pieces = new ArrayList<>();
    Spot made = ahead(link.made());
    if (!isLoss(made)) {
      pieces.add(symbols.gradient(made));
    }
    boolean isOne = isOne(link);
    if (pieces.isEmpty() || !isOne) {
      if (!pieces.isEmpty()) {
        pieces.add(new Sign("·"));
      }
      pieces.addAll(slope(link, pieces.isEmpty(), where));
    }
    return pieces;
  }

  private List<Piece> slope(Link link, boolean alone, List<Worked> where) {
    return switch (link.slope()) {
      case Formula(Term term, var names) -> {
        List<Piece> pieces = Symbols.pieces(term, n -> workings.number(link.made(), names.get(n), where));
        if (Symbols.isSum(term) && !alone) {
          pieces.addFirst(new Sign("("));
          pieces.addLast(new Sign(")"));
        }
        yield pieces;
      }
      case Same(var of) -> List.of(workings.number(link.made(), of, where));
      case Account other -> List.of(Number.plain(other.value()));
    };
  }

  /** Whether a number was only moved. */
  private static boolean isOne(Link link) {
    return link.slope() instanceof Same(Fixed(double one)) && one == 1;
  }

  /** Where a number has gone that inside a layer was only moved. */
  private Spot ahead(Spot spot) {
    while (!looked.isKnown(spot.value())) {
      List<Link> links = walk.chain(spot.value(), spot.element()).links();
      if (links.size() != 1 || !isOne(links.getFirst())) {
        return spot;
      }
      spot = links.getFirst().made();
    }
    return spot;
  }

  /**
   * The whole product, where one single way leads from a number to what the loss reads: {@code dL/dw = dL/dy·dy/dh·dh/dw}, and below that
   * each of its factors. Empty where there are several ways, or only one step.
   */
  Optional<Worked> product(Spot spot) {
    List<Spot> way = new ArrayList<>(List.of(spot));
    List<Link> links = new ArrayList<>();
    for (Optional<Link> next = only(spot); next.isPresent(); next = only(way.getLast())) {
      links.add(next.get());
      way.add(next.get().made());
    }
    if (links.stream().filter(l -> !isOne(l)).count() < 2) {
      return Optional.empty();
    }
    List<Piece> pieces = new ArrayList<>(List.of(symbols.gradient(way.getLast())));
    List<Worked> where = new ArrayList<>(List.of(alone(way.getLast())));
    for (int i = links.size() - 1; i >= 0; i--) {
      if (isOne(links.get(i))) {
        continue;
      }
      Number to = symbols.own(way.get(i + 1));
      Number slope = new Number("d" + to.symbol() + "/d" + symbols.own(way.get(i)).symbol(), List.of(), links.get(i).slope().value());
      pieces.add(new Sign("·"));
      pieces.add(slope);
      List<Worked> within = new ArrayList<>();
      where.add(new Worked(slope, List.of(new Addend(slope(links.get(i), true, within), slope.value())), within));
    }
    return Optional.of(new Worked(symbols.gradient(spot), List.of(new Addend(pieces, walk.gradient(spot))), where));
  }

  /** The only way on; none at what a loss reads. */
  private Optional<Link> only(Spot spot) {
    List<Link> links = walk.chain(spot.value(), spot.element()).links();
    return links.size() == 1 && !isOfLoss(links.getFirst().made()) ? Optional.of(links.getFirst()) : Optional.empty();
  }

  /** Whether a number is one of those that a loss makes. */
  private boolean isOfLoss(Spot spot) {
    String loss = walk.loss().orElseThrow().name();
    return spot.value().name().equals(loss) || spot.value().name().startsWith(loss + ".");
  }
}
