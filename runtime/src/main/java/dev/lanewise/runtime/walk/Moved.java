package dev.lanewise.runtime.walk;

import dev.lanewise.runtime.walk.Account.Formula;
import dev.lanewise.runtime.walk.Account.Largest;
import dev.lanewise.runtime.walk.Account.Part;
import dev.lanewise.runtime.walk.Account.Same;
import dev.lanewise.runtime.walk.Account.Sum;
import dev.lanewise.runtime.walk.Quantity.Fixed;
import dev.lanewise.runtime.walk.Quantity.Made;
import dev.lanewise.runtime.walk.Quantity.Read;
import dev.lanewise.runtime.walk.Quantity.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An account of one place of a sequence becomes one of all: what is read lies further on. */
final class Moved {
  private Moved() {}

  /** @param from where the place begins in each input */
  static Account by(Account account, int[] from) {
    return switch (account) {
      case Sum(List<Part> parts) -> new Sum(parts.stream().map(p -> new Part(all(p.factors(), from))).toList());
      case Formula(var term, Map<String, Quantity> names) -> {
        Map<String, Quantity> now = new LinkedHashMap<>();
        names.forEach((name, number) -> now.put(name, number(number, from)));
        yield new Formula(term, now);
      }
      case Largest(List<Quantity> among) -> new Largest(all(among, from));
      case Same(Quantity of) -> new Same(number(of, from));
    };
  }

  private static List<Quantity> all(List<Quantity> numbers, int[] from) {
    return numbers.stream().map(n -> number(n, from)).toList();
  }

  private static Quantity number(Quantity number, int[] from) {
    return switch (number) {
      case Read(int input, int element, double value) -> new Read(input, from[input] + element, value);
      case Made(String name, Account account) -> new Made(name, by(account, from));
      case Fixed _, Result _ -> number;
    };
  }
}
