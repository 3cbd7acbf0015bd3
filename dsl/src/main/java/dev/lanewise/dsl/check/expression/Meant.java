package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Mentions;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.signature.Argument.Type;
import dev.lanewise.runtime.spec.Initialization;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a value of another kind was meant as: {@code "same"} is {@code same}, {@code "12"} is 12, {@code 0} is {@code false}, {@code garden.csv} is {@code "garden.csv"}.
 *
 * <pre>{@code new Meant(formulas, problems).value(Type.FLAG, expression, new Constant.Num(0)) }</pre>
 */
public record Meant(Formulas formulas, Problems problems) {
  /** Other names of what is counted. */
  private static final Map<String, String> METRICS = Map.ofEntries(
      Map.entry("acc", "accuracy"), Map.entry("top1", "accuracy"), Map.entry("categorical_accuracy", "accuracy"), Map.entry("f1_score", "f1"), Map.entry("f1score", "f1"), Map.entry("f_score", "f1"),
      Map.entry("roc_auc", "auc"), Map.entry("auroc", "auc"), Map.entry("rocauc", "auc"), Map.entry("jaccard", "iou"), Map.entry("mean_iou", "iou"), Map.entry("prec", "precision"), Map.entry("ppv", "precision"),
      Map.entry("rec", "recall"), Map.entry("tpr", "sensitivity"), Map.entry("tnr", "specificity"), Map.entry("map", "map50"), Map.entry("mean_absolute_error", "mae"), Map.entry("r_squared", "r2"), Map.entry("r2_score", "r2"));
  private static final List<String> YES = List.of("true", "yes", "on", "1");
  private static final List<String> NO = List.of("false", "no", "off", "0", "none");
  private static final Pattern NUMBER = Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern SIDES = Pattern.compile("([0-9]+)\\s*[xX*,]\\s*([0-9]+)");
  private static final Pattern FILE = Pattern.compile("[\\p{L}\\p{N}_./\\\\ -]*\\p{L}[\\p{L}\\p{N}_./\\\\ -]*");
  private static final Pattern ENDING = Pattern.compile(".*\\.(?:safetensors|png|svg|html|csv|tsv|txt|npy|npz|jsonl?|net|pt|pth|h5)");

  /** What stands for nothing, and could be a word or a text; empty if that cannot be told. */
  Remedy word(Type type, Expression expression) {
    String text = problems.source().text(expression.span());
    if (type == Type.TEXT && isUnquoted(expression)) {
      return quoted(expression.span());
    }
    boolean unknown = expression instanceof Expression.Word(Span _, String word) && formulas.definition(word).isEmpty();
    return unknown ? type == Type.FLAG || !type.words().isEmpty() ? text(type, expression, text) : Remedy.NONE : Remedy.NONE;
  }

  /** What a value of another kind was meant as. */
  public Remedy value(Type type, Expression expression, Constant found) {
    return switch (found) {
      case Constant.Text(String text) -> text(type, expression, text.strip());
      case Constant.Flag(boolean flag) -> type == Type.PADDING ? Remedy.write(expression.span(), flag ? "same" : "0") : Remedy.NONE;
      case Constant.Num number -> number(type, expression, number);
      case Constant.Items(List<Constant> items) -> sides(type, expression, items.stream().flatMap(i -> Calls.whole(i).stream()).toList(), items.size());
      case Constant.Dims(List<Integer> dims) -> sides(type, expression, dims, dims.size());
    };
  }

  /** A word, or one of some words, that a text or another word was meant as; with its arguments, if it is called. */
  public static Remedy oneOf(Span span, String text, Collection<String> known) {
    int open = text.indexOf('(');
    String name = open < 0 ? text : text.substring(0, open);
    return known.stream().filter(k -> k.equalsIgnoreCase(name.strip())).findFirst().or(() -> Suggestions.nearest(name.strip(), known))
        .map(k -> Remedy.write(span, open < 0 ? k : k + text.substring(open))).orElse(Remedy.NONE);
  }

