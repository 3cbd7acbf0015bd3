package dev.lanewise.dsl.verb.text;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code generate(Poems, "", like = "([^，。]{5}[，。]){4}", times = 200)}: how many of the texts have a form. */
public final class GenerateLikeVerb implements Verb {
  /** Texts that are shown. */
  private static final int MOST = 5;

  @Override
  public Signature signature() {
    return Signature.of(
        "generate", "goes on with a text many times, and tells which share of them has a form; a list of that number, from 0 to 1, and a few of those that have it, and of those that have not",
        required("net", Thing.NET, "that has learnt from text or lines, with a score for each token at each place"), required("prompt", Argument.Type.TEXT, "how the text begins"),
        required("like", new Thing.Named(Argument.Type.TEXT), "the form of the whole text, as a regular expression: `[a-z]+` is small letters alone"),
        Writing.COUNT, Writing.TEMPERATURE, Writing.TOP, Writing.TOP_P, Writing.STOP, optional("times", new Thing.Named(Thing.Count.AT_LEAST_ONE), 200, "so many texts"), Writing.SEED);
  }

  @Override
  public String example() {
    return "generate(Names, \"el\", like = \"[a-z]{2,4}\", times = 10)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    try {
      Pattern form = Pattern.compile(given.word("like"));
      return Writing.of(given).map(w -> new Of(w, form, given.whole("times")));
    } catch (PatternSyntaxException e) {
      return given.problems().report(
          Code.L015, given.at("like"), "generate: `" + e.getPattern() + "` is no regular expression" + (e.getIndex() < 0 ? "" : ", from sign " + (e.getIndex() + 1) + " on"), "such as [a-z]+, small letters alone");
    }
  }

  private record Of(Writing writing, Pattern form, int times) implements Deed {
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
      Writing.Begun begun = writing.begun(bench, times);
      List<String> made = begun.continuation().several(begun.begin(), writing.seed(), times).stream().map(t -> begun.said() + t).toList();
      List<String> like = made.stream().filter(this::has).toList();
      List<String> other = made.stream().filter(t -> !has(t)).toList();
      Table table = new Table("texts of " + writing.net().name() + " like `" + form + "`", List.of("form", "texts", "share", "such as"), List.of(row("yes", like), row("no", other)));
      return new Result.Counted(Constant.Items.of(List.of(1), new double[] {(double) like.size() / times}), table);
    }

    private boolean has(String text) {
      return form.matcher(text).matches();
    }

    private List<String> row(String name, List<String> texts) {
      return List.of(name, String.format(Locale.ROOT, "%,d", texts.size()), String.format(Locale.ROOT, "%.1f %%", 100.0 * texts.size() / times), String.join(" | ", texts.subList(0, Math.min(MOST, texts.size()))));
    }
  }
}
