package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Fit;
import dev.lanewise.dsl.meaning.Part;
import dev.lanewise.dsl.meaning.Scored;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Formula.Kind;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.scope.Formula.Known;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.verb.test.TestVerb;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Withstood;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands behind a dot: parts of scores, what a training came to, parameters of networks. */
record Members(Formulas formulas, Problems problems) {
  private static final String FOLDS = "folds.";
  private static final String LEAST = "least";
  private static final List<String> EXTREMES = List.of(LEAST, "most");
  private static final String CLASSES = "classes";
  private static final String KINDS = "kinds";
  private static final List<String> USES = List.of("train", "val", "test");

  Optional<Formula> formula(Expression.Member m) {
    Optional<CheckedData> data = dataOf(m);
    if (data.isPresent()) {
      return count(m, data.get());
    }
    Optional<PartOfRun> run = runOf(m);
    if (run.isPresent()) {
      return ofRun(m, run.get().run, run.get().what);
    }
    Optional<Part> part = formulas.lookups().part(m);
    Optional<CheckedData> examples = formulas.lookups().dataNamed(m.of().dotted().orElse(""));
    return part.isPresent() ? parameter(m, part.get()) : examples.isPresent() && !USES.contains(m.name().text()) ? partOf(m, examples.get()) : score(m);
  }

  /** {@code ratings.user} is no value, as {@code ratings.user.kinds} is. */
  private Optional<Formula> partOf(Expression.Member m, CheckedData data) {
    Optional<Field> field = data.field(m.name().text());
    return field.isEmpty()
        ? formulas.unknown(m.name().span(), "part", m.name().text(), data.fields().stream().map(Field::name).toList())
        : problems.report(
            Code.L021, m.span(), "`" + field.get().name() + "` is a part of the examples of " + data.name() + ", but a value is needed here",
            field.get().isWhole() ? "how many there are is " + data.name() + "." + field.get().name() + "." + KINDS : "");
  }

  /** {@code digits.test.item(7).accuracy} is nothing, {@code test(Net, digits).accuracy} a number. */
  private Optional<Formula> score(Expression.Member m) {
    Optional<Measure.Kind> kind = Measure.kind(m.name().text());
    Optional<Formula> of = formulas.formula(m.of());
    if (of.isEmpty()) {
      return Optional.empty();
    }
    if (of.get().kind() == Kind.LIST && EXTREMES.contains(m.name().text())) {
      return Optional.of(new Formula.Extreme(of.get(), m.name().text().equals(LEAST)));
    }
    if (of.get().kind() != Kind.SCORE) {
      return problems.report(Code.L023, m.span(), "this has no part `" + m.name().text() + "`", "");
    }
    Optional<CheckedData> data = of.get().scored().map(Scored::data);
    Optional<Field> part = data.flatMap(d -> d.field(m.name().text())).or(() -> of.get().scored().flatMap(s -> learned(s, m.name().text())));
    if (kind.isEmpty() && part.isPresent()) {
      return Optional.of(new Formula.OfHead(m.span(), of.get(), part.get()));
    }
    if (kind.isPresent() && kind.get() == Measure.Kind.MAP50) {
      return found(m, of.get());
    }
    if (kind.isPresent() && of.get() instanceof Formula.OfHead(var _, var _, Field head) && !kind.get().suits(new Target(head.shape(), head.bound()))) {
      return problems.report(
          Code.L023, m.span(), Fit.unsuited(kind.get(), new Target(head.shape(), head.bound()), "`" + head.name() + "` has"), "ask for its loss");
    }
    if (kind.isPresent() && data.isPresent() && !kind.get().suits(data.get().target())) {
      return problems.report(
          Code.L023, m.span(), Fit.unsuited(kind.get(), data.get().target(), "the examples of " + data.get().name() + " have"), "ask for its loss");
    }
    return kind.isPresent()
        ? Optional.of(new Formula.Part(m.span(), of.get(), kind.get()))
        : otherName(m).isPresent()
        ? problems.report(Code.L006, m.name().span(), "unknown part `" + m.name().text() + "`", Remedy.mean(m.name().span(), otherName(m).get().toString()))
        : formulas.unknown(m.name().span(), "part", m.name().text(), Arrays.stream(Measure.Kind.values()).map(Measure.Kind::toString).toList());
  }

