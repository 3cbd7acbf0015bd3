package dev.lanewise.dsl.check.data;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Foreign;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.elsewhere.Names;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.elsewhere.Table;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code augment = [rotate(10), shift(2)]}: how training examples are changed. */
public record Augments(Formulas formulas, Problems problems) {
  /**
   * One change as users call it.
   *
   * @param usual arguments that one begins with
   */
  private record Definition(Signature signature, String usual, Function<Arguments, Augmentation.Change> binder) {
    String example() {
      return signature.name() + (usual.isEmpty() ? "" : "(" + usual + ")");
    }
  }

  private static final int STEM = 4;

  private static final List<Definition> ALL =
      List.of(
          new Definition(
              Signature.of("rotate", "turns the image, to either side", required("degrees", Argument.Type.NUMBER, "at most")),
              "10", a -> new Augmentation.Rotate(between(a, "degrees", 0, 360))),
          new Definition(
              Signature.of("shift", "moves the image in both directions", required("pixels", Argument.Type.NUMBER, "at most")),
              "2", a -> new Augmentation.Shift(between(a, "pixels", 0, 10_000))),
          new Definition(
              Signature.of(
                  "scale", "makes the image smaller or larger",
                  required("least", Argument.Type.NUMBER, "factor"), required("most", Argument.Type.NUMBER, "factor")),
              "0.9, 1.1", a -> new Augmentation.Scale(between(a, "least", 0.01, 100), between(a, "most", a.number("least"), 100))),
          new Definition(
              Signature.of("shear", "lets rows slide over each other", required("degrees", Argument.Type.NUMBER, "at most")),
              "10", a -> new Augmentation.Shear(between(a, "degrees", 0, 80))),
          new Definition(
              Signature.of("flip", "left and right change places", optional("p", Argument.Type.NUMBER, 0.5, "probability")),
              "", a -> new Augmentation.Flip(between(a, "p", 0, 1))),
          new Definition(
              Signature.of(
                  "elastic", "bends the image: the points of a grid move", required("pixels", Argument.Type.NUMBER, "at most"),
                  optional("grid", Argument.Type.INTEGER, 7, "pixels between its points")),
              "2", a -> new Augmentation.Elastic(between(a, "pixels", 0, 1_000), (int) between(a, "grid", 1, 10_000))),
          new Definition(
              Signature.of(
                  "erase", "a square becomes background", required("size", Argument.Type.INTEGER, "height and width in pixels"),
                  optional("p", Argument.Type.NUMBER, 0.5, "probability")),
              "6", a -> new Augmentation.Erase((int) between(a, "size", 1, 10_000), between(a, "p", 0, 1))),
          new Definition(
              Signature.of(
                  "brightness", "makes the image darker or brighter: all its values are multiplied",
                  required("least", Argument.Type.NUMBER, "factor"), required("most", Argument.Type.NUMBER, "factor")),
              "0.8, 1.2", a -> new Augmentation.Brightness(between(a, "least", 0, 100), between(a, "most", a.number("least"), 100))),
          new Definition(
              Signature.of("noise", "adds normal noise", required("deviation", Argument.Type.NUMBER, "of the noise")),
              "0.05", a -> new Augmentation.Noise(between(a, "deviation", 0, 1e6))),
          new Definition(
              Signature.of(
                  "mixup", "another example shows through; the label is that of one of the two, by their shares (Zhang et al. 2018)",
                  optional("alpha", Argument.Type.NUMBER, 0.2, "shares are drawn from Beta(alpha, alpha); small ones are nearly 0 or 1")),
              "", a -> new Augmentation.Mixup(between(a, "alpha", 0.05, 1))),
          new Definition(
              Signature.of("delay", "a sound begins earlier or later", required("steps", Argument.Type.INTEGER, "of time, at most: samples of a wave, columns of a picture")),
              "8", a -> new Augmentation.Delay(between(a, "steps", 0, 1e8))),
          new Definition(
              Signature.of(
                  "tempo", "a sound becomes slower or faster; it begins when it did",
                  required("least", Argument.Type.NUMBER, "factor, below 1 slower"), required("most", Argument.Type.NUMBER, "factor, above 1 faster")),
              "0.9, 1.1", a -> new Augmentation.Tempo(between(a, "least", 0.1, 10), between(a, "most", a.number("least"), 10))),
          new Definition(
              Signature.of(
                  "mask", "a stretch of a sound's times, and one of its pitches, become silent (Park et al. 2019)",
                  required("times", Argument.Type.INTEGER, "at most"), optional("pitches", Argument.Type.INTEGER, 0, "at most")),
              "8", a -> new Augmentation.Mask((int) between(a, "times", 0, 1e8), (int) between(a, "pitches", 0, 10_000))),
          new Definition(
              Signature.of("gain", "a wave becomes louder or softer", required("decibels", Argument.Type.NUMBER, "at most")),
              "6", a -> new Augmentation.Gain(between(a, "decibels", 0, 100))));

  /** How they are called, for the reference. */
  public static List<Signature> signatures() {
    return ALL.stream().map(Definition::signature).toList();
  }

