package dev.lanewise.dsl.verb.text;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code translate(Net, cmn.test.batch(0, size = 5))}. */
public final class TranslateExamplesVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "translate", "makes texts of those of some examples, or of their pictures, beside what is right",
        required("net", Thing.NET, "that has learnt from pairs, or their like"), required("examples", Thing.EXAMPLES, "such as data.test.batch(0, size = 4)"),
        optional("beam", new Thing.Named(Thing.Count.AT_LEAST_ONE), 1, "so many texts are gone on with; 1 takes the likeliest token each time"));
  }

  @Override
  public String example() {
    return "translate(Adds, additions.test.batch(0, size = 2))";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.TAKES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Translating.of(given, given.net("net")).map(t -> new Of(t, given.examples("examples"), given.at("examples")));
  }

  private record Of(Translating translating, Examples examples, Span at) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Chosen chosen = Chosen.of(examples, bench.shown(translating.net(), examples.data()), at);
      Dataset part = chosen.part();
      List<String> names = part.fields().stream().map(Field::name).toList();
      int source = names.indexOf(translating.source().name());
      int target = names.indexOf(translating.target().name());
      Vocabulary to = translating.vocabulary(bench, translating.target().name());
      List<float[]> sources = chosen.which().stream().map(i -> Exhibits.part(part, source, i)).toList();
      List<String> made = translating.of(bench, sources);
      List<List<String>> rows = new ArrayList<>();
      for (int i = 0; i < made.size(); i++) {
        int example = chosen.which().get(i);
        List<String> row = new ArrayList<>(List.of(Integer.toString(example), to.text(Exhibits.part(part, target, example)), made.get(i)));
        if (translating.isOfText()) {
          row.add(1, translating.said(bench, example, sources.get(i)));
        }
        rows.add(row);
      }
      String title = translating.net().name() + " on " + chosen.title();
      Table table = new Table(title, translating.isOfText() ? List.of("item", translating.source().name(), "right", "says") : List.of("item", "right", "says"), rows);
      return source == 0 && Exhibits.isPicture(part.shape())
          ? new Result.Shown(Exhibits.examples(title, part, chosen.which(), i -> i + ": " + made.get(chosen.which().indexOf(i))), List.of(table)) : new Result.Shown(table);
    }
  }
}
