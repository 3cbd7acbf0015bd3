package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Formula.Known;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.word.SettingCalls;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds the arguments of a call to a signature, by position and by name. */
public record Calls(Formulas formulas, Problems problems, Proposals proposals) {
  /** What an argument could be that must be given and is not. */
  public interface Proposals {
    /** For where nobody can tell. */
    Proposals NONE = _ -> Optional.empty();

    Optional<Proposal> of(Argument argument);
  }

  /** @param certain whether nobody would choose another */
  public record Proposal(String text, boolean certain) {}

  public Calls(Formulas formulas, Problems problems) {
    this(formulas, problems, Proposals.NONE);
  }

  public Optional<Arguments> bind(Signature signature, Call call) {
    return bind(signature, call.span(), call.arguments());
  }

  /** Where an argument stands, given by name or in its place; the call itself where it is not given. */
  public static Span span(Signature signature, Call call, String name) {
    return given(signature, call.arguments(), name).map(dev.lanewise.dsl.syntax.Argument::span).orElse(call.span());
  }

  /** What is given for an argument, by its name or in its place. */
  public static Optional<dev.lanewise.dsl.syntax.Argument> given(Signature signature, List<dev.lanewise.dsl.syntax.Argument> given, String name) {
    int position = 0;
    for (dev.lanewise.dsl.syntax.Argument g : given) {
      String own = g.name().isPresent() ? g.name().get().text() : signature.arguments().get(position++).name();
      if (own.equals(name)) {
        return Optional.of(g);
      }
    }
    return Optional.empty();
  }

  public Optional<Arguments> bind(Signature signature, Span call, List<dev.lanewise.dsl.syntax.Argument> given) {
    Map<String, Object> values = new HashMap<>();
    int position = 0;
    boolean right = true;
    for (dev.lanewise.dsl.syntax.Argument g : given) {
      Optional<Argument> argument = g.name().isPresent() ? named(signature, g) : at(signature, call, given, position++);
      Optional<Object> value = argument.flatMap(a -> value(signature.name(), a, (Argument.Type) a.type(), g.value()));
      right &= value.isPresent();
      if (value.isPresent() && values.put(argument.get().name(), value.get()) != null) {
        problems.report(Code.L019, g.span(), "`" + argument.get().name() + "` is given twice", "remove one of the two");
        right = false;
      }
    }
    for (Argument a : signature.arguments()) {
      if (right && a.isRequired() && !values.containsKey(a.name())) {
        Remedy remedy = proposals.of(a).map(p -> added(signature, call, given, a, p)).orElseGet(() -> Remedy.say("it is called " + signature));
        problems.report(Code.L010, call, "`" + signature.name() + "` needs `" + a.name() + "`: " + a.doc(), remedy);
        right = false;
      }
    }
    return right ? Optional.of(Arguments.of(signature, values)) : Optional.empty();
  }

  /** A call with one more argument: by its place where it can be, else by its name. */
  private Remedy added(Signature signature, Span call, List<dev.lanewise.dsl.syntax.Argument> given, Argument argument, Proposal proposal) {
    int places = (int) given.stream().takeWhile(g -> g.name().isEmpty()).count();
    boolean next = signature.arguments().indexOf(argument) == places;
    String written = next && argument.type() != Argument.Type.TEXT ? proposal.text() : argument.name() + " = " + proposal.text();
    String text = problems.source().text(call);
    Edit edit = next && places > 0 ? Edit.insert(given.get(places - 1).span().end(), ", " + written)
        : next && !given.isEmpty() ? Edit.insert(given.getFirst().span().start(), written + ", ")
        : !given.isEmpty() ? Edit.insert(given.getLast().span().end(), ", " + written)
        : text.endsWith(")") ? Edit.insert(call.end() - 1, written)
        : Edit.insert(call.end(), "(" + written + ")");
    Remedy remedy = Remedy.of("write `" + Edit.applied(text, List.of(new Edit(new Span(edit.span().start() - call.start(), edit.span().end() - call.start()), edit.text()))) + "`", edit);
    return proposal.certain() ? remedy : remedy.perhaps();
  }