  /** What is counted, where a member has another name of it. */
  private static Optional<Measure.Kind> otherName(Expression.Member m) {
    return Measure.kind(Meant.metric(m.name().text().toLowerCase(Locale.ROOT)));
  }

  /** What a head learns that is called as no part of the examples: what is to be learned if nothing else is said. */
  private static Optional<Field> learned(Scored scored, String head) {
    Field target = scored.data().fields().get(Dataset.TARGET);
    return scored.net().heads().stream().anyMatch(h -> h.name().equals(head)) ? Optional.of(new Field(head, target.shape(), target.bound())) : Optional.empty();
  }

  /** {@code test(Net, scenes).map50}: of classes and boxes together. */
  private Optional<Formula> found(Expression.Member m, Formula of) {
    if (of instanceof Formula.OfHead head) {
      return problems.report(
          Code.L095, m.span(), "`map50` is told of `class` and `box` together, not of `" + head.part().name() + "` alone", "leave out ." + head.part().name());
    }
    Scored scored = of.scored().orElseThrow();
    return new Fit(problems).finds(m.span(), scored.net(), scored.data()) ? Optional.of(new Formula.Part(m.span(), of, Measure.Kind.MAP50)) : Optional.empty();
  }

  /** The data whose examples are counted so: {@code digits} of {@code digits.classes}, {@code ratings} of {@code ratings.user.kinds}. */
  private Optional<CheckedData> dataOf(Expression.Member m) {
    String what = m.name().text();
    Expression of = what.equals(KINDS) && m.of() instanceof Expression.Member part ? part.of() : m.of();
    return what.equals(KINDS) && of != m.of() || what.equals(CLASSES) ? formulas.lookups().dataNamed(of.dotted().orElse("")) : Optional.empty();
  }

  private Optional<Formula> count(Expression.Member m, CheckedData data) {
    boolean kinds = m.name().text().equals(KINDS);
    Optional<Field> field = Optional.of(data.fields().get(Dataset.TARGET));
    if (kinds && m.of() instanceof Expression.Member part) {
      field = data.field(part.name().text());
      if (field.isEmpty()) {
        return formulas.unknown(part.name().span(), "part", part.name().text(), data.fields().stream().map(Field::name).toList());
      }
    }
    return field.get().isWhole()
        ? Optional.of(new Known(new Constant.Num(field.get().bound())))
        : problems.report(
            Code.L023, m.span(), kinds ? "`" + field.get().name() + "` of " + data.name() + " is numbers, " + field.get().kind() + ", and not one of some kinds"
                : "the examples of " + data.name() + " have numbers to predict, and no classes", "");
  }

  /** A training and what of it is asked for: {@code base} and {@code val.loss}. */
  record PartOfRun(CheckedTrain run, String what) {}

