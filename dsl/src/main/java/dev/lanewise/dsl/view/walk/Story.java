package dev.lanewise.dsl.view.walk;

import dev.lanewise.dsl.exhibit.Piece;
import dev.lanewise.dsl.exhibit.Piece.Number;
import dev.lanewise.dsl.exhibit.Piece.Sign;
import dev.lanewise.dsl.exhibit.Worked;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.walk.Account;
import dev.lanewise.runtime.walk.Account.Part;
import dev.lanewise.runtime.walk.Account.Sum;
import dev.lanewise.runtime.walk.Quantity;
import dev.lanewise.runtime.walk.Quantity.Read;
import dev.lanewise.runtime.walk.Walk;
import dev.lanewise.runtime.walk.Walk.Chain;
import dev.lanewise.runtime.walk.Walk.Link;
import dev.lanewise.runtime.walk.Walk.Spot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * One number of a network on an example: where it comes from, and how the loss depends on it, to be gone on with number by number.
 *
 * @param of the number
 * @param terms what is added up, or what a formula reads
 * @param bias what is added to them; empty without one
 * @param formula with its numbers, where it is no sum: {@code max(0, 1.37)}
 * @param backward empty where there is no loss
 */
public record Story(Number of, List<Term> terms, OptionalDouble bias, String formula, Optional<Backward> backward) {
  /** Steps of the chain rule that are told before it branches. */
  private static final int MOST_STEPS = 12;

  /**
   * A number that another one is made of, or that is made of it.
   *
   * @param number by its name, with its value; of the way back, with its gradient
   * @param weight what it is multiplied by; NaN where there is no product
   */
  public record Term(Number number, double weight) {
    public double product() {
      return Double.isNaN(weight) ? number.value() : number.value() * weight;
    }
  }

  /** One step of the chain rule. @param slope by how much the next number changes with this one */
  public record Step(Number from, double slope, Number to, String words) {}

  /**
   * How the loss depends on a number.
   *
   * @param steps while there is one way only
   * @param terms the ways from there on, whose sum is the gradient
   * @param stopped why there is none, in words; mostly empty
   */
  public record Backward(double gradient, List<Step> steps, List<Term> terms, double sum, String stopped) {}

  public Story {
    terms = List.copyOf(terms);
  }

  /** @param element counted from 0, the last axis first */
  public static Story of(Looked looked, Value value, int element) {
    return new Telling(looked).story(new Spot(value, element));
  }

  /** The sum of all, with the bias. */
  public double sum() {
    return terms.stream().mapToDouble(Term::product).sum() + bias.orElse(0);
  }

  private static final class Telling {
    private final Looked looked;
    private final Walk walk;
    private final Symbols symbols;

    Telling(Looked looked) {
      this.looked = looked;
      this.walk = looked.walk();
      this.symbols = new Symbols(looked);
    }

    Story story(Spot spot) {
      Optional<Account> account = inside(spot);
      List<Term> terms = new ArrayList<>();
      OptionalDouble bias = OptionalDouble.empty();
      String formula = "";
      Spot at = deepest(spot);
      if (account.orElse(null) instanceof Sum(List<Part> parts)) {
        for (Part part : parts) {
          List<Read> reads = part.factors().stream().filter(Read.class::isInstance).map(Read.class::cast).toList();
          Optional<Read> own = reads.stream().filter(r -> !isParameter(walk.spot(at.value(), r))).findFirst();
          if (own.isEmpty()) {
            bias = OptionalDouble.of(bias.orElse(0) + part.value());
          } else {
            double weight = part.factors().stream().filter(f -> f != own.get()).mapToDouble(Quantity::value).reduce(1, (a, b) -> a * b);
            terms.add(new Term(named(walk.spot(at.value(), own.get())), part.factors().size() == 1 ? 1 : weight));
          }
        }
        terms.sort(Comparator.comparingDouble(t -> -Math.abs(t.product())));
      } else if (account.isPresent()) {
        Worked worked = new Workings(looked, Sizes.MOST_ADDENDS, 0).of(at);
        formula = worked.addends().stream().map(a -> text(a.pieces())).collect(Collectors.joining(" + "));
        reads(account.get()).stream().map(r -> walk.spot(at.value(), r)).filter(s -> !isParameter(s)).distinct().forEach(s -> terms.add(new Term(named(s), Double.NaN)));
      }
      return new Story(symbols.own(spot), terms, bias, formula, walk.loss().isPresent() ? Optional.of(backward(spot)) : Optional.empty());
    }

