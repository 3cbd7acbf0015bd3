package dev.lanewise.dsl.verb;

import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.view.report.Called;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/**
 * A call that nobody has written, but somebody could: what a report shows.
 *
 * @param call as it would be written
 * @param verb of it
 * @param deed what it does
 */
public record Offered(String call, Signature verb, Deed deed) {
  public static Offered of(Verb verb, String arguments, Deed deed) {
    return new Offered(verb.signature().name() + "(" + arguments + ")", verb.signature(), deed);
  }

  /** Does it, as far as that can be. */
  public Called done(Bench bench) {
    Optional<Exhibit> exhibit = Optional.empty();
    String missing = "";
    try {
      exhibit = deed.run(bench) instanceof Result.Shown(Exhibit shown, var _) ? Optional.of(shown) : Optional.empty();
    } catch (MistakeException e) {
      missing = e.getMessage();
    }
    return new Called(call, verb.name(), verb.summary(), exhibit, missing);
  }
}
