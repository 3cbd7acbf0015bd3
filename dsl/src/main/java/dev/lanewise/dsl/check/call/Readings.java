package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Elementary;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.Lookups;
import dev.lanewise.dsl.check.expression.Meant;
import dev.lanewise.dsl.check.network.Probe;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Curve;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Place;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.word.ExampleCalls;
import dev.lanewise.dsl.word.Verbs;
import dev.lanewise.runtime.attack.Attacks;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Kind;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads an expression as what a kind of argument wants: first whether it could be that, then what it is. */
public record Readings(Formulas formulas, Problems problems) {
  private Lookups lookups() {
    return formulas.lookups();
  }

  /** To try layers in. */
  private Probe probe() {
    return new Probe(formulas.scope(), problems);
  }

  /** What prints itself when it stands alone: a thing that {@code show} shows. */
  public boolean isShown(Expression expression) {
    return !lookups().isFaulty(expression) && !formulas.isOfRun(expression)
        && Stream.of(Thing.NET, Thing.DATA, Thing.RUN, Thing.FUNCTION, Thing.WRITTEN, Thing.PART, Thing.EXAMPLES).anyMatch(t -> isThing(t, expression));
  }

  /**
   * Whether an expression looks as if it were of a kind. Nothing is reported. What is unknown, or has a mistake in it, could be
   * anything: whoever reads it tells.
   *
   * @param others what stands in other arguments, by their names
   */
  boolean could(Kind kind, Expression e, Map<String, Expression> others) {
    Optional<String> name = e.dotted();
    boolean unclear = name.isPresent() && !formulas.knows(name.get()) && lookups().partOf(name.get()).isEmpty() && !probe().isStep(e);
    return switch (kind) {
      case Thing.Named(Kind of) -> could(of, e, others);
      case Thing.Many(Kind of) -> could(of, e, others);
      case Thing.ListOf(Kind each, String _) -> items(e).stream().allMatch(i -> could(each, i, others));
      case Thing.OneOf(List<String> words) -> name.filter(words::contains).isPresent();
      case Thing.LayerOf _ -> name.isPresent();
      case Thing.FileName _, Thing.WeightsName _ -> meant().isFileName(e) || isValue(e) && !isNumber(e) && !(e instanceof Expression.Items);
      case Thing.Count _ -> isValue(e) && !isText(e);
      case Thing.OPTIMIZER, Thing.ATTACK -> isCalled(e);
      case Thing.ClassName _ -> true;
      case Thing t -> unclear && t != Thing.EXAMPLES && t != Thing.EXHIBIT && t != Thing.PART && t != Thing.PARAMETER || isThing(t, e);
      case Argument.Type t -> name.filter(t.words()::contains).isPresent() || t == Argument.Type.MEASURE || isValue(e) && (t == Argument.Type.TEXT ? !isNumber(e) : !isText(e));
      default -> throw new IllegalStateException("no such kind: " + kind);
    };
  }

  /** Whether an expression is one of the things that have names, or that calls make. */
  public boolean isThing(Thing thing, Expression e) {
    Definition definition = e.dotted().flatMap(formulas::definition).orElse(null);
    if (definition instanceof Definition.Faulty) {
      return true;
    }
    return switch (thing) {
      case NET -> definition instanceof Definition.Net;
      case DATA -> definition instanceof Definition.Data;
      case RUN -> definition instanceof Definition.Run;
      case FUNCTION -> definition == null ? isElementary(e) : definition instanceof Definition.Function(var f) && !LossCalls.isLoss(f);
      case LOSS -> definition instanceof Definition.Function(var f) && LossCalls.isLoss(f);
      case LAYER -> probe().isStep(e);
      case ATTACK -> Attacks.named(Call.of(e).name()).isPresent();
      case WRITTEN -> definition instanceof Definition.Layer || definition instanceof Definition.Block;
      case PARAMETER -> lookups().part(e).filter(p -> p.net().parameterShapes().containsKey(p.name())).isPresent();
      case PART -> lookups().part(e).filter(p -> !p.net().parameterShapes().containsKey(p.name())).isPresent();
      case EXAMPLES -> e instanceof Expression.Call c && isExamples(c);
      case OPTIMIZER -> Optimizers.named(Call.of(e).name()).isPresent();
      case SAMPLE -> sample(e).isPresent();
      case EXHIBIT -> e instanceof Expression.Call c && c.callee().dotted().filter(n -> formulas.isVerb(n)).isPresent();
    };
  }