  List<Augmentation.Change> of(Optional<Setting> setting) {
    List<Augmentation.Change> changes = new ArrayList<>();
    if (setting.isPresent()) {
      List<Expression> given =
          setting.get().value() instanceof Expression.Items items ? items.items() : List.of(setting.get().value());
      given.forEach(e -> change(e).ifPresent(changes::add));
    }
    return changes;
  }

  private Optional<Augmentation.Change> change(Expression expression) {
    Call call = Call.of(expression);
    String name = expression instanceof Expression.Text(Span _, String text) ? text.strip() : call.name();
    Optional<Definition> definition = ALL.stream().filter(d -> d.signature.name().equals(call.name())).findFirst();
    if (definition.isEmpty() && new Foreign(problems).told(Room.AUGMENT, call.span())) {
      return Optional.empty();
    }
    if (definition.isEmpty()) {
      List<String> names = ALL.stream().map(d -> d.signature.name()).toList();
      return problems.report(
          Code.L070, call.span(), "unknown way to change examples" + (name.isEmpty() ? "" : " `" + name + "`"),
          meant(expression, call, name, names).orElseGet(() -> Suggestions.among(call.callee(), name, names)));
    }
    Optional<String> usual = usual(definition.get(), call);
    if (usual.isPresent()) {
      boolean missing = call.arguments().isEmpty();
      return problems.report(
          missing ? Code.L010 : Code.L019, call.span(), "`" + name + "` " + (missing ? "needs the arguments `" : "takes the arguments `") + signatureOf(definition.get()) + "`",
          Remedy.write(call.span(), usual.get()));
    }
    Optional<Arguments> arguments = new Calls(formulas, problems).bind(definition.get().signature, call.span(), call.arguments());
    try {
      return arguments.map(a -> definition.get().binder.apply(a));
    } catch (IllegalArgumentException e) {
      return problems.report(Code.L015, call.span(), call.name() + ": " + e.getMessage(), "");
    }
  }

  private static String signatureOf(Definition definition) {
    return definition.signature.arguments().stream().map(Argument::name).collect(Collectors.joining(", "));
  }

  /** What is called nearly so, or has the name in it: {@code rotation}, {@code random_rotate}, {@code horizontal_flip}. */
  private static Optional<Remedy> meant(Expression expression, Call call, String name, List<String> names) {
    List<String> words = List.of(name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT).split("[_\\s-]+"));
    Stream<Optional<String>> found = words.stream().filter(w -> w.length() > 2).map(w -> names.stream().filter(n -> w.equals(n)).findFirst()
        .or(() -> names.stream().filter(n -> w.length() >= STEM && n.length() >= STEM && common(w, n) >= Math.min(n.length(), w.length()) - 1 && common(w, n) >= STEM).findFirst())
        .or(() -> Table.names(Names.CHANGE, w).stream().findFirst()));
    UnaryOperator<String> written = k -> expression instanceof Expression.Text ? example(k) : k;
    Span span = expression instanceof Expression.Text ? expression.span() : call.callee();
    return Suggestions.mean(span, name, names, written).or(() -> found.flatMap(Optional::stream).findFirst().map(k -> Remedy.mean(span, written.apply(k))));
  }

  private static int common(String a, String b) {
    int n = 0;
    while (n < Math.min(a.length(), b.length()) && a.charAt(n) == b.charAt(n)) {
      n++;
    }
    return n;
  }

  private static String example(String name) {
    return ALL.stream().filter(d -> d.signature.name().equals(name)).findFirst().orElseThrow().example();
  }

  /** The call with what one begins with, where nothing is said; and with one limit, or two factors about 1, where others take the other. */
  private Optional<String> usual(Definition definition, Call call) {
    List<Argument> all = definition.signature.arguments();
    List<Double> given = call.arguments().stream().filter(a -> a.name().isEmpty()).flatMap(a -> number(a.value()).stream()).toList();
    boolean plain = given.size() == call.arguments().size();
    if (call.arguments().isEmpty() && all.stream().anyMatch(Argument::isRequired)) {
      return Optional.of(definition.example());
    }
    if (plain && all.size() == 1 && given.size() == 2 && given.get(0) == -given.get(1)) {
      return Optional.of(call.name() + "(" + new Constant.Num(Math.abs(given.get(1))) + ")");
    }
    boolean factors = all.size() == 2 && all.stream().allMatch(a -> a.isRequired() && a.doc().startsWith("factor"));
    return plain && factors && given.size() == 1 && given.getFirst() > 0 && given.getFirst() < 1
        ? Optional.of(call.name() + "(" + rounded(1 - given.getFirst()) + ", " + rounded(1 + given.getFirst()) + ")")
        : Optional.empty();
  }

  private static String rounded(double value) {
    return new Constant.Num(Math.round(value * 1e6) / 1e6).toString();
  }

  private static Optional<Double> number(Expression e) {
    return switch (e) {
      case Expression.Number(Span _, double n) -> Optional.of(n);
      case Expression.Unary(Span _, Operator operator, Expression.Number(Span _, double n)) when operator == Operator.NEGATE -> Optional.of(-n);
      default -> Optional.empty();
    };
  }

  private static double between(Arguments a, String name, double least, double most) {
    double value = a.number(name);
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ", not " + value);
    }
    return value;
  }
}