  private Remedy text(Type type, Expression expression, String text) {
    Span span = expression.span();
    String lower = text.toLowerCase(Locale.ROOT);
    boolean isNumber = NUMBER.matcher(text).matches();
    return switch (type) {
      case FLAG -> YES.contains(lower) ? Remedy.write(span, "true") : NO.contains(lower) ? Remedy.write(span, "false") : Remedy.NONE;
      case INTEGER -> isNumber ? whole(span, Double.parseDouble(text)) : Remedy.NONE;
      case NUMBER -> isNumber ? Remedy.write(span, number(text)) : Remedy.NONE;
      case SIDES -> isNumber ? whole(span, Double.parseDouble(text)) : sides(span, text);
      case PADDING, WINDOW -> isNumber ? whole(span, Double.parseDouble(text)) : type == Type.PADDING && lower.equals("valid") ? Remedy.write(span, "0")
          : oneOf(span, text, type.words()).isEmpty() ? sides(span, text) : oneOf(span, text, type.words());
      case MISSING -> isNumber ? Remedy.write(span, number(text)) : oneOf(span, text, type.words());
      case SHAPE -> text.matches("[0-9]+(?:x[0-9]+)*") ? Remedy.write(span, text) : Remedy.NONE;
      case MEASURE -> measure(span, text);
      case INITIALIZATION -> oneOf(span, text, Initialization.names());
      case VALUE -> text.matches("@?[\\p{L}_][\\p{L}\\p{N}_]*") ? Remedy.write(span, text.startsWith("@") ? text : "@" + text) : Remedy.NONE;
      default -> type.words().isEmpty() ? Remedy.NONE : oneOf(span, text, type.words());
    };
  }

  private Remedy number(Type type, Expression expression, Constant.Num number) {
    double value = number.value();
    return switch (type) {
      case FLAG -> value == 0 || value == 1 ? Remedy.write(expression.span(), value == 1 ? "true" : "false") : Remedy.NONE;
      case INTEGER, SIDES, PADDING, WINDOW -> value > 0 && !number.isWhole() && Math.floor(value) > 0
          ? isQuotient(expression) ? whole(expression.span(), Math.floor(value)) : whole(expression.span(), Math.rint(value)).perhaps()
          : Remedy.NONE;
      case TEXT -> quoted(expression.span());
      default -> Remedy.NONE;
    };
  }

  /** Half of an odd number is meant without what remains. */
  private static boolean isQuotient(Expression expression) {
    return expression instanceof Expression.Binary(Span _, Operator operator, Expression left, Expression right)
        && (operator == Operator.OVER || isQuotient(left) || isQuotient(right));
  }

  private static Remedy whole(Span span, double value) {
    return value == Math.rint(value) && value >= 0 ? Remedy.write(span, Long.toString((long) value)) : Remedy.NONE;
  }

  private static Remedy sides(Span span, String text) {
    var two = SIDES.matcher(text);
    return two.matches() ? Remedy.write(span, two.group(1).equals(two.group(2)) ? two.group(1) : two.group(1) + "x" + two.group(2)) : Remedy.NONE;
  }

  /** Some whole numbers where one, or two, are needed. @param all how many there are */
  private static Remedy sides(Type type, Expression expression, List<Integer> whole, int all) {
    boolean takesTwo = type == Type.SIDES || type == Type.PADDING || type == Type.WINDOW;
    if (whole.isEmpty() || whole.size() < all || !takesTwo && type != Type.INTEGER) {
      return Remedy.NONE;
    }
    return whole.stream().distinct().count() == 1 ? Remedy.write(expression.span(), whole.getFirst().toString())
        : takesTwo && whole.size() == 2 ? Remedy.write(expression.span(), whole.stream().map(String::valueOf).collect(Collectors.joining("x"))) : Remedy.NONE;
  }

  /** What is counted, by another name that it has: {@code acc}; the name itself if it is none. */
  public static String metric(String name) {
    return METRICS.getOrDefault(name, name);
  }

  /** {@code "val.loss"}, {@code test.accuracy}: what is tested on is not there while a network is trained. */
  public static Remedy measure(Span span, String text) {
    String name = text.strip().toLowerCase(Locale.ROOT).replaceFirst("^(?:validation|valid|val|test|dev)[._]", "val.").replaceFirst("^train(?:ing)?[._]", "");
    String kind = name.replaceFirst("^val\\.", "");
    return Measure.named(name.substring(0, name.length() - kind.length()) + metric(kind)).map(m -> Remedy.write(span, m.toString())).orElse(Remedy.NONE);
  }

  private static String number(String text) {
    String plain = text.startsWith("+") ? text.substring(1) : text;
    return plain.startsWith(".") ? "0" + plain : plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }

  /** Whether it could be a text without its quotes: nothing in it stands for anything. */
  public boolean isUnquoted(Expression expression) {
    boolean names = switch (expression) {
      case Expression.Word _, Expression.Member _ -> true;
      case Expression.Binary(Span _, Operator operator, Expression _, Expression _) -> operator == Operator.OVER || operator == Operator.MINUS;
      default -> false;
    };
    return names && !Mentions.of(expression).any(formulas::knows) && FILE.matcher(problems.source().text(expression.span())).matches();
  }

  /** Whether an expression is the name of a file, without its quotes. */
  public boolean isFileName(Expression expression) {
    return isUnquoted(expression) && ENDING.matcher(problems.source().text(expression.span())).matches();
  }

  /** The same in quotes. */
  public Remedy quoted(Span span) {
    return Remedy.write(span, '"' + problems.source().text(span).replace('\\', '/') + '"');
  }
}