  /** A word with or without arguments that stands for nothing else: what is not known could be an optimizer, too. */
  private boolean isCalled(Expression e) {
    String name = Call.of(e).name();
    return !name.isEmpty() && !name.contains(".") && !formulas.knows(name) && !formulas.isVerb(name) || isThing(Thing.OPTIMIZER, e) || isThing(Thing.ATTACK, e);
  }

  private boolean isElementary(Expression e) {
    return e.dotted().filter(Elementary.FORMULAS::containsKey).isPresent();
  }

  /** {@code digits.test.item(7)}. */
  private static boolean isExamples(Expression.Call c) {
    return c.callee() instanceof Expression.Member(Span _, Expression.Member(Span _, Expression _, var part), var what)
        && (Examples.Part.named(part.text()).isPresent() && List.of("item", "batch").contains(what.text()));
  }

  /** {@code digits.test}; of data by itself the examples to test on. */
  private Optional<Examples> sample(Expression e) {
    String name = e.dotted().orElse("");
    int dot = name.lastIndexOf('.');
    Optional<Examples.Part> part = Examples.Part.named(name.substring(dot + 1)).filter(_ -> dot > 0);
    String data = part.isPresent() ? name.substring(0, dot) : name;
    return formulas.definition(data).filter(Definition.Data.class::isInstance)
        .map(d -> new Examples(((Definition.Data) d).data(), part.orElse(Examples.Part.TEST), 0, Integer.MAX_VALUE));
  }

  private boolean isText(Expression e) {
    return known(e) instanceof Constant.Text;
  }

  private boolean isNumber(Expression e) {
    return known(e) instanceof Constant.Num || e instanceof Expression.Unary || e instanceof Expression.Binary;
  }

  /** What an expression is at first sight; otherwise null. */
  private Constant known(Expression e) {
    return switch (e) {
      case Expression.Text(Span _, String text) -> new Constant.Text(text);
      case Expression.Number(Span _, double number) -> new Constant.Num(number);
      default -> e.dotted().flatMap(formulas::definition).orElse(null) instanceof Definition.Value(Formula.Known(Constant value)) ? value : null;
    };
  }

  private boolean isValue(Expression e) {
    return e.dotted().isEmpty()
        ? !(e instanceof Expression.Call c && (isExamples(c) || c.callee().dotted().filter(n -> formulas.isVerb(n)).isPresent()))
        : e.dotted().flatMap(formulas::definition).filter(d -> d instanceof Definition.Value || d instanceof Definition.Faulty).isPresent()
            || formulas.isLocal(e.dotted().get());
  }

  /** Whether it can be told what an argument is: of a layer only together with its network. */
  static boolean isReadable(Kind kind, Map<String, Expression> others) {
    return switch (kind) {
      case Thing.Named(Kind of) -> isReadable(of, others);
      case Thing.Many(Kind of) -> isReadable(of, others);
      case Thing.ListOf(Kind each, String _) -> isReadable(each, others);
      case Thing.LayerOf(String net) -> others.containsKey(net);
      default -> true;
    };
  }

  /**
   * What an argument is.
   *
   * @param verb that it is an argument of
   * @param others what stands in other arguments, by their names
   */
  Optional<Object> read(String verb, Argument argument, Kind kind, Expression e, Map<String, Expression> others) {
    return switch (kind) {
      case Thing.Named(Kind of) -> read(verb, argument, of, e, others);
      case Thing.Many(Kind of) -> read(verb, argument, of, e, others);
      case Thing.ListOf(Kind each, String _) -> {
        List<Optional<Object>> all = items(e).stream().map(i -> read(verb, argument, each, i, others)).toList();
        yield all.stream().allMatch(Optional::isPresent) ? Optional.of(all.stream().map(Optional::get).toList()) : Optional.empty();
      }
      case Thing.OneOf(List<String> words) -> e.dotted().filter(words::contains).<Object>map(w -> w)
          .or(() -> wrong(verb, argument, kind, e, e.dotted().map(w -> Suggestions.remedy(e.span(), w, words)).orElse(Remedy.NONE)));
      case Thing.LayerOf(String net) -> layer(e, others.get(net)).map(l -> l);
      case Thing.FileName(List<String> endings) -> file(verb, e, endings).map(p -> p);
      case Thing.ClassName _ -> className(argument, e);
      case Thing.WeightsName _ -> weights(verb, e).map(p -> p);
      case Thing.Count(int least) -> formulas.constant(e).flatMap(v -> v instanceof Constant.Num n && n.isWhole() && n.value() >= least && n.value() <= Integer.MAX_VALUE
          ? Optional.<Object>of((int) n.value())
          : problems.report(Code.L011, e.span(), "this is " + kind.what() + ", not " + v, meant().value(Argument.Type.INTEGER, e, v)));
      case Thing t -> thing(verb, t, e);
      case Argument.Type t -> new Calls(formulas, problems).value(verb, argument, t, e);
      default -> throw new IllegalStateException("no such kind: " + kind);
    };
  }

