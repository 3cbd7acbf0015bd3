package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code show(lstm)}: what a layer or block is, as it is written. */
public final class ShowWrittenVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "a layer or block as it is written in the language", required("definition", Thing.WRITTEN, "of the script, or of the prelude"));
  }

  @Override
  public String example() {
    return "show(lstm)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.written("definition")));
  }

  private record Of(Thing.Written written) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      return new Result.Shown(new Table(written.name(), List.of("definition"), written.text().lines().map(List::of).toList()));
    }
  }
}