  private Optional<Argument> named(Signature signature, dev.lanewise.dsl.syntax.Argument g) {
    String name = g.name().orElseThrow().text();
    List<String> known = signature.arguments().stream().map(Argument::name).toList();
    Optional<Argument> found = signature.arguments().stream().filter(a -> a.name().equals(name)).findFirst();
    return found.isPresent()
        ? found
        : problems.report(
            Code.L009,
            g.name().get().span(),
            "`" + signature.name() + "` has no argument `" + name + "`",
            Suggestions.nearest(name, known).map(k -> Remedy.mean(g.name().get().span(), k)).orElseGet(() -> Remedy.say("it is called " + signature)));
  }

  private Optional<Argument> at(Signature signature, Span call, List<dev.lanewise.dsl.syntax.Argument> given, int position) {
    if (position < signature.arguments().size()) {
      return Optional.of(signature.arguments().get(position));
    }
    List<dev.lanewise.dsl.syntax.Argument> places = given.stream().filter(g -> g.name().isEmpty()).toList();
    dev.lanewise.dsl.syntax.Argument more = places.get(position);
    Remedy remedy = signature.arguments().isEmpty()
        ? Remedy.write(call, signature.name())
        : Remedy.of("it is called " + signature, Edit.remove(new Span(given.get(given.indexOf(more) - 1).span().end(), more.span().end()))).perhaps();
    return problems.report(Code.L019, more.span(), "this argument is one too many", remedy);
  }

  /** @param callee what it is an argument of */
  public Optional<Object> value(String callee, Argument argument, Argument.Type type, Expression expression) {
    if (expression instanceof Expression.Word(Span _, String word) && type.words().contains(word)) {
      return Optional.of(word);
    }
    String of = "`" + argument.name() + "` of `" + callee + "` is " + type.what();
    boolean wordAlone = type == Argument.Type.INTERPOLATION || type == Argument.Type.OVER || type == Argument.Type.CHANNELS || type == Argument.Type.WORDS || type == Argument.Type.MISSING
        || type == Argument.Type.STRETCH || type == Argument.Type.LANGUAGE || type == Argument.Type.START;
    if (wordAlone && expression instanceof Expression.Word(Span _, String word)) {
      return problems.report(Code.L011, expression.span(), of + ", not `" + word + "`", Suggestions.remedy(expression.span(), word, type.words()));
    }
    Meant meant = new Meant(formulas, problems);
    if (type == Argument.Type.MEASURE) {
      Optional<String> name = expression.dotted();
      String text = expression instanceof Expression.Text(Span _, String quoted) ? quoted : name.orElse("");
      Remedy remedy = Meant.measure(expression.span(), text);
      return name.flatMap(Measure::named).isPresent()
          ? name.map(n -> n)
          : problems.report(Code.L011, expression.span(), of, remedy.isEmpty() ? Remedy.say("for example val.loss or accuracy") : remedy);
    }
    Remedy word = meant.word(type, expression);
    if (!word.isEmpty()) {
      return problems.report(Code.L011, expression.span(), of + ", not `" + problems.source().text(expression.span()) + "`", word);
    }
    if (type == Argument.Type.INITIALIZATION) {
      return new Initializations(formulas, problems).of(expression).map(i -> i);
    }
    if (type == Argument.Type.CUT) {
      return cut(of, expression);
    }
    if (type == Argument.Type.FEATURES) {
      return new SoundFeatures(formulas, problems).of(expression).map(f -> f);
    }
    boolean column = type == Argument.Type.COLUMN || type == Argument.Type.COLUMNS || type == Argument.Type.NAMES;
    Optional<Constant> constant = formulas.constant(column ? columnNames(expression) : expression);
    Optional<Object> value = constant.flatMap(c -> converted(type, c));
    return constant.isEmpty() || value.isPresent()
        ? value
        : problems.report(Code.L011, expression.span(), of + ", not " + constant.get(), meant.value(type, expression, constant.get()));
  }