  /** What stands in brackets; what stands alone is one. */
  private static List<Expression> items(Expression e) {
    return e instanceof Expression.Items i ? i.items() : List.of(e);
  }

  private <T> Optional<T> wrong(String verb, Argument argument, Kind kind, Expression e, Remedy remedy) {
    String found = e.dotted().map(n -> "`" + n + "`").orElse("this");
    return problems.report(
        Code.L073, e.span(), "`" + argument.name() + "` of `" + verb + "` is " + kind.what() + ", not " + found, remedy);
  }

  private Optional<Object> thing(String verb, Thing thing, Expression e) {
    return switch (thing) {
      case NET -> lookups().net(e).map(n -> n);
      case DATA -> lookups().data(e).map(d -> d);
      case RUN -> lookups().run(e).<Object>map(r -> r).or(() -> notA(verb, thing, e));
      case FUNCTION -> function(verb, e).map(f -> f);
      case LOSS -> lookups().function(e).flatMap(f -> loss(f, e.span())).map(l -> l);
      case LAYER -> probe().net(e).map(n -> n);
      case ATTACK -> new AttackCalls(formulas, problems).of(e).map(a -> a);
      case WRITTEN -> written(e).<Object>map(w -> w).or(() -> notA(verb, thing, e));
      case PART -> lookups().part(e).<Object>map(p -> p).or(() -> notA(verb, thing, e));
      case PARAMETER -> lookups().part(e)
          .map(p -> new Thing.Weights(p.net(), p.name(), p.net().parameterShapes().get(p.name())));
      case OPTIMIZER -> new OptimizerCalls(formulas, problems).optimizer(Call.of(e)).map(o -> o);
      case EXAMPLES -> e instanceof Expression.Call c && isExamples(c) ? examples(c).map(x -> x) : notA(verb, thing, e);
      case SAMPLE -> sample(e).<Object>map(x -> x).or(() -> notA(verb, thing, e));
      case EXHIBIT -> isShown(e) ? problems.report(
          Code.L073, e.span(), "`" + verb + "` shows what calls show, and this is no call", Remedy.write(e.span(), "show(" + problems.source().text(e.span()) + ")"))
          : formulas.formula(e).flatMap(f -> f instanceof Formula.Do(var _, Deed deed, var _) && deed.exhibit().isPresent()
          ? Optional.<Object>of(deed.exhibit().get())
          : problems.report(Code.L073, e.span(), "this cannot be shown", "show(Net), show(Net.conv1), show(digits.train.item(7)) or show(digits.test.batch(0))"));
    };
  }

  private <T> Optional<T> notA(String verb, Thing thing, Expression e) {
    Optional<Definition> definition = e.dotted().flatMap(formulas::definition);
    if (definition.isPresent() && definition.get() instanceof Definition.Faulty) {
      return Optional.empty();
    }
    if (e.dotted().isPresent() && !formulas.knows(e.dotted().get())) {
      return formulas.unknown(e.span(), "name", e.dotted().get());
    }
    String found = definition.map(Definition::what).orElse("none");
    return problems.report(
        Code.L021, e.span(), (e.dotted().map(n -> "`" + n + "` is ").orElse("this is ")) + found + ", but " + thing.what() + " is needed here",
        example(thing, verb));
  }

  private Optional<Thing.Written> written(Expression e) {
    return e.dotted().flatMap(formulas.scope()::find).flatMap(b -> switch (b.definition()) {
      case Definition.Layer(var l) -> Optional.of(new Thing.Written(l.name().text(), b.source().text(l.span())));
      case Definition.Block(var l) -> Optional.of(new Thing.Written(l.name().text(), b.source().text(l.span())));
      default -> Optional.empty();
    });
  }

  private static String example(Thing thing, String verb) {
    return Verbs.named(verb).stream()
        .filter(v -> v.signature().arguments().stream().anyMatch(a -> a.type() == thing || a.type() instanceof Thing.Many(Kind k) && k == thing))
        .findFirst().map(v -> "for example " + v.example()).orElse("");
  }