  Optional<PartOfRun> runOf(Expression.Member m) {
    String name = m.dotted().orElse("");
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      if (formulas.definition(name.substring(0, dot)).orElse(null) instanceof Definition.Run(CheckedTrain run)) {
        return Optional.of(new PartOfRun(run, name.substring(dot + 1)));
      }
    }
    return Optional.empty();
  }

  /** {@code base.loss}, {@code base.val.accuracy}, {@code base.folds.accuracy}, {@code base.epochs}, {@code base.test}, {@code base.attacked}. */
  private Optional<Formula> ofRun(Expression.Member m, CheckedTrain run, String what) {
    if (what.equals("epochs")) {
      return Optional.of(new Formula.Epochs(run));
    }
    if (run.rival().isPresent() && !what.equals("loss")) {
      return formulas.unknown(m.name().span(), "part", what, List.of("epochs", "loss"));
    }
    if (what.equals("test")) {
      return Optional.of(new Formula.Do(m.span(), TestVerb.of(run), Optional.empty()));
    }
    if (what.startsWith("test.")) {
      return score(m);
    }
    if (Withstood.NAMES.contains(what)) {
      return run.settings().adversarial().isPresent()
          ? Optional.of(new Formula.OfAttack(m.span(), run, what))
          : problems.report(
              Code.L022, m.span(), "`" + what + "` is told of trainings that attack what they learn, and `" + run.name() + "` does not",
              "add adversarial = fgsm(0.1, start = random) to the training, or ask attack(" + run.net().name() + ", " + run.data().name() + ", pgd(0.1))");
    }
    boolean folds = what.startsWith(FOLDS);
    Optional<Measure> measure = folds ? Measure.kind(what.substring(FOLDS.length())).map(k -> new Measure(false, k)) : Measure.named(what);
    if (measure.isEmpty()) {
      return formulas.unknown(m.name().span(), "part", what, Stream.concat(
          Stream.of("epochs", "test", "val.loss", "folds.loss", "clean", "attacked"), Arrays.stream(Measure.Kind.values()).map(Measure.Kind::toString)).toList());
    }
    if (measure.get().kind() == Measure.Kind.MAP50) {
      if (!new Fit(problems).finds(m.span(), run.net(), run.data())) {
        return Optional.empty();
      }
    } else if (!measure.get().kind().suits(run.data().target())) {
      return problems.report(
          Code.L023, m.span(), Fit.unsuited(measure.get().kind(), run.data().target(), "the examples of " + run.data().name() + " have"), "ask for its loss");
    }
    return folds ? ofFolds(m, run, measure.get().kind()) : measured(m, run, measure.get());
  }

  private Optional<Formula> ofFolds(Expression.Member m, CheckedTrain run, Measure.Kind kind) {
    return run.folds() > 0
        ? Optional.of(new Formula.OfFolds(m.span(), run, kind))
        : problems.report(Code.L022, m.span(), "`" + run.name() + "` has no folds", "add folds = 5 to the training");
  }

  private Optional<Formula> measured(Expression.Member m, CheckedTrain run, Measure measure) {
    if (measure.validation() && !run.data().validates()) {
      return problems.report(
          Code.L022, m.span(), "`" + measure + "` needs examples to validate on, and the data has none",
          run.folds() > 0 ? Remedy.write(m.span(), run.name() + "." + FOLDS + measure.kind()) : Remedy.say("add split.val = 5_000 to the data"));
    }
    if (!measure.validation() && measure.kind().isOptional() && !run.settings().asks(measure.kind())) {
      return problems.report(
          Code.L022, m.span(), "`" + measure + "` of the training examples is counted only if it is asked for before",
          "add it to the metrics of the training: metrics = [" + measure + "]");
    }
    return Optional.of(new Formula.OfRun(m.span(), run, measure));
  }

  /** {@code Net.fc.weight}. */
  private Optional<Formula> parameter(Expression.Member m, Part part) {
    Map<String, Shape> shapes = part.net().parameterShapes();
    if (shapes.containsKey(part.name())) {
      return Optional.of(new Formula.Weights(part.net(), part.name(), shapes.get(part.name())));
    }
    List<String> own = shapes.keySet().stream().filter(p -> CheckedNet.isIn(part.name(), p)).toList();
    return own.isEmpty()
        ? formulas.unknown(m.span(), "part", part.name(), List.copyOf(shapes.keySet()))
        : problems.report(
            Code.L021, m.span(), "`" + part.name() + "` is a layer of a network, but a value is needed here",
            "its values are " + own.stream().limit(4).map(p -> part.net().name() + "." + p).collect(Collectors.joining(", ")));
  }
}