    /** What a number was made of: of a layer of several steps, whatever only moved it is passed over. */
    private Optional<Account> inside(Spot spot) {
      Spot at = deepest(spot);
      return walk.account(at.value(), at.element());
    }

    private Spot deepest(Spot spot) {
      Spot at = spot;
      while (walk.account(at.value(), at.element()).orElse(null) instanceof Account.Same(Read read) && !looked.isKnown(walk.spot(at.value(), read).value())) {
        at = walk.spot(at.value(), read);
      }
      return at;
    }

    private boolean isParameter(Spot spot) {
      return walk.graph().parameters().stream().anyMatch(p -> p.value().equals(symbols.moved(spot).value()));
    }

    /** Under the name that it has before it is put into another shape. */
    private Number named(Spot spot) {
      Spot at = symbols.moved(spot);
      while (isReshaped(at) && walk.account(at.value(), at.element()).orElse(null) instanceof Account.Same(Read read)) {
        at = symbols.moved(walk.spot(at.value(), read));
      }
      return symbols.own(at);
    }

    private boolean isReshaped(Spot spot) {
      return walk.maker(spot.value()).filter(n -> n.operation() instanceof Reshape).isPresent();
    }

    private static List<Read> reads(Account account) {
      return switch (account) {
        case Sum s -> s.parts().stream().flatMap(p -> p.factors().stream()).filter(Read.class::isInstance).map(Read.class::cast).toList();
        case Account.Formula f -> f.names().values().stream().filter(Read.class::isInstance).map(Read.class::cast).toList();
        case Account.Largest l -> l.among().stream().filter(Read.class::isInstance).map(Read.class::cast).toList();
        case Account.Same(Quantity of) -> of instanceof Read r ? List.of(r) : List.of();
      };
    }

    private static String text(List<Piece> pieces) {
      return pieces.stream().map(p -> switch (p) {
        case Sign(String sign) -> sign;
        case Number n -> Piece.text(n.value());
      }).collect(Collectors.joining());
    }

    private Backward backward(Spot spot) {
      List<Step> steps = new ArrayList<>();
      Spot at = spot;
      Chain chain = walk.chain(at.value(), at.element());
      while (chain.links().size() == 1 && steps.size() < MOST_STEPS && !isLoss(chain.links().getFirst().made())) {
        Link only = chain.links().getFirst();
        if (!isReshaped(only.made()) && (looked.isKnown(only.made().value()) || only.slope().value() != 1)) {
          steps.add(new Step(symbols.gradient(at), only.slope().value(), symbols.gradient(only.made()), words(only)));
        }
        at = only.made();
        chain = walk.chain(at.value(), at.element());
      }
      List<Term> terms = chain.links().stream().map(l -> new Term(symbols.gradient(l.made()), l.slope().value())).sorted(Comparator.comparingDouble(t -> -Math.abs(t.product()))).toList();
      String stopped = walk.gradient(spot) == 0 && chain.links().isEmpty() ? stopped(at) : "";
      return new Backward(walk.gradient(spot), steps, chain.isWhole() ? terms : List.of(), walk.gradient(at), stopped);
    }

    private boolean isLoss(Spot spot) {
      return walk.loss().equals(Optional.of(spot.value()));
    }

    private String words(Link link) {
      return walk.maker(link.made().value()).map(n -> switch (n.operation()) {
        case MaxPool _ -> "it is the largest of its window";
        case Pointwise p when link.slope().value() == 1 && p.name().startsWith("relu") -> "it is above 0: relu lets it pass";
        default -> link.slope().value() == 1 ? "it is passed on as it is" : "";
      }).orElse("");
    }

    private String stopped(Spot spot) {
      return walk.readers(spot.value()).stream().findFirst().map(n -> switch (n.operation()) {
        case MaxPool _ -> "another number is the largest of its window: the loss does not depend on this one";
        case Pointwise p when p.name().startsWith("relu") -> "it is not above 0: relu lets nothing through";
        default -> "the loss does not change with it";
      }).orElse("nothing reads it");
    }
  }
}