  private Optional<Curve> function(String verb, Expression e) {
    Optional<Statement.Function> function = lookups().function(e);
    if (function.isPresent()) {
      String x = function.get().parameters().isEmpty() ? "x" : function.get().parameters().getFirst().name().text();
      return lookups().term(function.get(), e.span()).map(t -> new Curve(function.get().name().text(), x, t, t));
    }
    return isElementary(e)
        ? Optional.of(Elementary.curve(e.dotted().orElseThrow()))
        : notA(verb, Thing.FUNCTION, e);
  }

  private Optional<Thing.Loss> loss(Statement.Function function, Span at) {
    String name = function.name().text();
    return new LossCalls(formulas, problems)
        .bind(name, List.of(), at, at, Shape.of(Thing.Loss.OUTPUTS), Target.classes(Thing.Loss.OUTPUTS))
        .map(l -> new Thing.Loss(name, l));
  }

  private Optional<String> layer(Expression e, Expression net) {
    Optional<CheckedNet> of = lookups().net(net);
    List<String> layers = of.map(n -> n.layers().stream().map(CheckedNet.Layer::name).toList()).orElse(List.of());
    String word = e.dotted().orElse("");
    return of.isEmpty() || layers.contains(word)
        ? of.map(_ -> word)
        : problems.report(Code.L006, e.span(), "unknown layer `" + word + "`", Suggestions.remedy(e.span(), word, layers));
  }

  /** Both count from 0. */
  private Optional<Examples> examples(Expression.Call c) {
    if (!(c.callee() instanceof Expression.Member(Span _, Expression.Member(Span _, Expression of, var part), var what))) {
      throw new IllegalStateException("no examples: " + c);
    }
    boolean item = what.text().equals("item");
    Optional<CheckedData> data = lookups().data(of);
    Optional<Arguments> given = new Calls(formulas, problems).bind(item ? ExampleCalls.ITEM : ExampleCalls.BATCH, c.span(), c.arguments());
    if (data.isEmpty() || given.isEmpty()) {
      return Optional.empty();
    }
    long size = item ? 1 : given.get().integer("size");
    if (size < 1) {
      return problems.report(Code.L015, c.span(), "batch: size must be at least 1, not 0", "");
    }
    return Optional.of(new Examples(data.get(), Examples.Part.named(part.text()).orElseThrow(), given.get().integer("number") * size, size));
  }

  /** A word that is no name, a text, or a whole number. */
  private Optional<Object> className(Argument argument, Expression e) {
    if (e instanceof Expression.Word(Span _, String word) && formulas.definition(word).isEmpty()) {
      return Optional.of(word);
    }
    return formulas.constant(e).flatMap(v -> v instanceof Constant.Text(String text) ? Optional.of(text)
        : v instanceof Constant.Num n && n.isWhole() && n.value() >= 0 ? Optional.of(Long.toString((long) n.value()))
        : problems.report(Code.L011, e.span(), "`" + argument.name() + "` is " + argument.type().what() + ", not " + v, ""));
  }

  private Optional<Place> file(String verb, Expression e, List<String> endings) {
    if (meant().isFileName(e)) {
      return problems.report(Code.L077, e.span(), "`" + verb + "` needs a file name in quotes", meant().quoted(e.span()));
    }
    Optional<Constant> value = formulas.constant(e);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof Constant.Text(String text)) || !endings.isEmpty() && endings.stream().noneMatch(text::endsWith)) {
      String wanted = endings.isEmpty() ? "" : " that ends in " + String.join(" or ", endings);
      return problems.report(Code.L077, e.span(), "`" + verb + "` needs a file name in quotes" + wanted + ", not " + value.get(), ending(e, value.get(), endings));
    }
    return new FileNames(problems).place(text, e.span());
  }

  /** The same name with an ending that it may have; a word of a name has none at all. */
  private static Remedy ending(Expression e, Constant value, List<String> endings) {
    if (!(e instanceof Expression.Text && value instanceof Constant.Text(String name)) || endings.isEmpty() || name.isBlank()) {
      return Remedy.NONE;
    }
    Remedy remedy = Remedy.write(e.span(), '"' + name.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "") + endings.getFirst() + '"');
    return name.contains(".") ? remedy.perhaps() : remedy;
  }

  private Meant meant() {
    return new Meant(formulas, problems);
  }

  private Optional<Place> weights(String verb, Expression e) {
    Optional<Constant> value = meant().isFileName(e) ? Optional.empty() : formulas.constant(e);
    return value.isPresent() && value.get() instanceof Constant.Text(String text)
        ? new FileNames(problems).weights(verb, text, e.span())
        : file(verb, e, List.of());
  }
}
