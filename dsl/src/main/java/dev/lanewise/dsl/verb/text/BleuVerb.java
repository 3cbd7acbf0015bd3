package dev.lanewise.dsl.verb.text;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.data.text.Words;
import dev.lanewise.runtime.score.Bleu;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code bleu(Net, cmn)}: how near translations are to those of people. */
public final class BleuVerb implements Verb {
  private static final Words WORDS = new Words();

  @Override
  public Signature signature() {
    return Signature.of(
        "bleu", "how near translations of the examples to test on are to the right ones, from 0 to 100 (Papineni et al. 2002), by words and single Chinese characters; a list of that number",
        required("net", Thing.NET, "that has learnt from pairs, or their like"), required("data", Thing.DATA, "with a part to test on"),
        optional("count", new Thing.Named(Thing.Count.AT_LEAST_ONE), 1_000, "sources, the first ones; each counts once, with all texts that are right for it"),
        optional("beam", new Thing.Named(Thing.Count.AT_LEAST_ONE), 1, "so many texts are gone on with; 1 takes the likeliest token each time"));
  }

  @Override
  public String example() {
    return "bleu(Adds, additions, count = 4)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.TAKES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Translating.of(given, given.net("net")).map(t -> new Of(t, given.data("data"), given.whole("count")));
  }

  private record Of(Translating translating, CheckedData data, int count) implements Deed {
    @Override
    public Gives gives() {
      return Gives.NUMBERS;
    }

    @Override
    public Optional<Shape> shape() {
      return Optional.of(Shape.of(1));
    }

    @Override
    public Result run(Bench bench) {
      Dataset test = bench.shown(translating.net(), data).test();
      List<String> names = test.fields().stream().map(Field::name).toList();
      int source = names.indexOf(translating.source().name());
      int target = names.indexOf(translating.target().name());
      Vocabulary to = translating.vocabulary(bench, translating.target().name());
      Map<String, float[]> sources = new LinkedHashMap<>();
      Map<String, List<List<String>>> right = new LinkedHashMap<>();
      for (int i = 0; i < test.size(); i++) {
        float[] values = Exhibits.part(test, source, i);
        String said = translating.said(bench, i, values);
        if (sources.containsKey(said) || sources.size() < count) {
          sources.put(said, values);
          right.computeIfAbsent(said, _ -> new ArrayList<>()).add(WORDS.pieces(to.text(Exhibits.part(test, target, i))));
        }
      }
      List<String> made = translating.of(bench, List.copyOf(sources.values()));
      Bleu bleu = new Bleu();
      int at = 0;
      for (List<List<String>> references : right.values()) {
        bleu.add(WORDS.pieces(made.get(at++)), references);
      }
      List<String> row = new ArrayList<>(List.of(number(bleu.score())));
      for (int n = 1; n <= 4; n++) {
        row.add(number(100 * bleu.share(n)));
      }
      row.add(String.format(Locale.ROOT, "%,d", made.size()));
      Table table = new Table("translations of " + translating.net().name() + " on " + data.name(), List.of("bleu", "1 in a row", "2 in a row", "3 in a row", "4 in a row", "texts"), List.of(row));
      return new Result.Counted(Constant.Items.of(List.of(1), new double[] {bleu.score()}), table);
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.2f", value);
    }
  }
}