  /** What texts are cut by, if it is no word. */
  private Optional<Object> cut(String of, Expression expression) {
    if (expression instanceof Expression.Call && Call.of(expression).name().equals(SettingCalls.BPE.name())) {
      return bind(SettingCalls.BPE, Call.of(expression)).map(a -> "bpe " + a.integer("size"));
    }
    if (expression instanceof Expression.Word(Span _, String word) && formulas.definition(word).isEmpty()) {
      List<String> words = new ArrayList<>(Argument.Type.CUT.words());
      words.add("bpe(1_000)");
      return problems.report(Code.L011, expression.span(), of + ", not `" + word + "`", Suggestions.remedy(expression.span(), word, words));
    }
    return formulas.constant(expression).flatMap(c -> c instanceof Constant.Text(String name)
        ? Optional.of("file " + name)
        : problems.report(Code.L011, expression.span(), of + ", not " + c, ""));
  }

  private static Optional<Object> converted(Argument.Type type, Constant value) {
    return switch (type) {
      case INTEGER -> whole(value).map(v -> v);
      case SIDES, PADDING, WINDOW -> value instanceof Constant.Dims(List<Integer> two) && two.size() == 2 ? Optional.of(two) : whole(value).map(v -> v);
      case COLUMN -> column(value).map(v -> v);
      case COLUMNS -> columns(value).map(v -> v);
      case NAMES -> columns(value).filter(_ -> texts(value)).map(v -> v);
      case MISSING -> value instanceof Constant.Num(double v) && Double.isFinite((float) v) ? Optional.of(v) : Optional.empty();
      case NUMBER -> value instanceof Constant.Num(double v) && Double.isFinite(v) ? Optional.of(v) : Optional.empty();
      case FLAG -> value instanceof Constant.Flag(boolean v) ? Optional.of(v) : Optional.empty();
      case SHAPE -> InputShape.dims(value).map(v -> v);
      case INTERPOLATION, OVER, CHANNELS, WORDS, STRETCH, LANGUAGE, START -> Optional.empty();
      case TEXT -> value instanceof Constant.Text(String v) ? Optional.of(v) : Optional.empty();
      case NUMBERS -> value instanceof Constant.Items(List<Constant> items) && items.stream().allMatch(Constant.Num.class::isInstance)
          ? Optional.of(items.stream().map(i -> ((Constant.Num) i).value()).toList())
          : Optional.empty();
      case MEASURE, INITIALIZATION, VALUE, CUT, FEATURES -> Optional.empty();
    };
  }

  /** Words that stand for no text or number of the script are names of columns. */
  private Expression columnNames(Expression expression) {
    return switch (expression) {
      case Expression.Word(Span span, String word) when !isValue(word) -> new Expression.Text(span, word);
      case Expression.Items(Span span, List<Expression> items) -> new Expression.Items(span, items.stream().map(this::columnNames).toList());
      default -> expression;
    };
  }

  private boolean isValue(String word) {
    return formulas.definition(word).filter(d -> d instanceof Definition.Value(Known(Constant c))
        && (c instanceof Constant.Text || c instanceof Constant.Num || c instanceof Constant.Items)).isPresent();
  }

  private static Optional<String> column(Constant value) {
    return value instanceof Constant.Text(String v) ? Optional.of(v) : value instanceof Constant.Num n && n.isWhole() && Math.abs(n.value()) <= Integer.MAX_VALUE ? Optional.of(n.toString()) : Optional.empty();
  }

  private static Optional<List<String>> columns(Constant value) {
    List<Constant> items = value instanceof Constant.Items(List<Constant> several) ? several : List.of(value);
    List<String> columns = items.stream().flatMap(i -> column(i).stream()).toList();
    return columns.isEmpty() || columns.size() < items.size() ? Optional.empty() : Optional.of(columns);
  }

  private static boolean texts(Constant value) {
    return value instanceof Constant.Text || value instanceof Constant.Items(List<Constant> items) && items.stream().allMatch(Constant.Text.class::isInstance);
  }

  /** The number that an expression is; nothing is reported. */
  public static Optional<Constant> number(Formulas formulas, Expression expression) {
    return expression instanceof Expression.Number || expression instanceof Expression.Unary || expression instanceof Expression.Binary
        ? formulas.constant(expression).filter(Constant.Num.class::isInstance)
        : Optional.empty();
  }

  public static Optional<Integer> whole(Constant value) {
    return value instanceof Constant.Num n && n.isWhole() && n.value() >= 0 && n.value() <= Integer.MAX_VALUE
        ? Optional.of((int) n.value())
        : Optional.empty();
  }
}
