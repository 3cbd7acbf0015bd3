package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.ExampleTable;
import dev.lanewise.dsl.view.PartTable;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.dsl.view.picture.Heard;
import dev.lanewise.runtime.data.BoxGrid;
import dev.lanewise.runtime.data.sound.SoundForm;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code show(digits.train.item(7))}, {@code show(digits.test.batch(2, size = 32))}. */
public final class ShowExamplesVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "some examples, as they were before they were normalised; counted from 0",
        required("examples", Thing.EXAMPLES, "such as digits.test.item(7) or digits.train.batch(2, size = 32)"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "show(digits.train.item(7))";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.examples("examples"), given.at("examples")));
  }

  private record Of(Examples examples, Span at) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Chosen c = Chosen.of(examples, bench.split(examples.data()), at);
      if (examples.data().hasParts()) {
        Table parts = PartTable.examples(c.title(), c.split(), c.part(), c.which());
        return Exhibits.isPicture(c.part().shape())
            ? new Result.Shown(Exhibits.parts(c.title(), c.part(), c.which(), PartTable.words(c.split(), BoxGrid.CLASS)), List.of(parts)) : new Result.Shown(parts);
      }
      Optional<SoundForm> sound = examples.data().origin().sound();
      if (sound.filter(f -> Heard.isDrawn(f, c.which().size())).isPresent()) {
        return new Result.Shown(Heard.of(c.title(), sound.get(), c.part(), c.which(), i -> ExampleTable.caption(c.split(), c.part(), i)));
      }
      if (!Exhibits.isPicture(c.part().shape())) {
        return new Result.Shown(ExampleTable.of(c.title(), c.split(), c.part(), c.which()));
      }
      return new Result.Shown(
          Exhibits.isMask(c.part()) && !examples.data().rebuilds()
              ? Exhibits.masked(c.title(), c.split(), c.part(), c.which())
              : Exhibits.examples(c.title(), c.part(), c.which(), i -> ExampleTable.caption(c.split(), c.part(), i)));
    }
  }
}
