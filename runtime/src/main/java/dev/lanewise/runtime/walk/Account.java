package dev.lanewise.runtime.walk;

import dev.lanewise.runtime.symbolic.Term;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How a number was made of others. What it comes to is what the operation's own formula computes, but for rounding. */
public sealed interface Account {
  double value();

  /** One of the parts of a sum: the product of these, or a single one. */
  record Part(List<Quantity> factors) {
    public Part {
      factors = List.copyOf(factors);
    }

    public double value() {
      return factors.stream().mapToDouble(Quantity::value).reduce(1, (a, b) -> a * b);
    }
  }

  /** All parts added. */
  record Sum(List<Part> parts) implements Account {
    public Sum {
      parts = List.copyOf(parts);
    }

    @Override
    public double value() {
      return parts.stream().mapToDouble(Part::value).sum();
    }

    /** The parts, those that count most first. */
    public List<Part> largestFirst() {
      return parts.stream().sorted(Comparator.comparingDouble((Part p) -> -Math.abs(p.value()))).toList();
    }
  }

  /** A formula, and the numbers that its names stand for. */
  record Formula(Term term, Map<String, Quantity> names) implements Account {
    @Override
    public double value() {
      return term.evaluate(name -> names.get(name).value());
    }
  }

  /** The largest of some. */
  record Largest(List<Quantity> among) implements Account {
    public Largest {
      among = List.copyOf(among);
    }

    @Override
    public double value() {
      return among.stream().mapToDouble(Quantity::value).max().orElseThrow();
    }
  }

  /** A number as it is: it was only moved. */
  record Same(Quantity of) implements Account {
    @Override
    public double value() {
      return of.value();
    }
  }
}
