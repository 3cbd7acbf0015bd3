package dev.lanewise.dsl.verb.find;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.text.Asking;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.runtime.data.Asked;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.score.Retrieval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks for what is nearest to a text, among all examples of some data.
 *
 * @param at where the text stands
 */
record Search(Span call, Span at, CheckedNet net, CheckedData data, String text, int count) implements Deed {
  /** Between the phrases of a text: the first is its name. */
  private static final String COMMA = ",";

  @Override
  public Gives gives() {
    return Gives.EXHIBIT;
  }

  @Override
  public Result run(Bench bench) {
    Places places = Places.of(bench, net, call);
    // In the network's vocabulary, whatever that of the data is.
    DataSplit shown = bench.shown(net, data);
    List<Field> fields = shown.train().fields();
    String textPart = fields.stream().map(Field::name).filter(p -> shown.world().vocabulary(p).isPresent()).findFirst()
        .orElseThrow(() -> new MistakeException(Code.L099, call, "no part of " + data.name() + " is a text that can be asked for", "take data with texts, such as emoji(\"folder\")"));
    int field = fields.stream().map(Field::name).toList().indexOf(textPart);
    Vocabulary vocabulary = shown.world().vocabulary(textPart).orElseThrow();
    Matching.Side asked = places.sides().stream().filter(s -> s.part().equals(textPart)).findFirst()
        .orElseThrow(() -> new MistakeException(Code.L099, call, net.name() + " does not take the texts of " + data.name(), "begin a part of it with `" + textPart + ": input " + data.name() + "." + textPart + "`"));
    Matching.Side found = places.sides().stream().filter(s -> !s.equals(asked)).findFirst().orElseThrow();
    int[] tokens = Asking.tokens(bench, at, net, vocabulary, text);
    List<Dataset> parts = Arrays.asList(shown.train(), shown.validation(), shown.test());
    float[] place = places.places(new Asked(shown.train(), field, Vocabulary.padded(tokens, fields.get(field).shape().size())), asked)[0];
    List<float[]> values = new ArrayList<>();
    List<float[]> where = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<String> of = new ArrayList<>();
    List<String> names = List.of("train", "val", "test");
    for (int p = 0; p < parts.size(); p++) {
      Dataset part = parts.get(p);
      if (part != null) {
        Places.Laid laid = places.laid(part, found);
        values.addAll(List.of(laid.values()));
        where.addAll(List.of(laid.places()));
        String name = names.get(p);
        IntStream.range(0, part.size()).forEach(i -> {
          texts.add(vocabulary.text(Exhibits.part(part, field, i)));
          of.add(name);
        });
      }
    }
    float[][] things = values.toArray(float[][]::new);
    float[][] there = where.toArray(float[][]::new);
    List<Integer> nearest = new Retrieval(things, there, things, there).nearest(place, count);
    List<List<String>> rows = new ArrayList<>();
    List<Picture> pictures = new ArrayList<>();
    Dataset any = shown.train();
    var shape = any.fields().get(Places.field(any, found)).shape();
    for (int i : nearest) {
      String called = IntStream.range(0, things.length).filter(j -> Arrays.equals(things[j], things[i])).mapToObj(j -> texts.get(j).split(COMMA, 2)[0]).distinct()
          .collect(Collectors.joining(", "));
      rows.add(List.of(called, String.format(Locale.ROOT, "%.3f", Retrieval.cosine(place, there[i])), of.get(i)));
      if (Exhibits.isPicture(shape)) {
        pictures.add(Exhibits.picture(shape, things[i], called));
      }
    }
    String title = "\"" + text + "\", " + net.name() + " on " + data.name();
    Exhibit table = new Table(title, List.of("text", "similarity", "part"), rows);
    return pictures.isEmpty() ? new Result.Shown(table) : new Result.Shown(new Gallery(title, pictures), List.of(table));
  }
}
