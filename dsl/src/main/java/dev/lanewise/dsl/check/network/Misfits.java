package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What makes the shapes of a network fit, where one can tell: a {@code flatten} that is missing or stands too early, an input as the data has it. */
record Misfits(Building at) {
  private static final String FLATTEN = "flatten";
  private static final String DENSE = "dense";
  private static final Set<String> OF_IMAGES = Set.of("conv", "maxpool", "avgpool", "batchnorm", "upsample", "transposed_conv", "dropout2d", "pad", "crop", FLATTEN);
  /** Steps after which a value is no longer what came, in another order. */
  private static final Set<String> MAKING = Set.of(DENSE, "reshape", FLATTEN, "embed", "onehot", "add", "mul", "concat", "last", "transpose");
  private static final int[] COLOURS = {1, 3};
  private static final int LEAST_SIDE = 4;
  private static final String USUAL = "1x28x28";

  Remedy of(Step.Apply step, ShapeException e) {
    Remedy found = at.net.isInside() ? Remedy.NONE : switch (e.problem()) {
      case NEEDS_FLAT -> flat(step, e.remedy());
      case NEEDS_IMAGE -> at.net.shape().isFlat() ? image(step) : Remedy.NONE;
      case NEEDS_SEQUENCE -> rows(step, e.remedy());
      default -> Remedy.NONE;
    };
    return found.isEmpty() ? Remedy.say(e.remedy()) : found;
  }

  private Remedy flat(Step.Apply step, String words) {
    if (!words.startsWith("add `flatten`")) {
      return Remedy.NONE;
    }
    Remedy remedy = Remedy.of(words, edits().before(step.span(), FLATTEN));
    return at.net.shape().isImage() ? remedy : remedy.perhaps();
  }

  /** A picture, row by row. */
  private Remedy rows(Step.Apply step, String words) {
    Shape in = at.net.shape();
    return in.isImage() ? Remedy.of(words, edits().before(step.span(), "reshape(" + in.channels() + "x" + in.height() * in.width() + ")")).perhaps() : Remedy.NONE;
  }

  /** What was made flat too early, or came so. */
  private Remedy image(Step.Apply step) {
    int here = place(step);
    int from = IntStream.range(0, Math.max(0, here)).map(i -> here - 1 - i).filter(i -> isMaking(at.beside.get(i)) || at.beside.get(i) instanceof Step.Input).findFirst().orElse(-1);
    if (from < 0) {
      return Remedy.NONE;
    }
    if (at.beside.get(from) instanceof Step.Input input) {
      return shaped(input.shape()).map(s -> Remedy.of("write `input " + s + "`", new Edit(input.shape().span(), s))).orElse(Remedy.NONE);
    }
    if (!isCalled(at.beside.get(from), FLATTEN)) {
      return Remedy.NONE;
    }
    Optional<Step> flat = at.beside.stream().skip(here + 1).filter(s -> isCalled(s, DENSE)).findFirst();
    Edit later = flat.map(s -> edits().before(s.span(), FLATTEN)).orElseGet(() -> edits().after(at.beside.getLast().span(), FLATTEN));
    return Remedy.of("move `flatten` behind it", edits().remove(at.beside.get(from).span()), later);
  }

  /** A flat input as the image that it must be: {@code 1*28*28}, 784, 3072. */
  private Optional<String> shaped(Expression shape) {
    List<Integer> factors = factors(shape);
    if (factors.size() == 3) {
      return Optional.of(factors.get(0) + "x" + factors.get(1) + "x" + factors.get(2));
    }
    if (!(shape instanceof Expression.Number(Span _, double size))) {
      return Optional.empty();
    }
    for (int channels : COLOURS) {
      int side = (int) Math.round(Math.sqrt(size / channels));
      if (side >= LEAST_SIDE && (double) side * side * channels == size) {
        return Optional.of(channels + "x" + side + "x" + side);
      }
    }
    return Optional.empty();
  }

  /** The numbers of a product; none if it is something else. */
  private static List<Integer> factors(Expression product) {
    return switch (product) {
      case Expression.Number(Span _, double n) when n == Math.rint(n) && n > 0 -> List.of((int) n);
      case Expression.Binary(Span _, Operator operator, Expression left, Expression right) when operator == Operator.TIMES -> {
        List<Integer> a = factors(left), b = factors(right);
        yield a.isEmpty() || b.isEmpty() ? List.of() : java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
      }
      default -> List.of();
    };
  }

  /** The input that is not there, before the step that should not be the first. */
  Remedy start(Step.Apply step, String word) {
    Optional<CheckedData> data = at.scope.dataOf(at.name);
    boolean image = OF_IMAGES.contains(word);
    String kind = data.map(d -> d.fields().getFirst().kind()).orElse(USUAL);
    boolean flatten = word.equals(DENSE) && data.filter(d -> d.origin().shape().isImage()).isPresent();
    Remedy remedy = Remedy.of("add `input " + kind + "` before it", first(step, "input " + kind + (flatten ? " -> flatten" : "")));
    boolean begins = at.open.isEmpty() && place(step) == 0;
    return begins ? image || data.isPresent() ? remedy : remedy.perhaps() : Remedy.say(remedy.text());
  }

  /** Before the first step: on a line of its own, if that has one. */
  private Edit first(Step.Apply step, String written) {
    Source source = at.problems.source();
    int start = step.span().start();
    String line = source.text().substring(source.text().lastIndexOf('\n', start - 1) + 1, start);
    return line.isBlank() ? Edit.insert(start, written + "\n" + line) : Edit.insert(start, written + " -> ");
  }

  private int place(Step step) {
    return IntStream.range(0, at.beside.size()).filter(i -> plain(at.beside.get(i)) == step).findFirst().orElse(-1);
  }

  private static Step plain(Step step) {
    return step instanceof Step.Labelled l ? l.step() : step;
  }

  private boolean isMaking(Step step) {
    return !(plain(step) instanceof Step.Apply a) || a.body().isPresent() || MAKING.contains(a.callee().dotted().orElse("")) || at.scope.bound(a.callee().dotted().orElse("")).isPresent();
  }

  private static boolean isCalled(Step step, String word) {
    return step instanceof Step.Apply a && a.callee().dotted().filter(word::equals).isPresent();
  }

  private StepEdits edits() {
    return new StepEdits(at.problems.source());
  }
}
