package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.runtime.data.BoxGrid;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.score.Measure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether networks, data and measures go together. What does not is reported. */
public record Fit(Problems problems) {
  /** A shape in numbers. */
  private static final Pattern WRITTEN = Pattern.compile("input\\s+[0-9][0-9_xX*\\s]*");

  /** Whether examples can be put into the network. */
  public boolean takes(Span span, CheckedNet net, CheckedData data) {
    return net.inputs().stream().allMatch(input -> takes(span, net, data, input, false));
  }

  /** The same of the first examples that a network is given: if they do not fit, it is the network that is changed. */
  public boolean takesFirst(Span span, CheckedNet net, CheckedData data) {
    return net.inputs().stream().allMatch(input -> takes(span, net, data, input, true));
  }

  /** The same of all inputs but the first, which is given something else. */
  public boolean takesBeside(Span span, CheckedNet net, CheckedData data) {
    return net.inputs().stream().skip(1).allMatch(input -> takes(span, net, data, input, false));
  }

  /**
   * One of several inputs takes the part that is called as it is. If there is none, a single one takes the main part, and the first of several
   * takes it where it has no name of its own.
   */
  private boolean takes(Span span, CheckedNet net, CheckedData data, Field input, boolean first) {
    Optional<Field> named = input.name().isEmpty() ? Optional.empty() : data.field(input.name());
    boolean main = net.inputs().size() == 1 || input == net.inputs().getFirst() && data.fields().getFirst().name().equals(Field.INPUT);
    if (named.isEmpty() && !main && !input.name().isEmpty()) {
      List<String> parts = data.fields().stream().map(Field::name).toList();
      problems.report(
          Code.L094, span, net.name() + " takes " + input.name() + ", but the examples of " + data.name() + " have no such part",
          Remedy.say(Suggestions.nearest(input.name(), parts).map(k -> "did you mean `" + k + "`?").orElse("their parts are " + String.join(", ", parts))));
      return false;
    }
    Field part = named.orElse(data.fields().getFirst());
    if (!input.shape().equals(part.shape()) || input.bound() != part.bound() && (input.bound() < part.bound() || part.bound() == 0)) {
      boolean alone = net.inputs().size() == 1;
      String have = alone || named.isEmpty() ? "the examples of " + data.name() + " are " : "`" + input.name() + "` of " + data.name() + " is ";
      problems.report(
          Code.L025, span, net.name() + " takes " + input.kind() + (alone ? "" : " for " + input.name()) + ", but " + have + part.kind(),
          turned(input.shape(), data) ? Remedy.say("write `channels = last` in " + data.name()) : input(net, input, part, first));
      return false;
    }
    return true;
  }

  /** A network that takes what the examples are: a row of numbers is cut out of an image by {@code flatten}. */
  private Remedy input(CheckedNet net, Field input, Field part, boolean first) {
    String words = "write `input " + part.kind() + "` in " + net.name();
    boolean own = input == net.first() && net.at().source() == problems.source() && WRITTEN.matcher(net.at().text()).matches();
    boolean flatten = input.shape().isFlat() && part.shape().isImage() && !part.isWhole();
    if (!own || !first || input.isWhole() != part.isWhole()) {
      return Remedy.say(words);
    }
    Remedy remedy = Remedy.of(words, new Edit(net.at().span(), "input " + part.kind() + (flatten ? " -> flatten" : "")));
    return flatten || input.shape().size() == part.shape().size() || input.shape().rank() == part.shape().rank() || part.shape().isImage() ? remedy : remedy.perhaps();
  }

  /**
   * Whether pixels can be changed so that a network gives an image another class.
   *
   * @param what changes them, as a user calls it
   */
  public boolean isAttackable(Span span, String what, CheckedNet net, CheckedData data, Computation loss) {
    Field image = data.fields().getFirst();
    if (!image.shape().isImage() || image.isWhole()) {
      problems.report(
          Code.L118, span, "`" + what + "` changes pixels, but the examples of " + data.name() + " are " + image.kind(), "take images, of channels x height x width");
      return false;
    }
    if (!data.target().isClass() || data.hasParts() || net.inputs().size() > 1 || loss instanceof Objective || loss instanceof Comparison) {
      problems.report(
          Code.L119, span, "`" + what + "` needs images with one class each, which the network's own output tells", "take data with one class for each image, and one loss of it");
      return false;
    }
    return true;
  }

  /** Whether the examples would fit if their last axis were that of the channels. */
  private static boolean turned(Shape input, CheckedData data) {
    Shape shape = data.origin().shape();
    return isArray(data) && shape.isImage() && input.equals(Shape.of(shape.width(), shape.channels(), shape.height()));
  }

  /** Whether it is known what is right for the examples to test on. */
  public boolean isAnswered(Span span, CheckedNet net, CheckedData data) {
    if (!data.isAnswered()) {
      problems.report(
          Code.L016, span, "the file that " + data.name() + " tests on has no column of what is right",
          "predict(" + net.name() + ", " + data.name() + ", to = \"answers.csv\") writes what a network says of it");
    }
    return data.isAnswered();
  }

  /** Whether a network has as many outputs as there are numbers to predict. */
  public boolean predicts(Span span, CheckedNet net, CheckedData data) {
    Shape target = data.target().shape();
    int outputs = net.output().size();
    boolean learnt = net.heads().stream().anyMatch(h -> data.fields().size() > 2 && h.name().equals(data.fields().get(Dataset.TARGET).name()));
    if (data.target().isPlaces()) {
      return learnt || tellsPlacesApart(span, net, data);
    }
    boolean fits = data.target().isClass() || outputs == target.size() || learnt;
    if (!fits) {
      problems.report(
          Code.L016, span, net.name() + " has " + outputs + (outputs == 1 ? " output" : " outputs")
              + ", but the examples of " + data.name() + " have "
              + (target.size() == 1 ? "one number" : target.size() + " numbers") + " to predict",
          remedy(data, target));
    }
    return fits;
  }

  /** Whether a network tells what is in pictures, and where: a class and a box in each cell of a grid. */
  public boolean finds(Span span, CheckedNet net, CheckedData data) {
    Optional<BoxGrid> grid = data.rebuilds() ? Optional.empty() : BoxGrid.of(data.fields());
    if (grid.isEmpty()) {
      String parts = data.fields().stream().skip(1).map(f -> "`" + f.name() + "` " + f.kind()).collect(Collectors.joining(", "));
      problems.report(
          Code.L095, span, "`map50` needs a part `class`, a class in each cell of a grid, and a part `box`, four numbers in each; to be learned of " + data.name() + " is " + parts,
          "scenes() has both parts, and npz(…, y = [class, box]) reads them");
      return false;
    }
    int classes = grid.get().classes();
    return tells(span, net, data, grid.get().classField(), classes) && tells(span, net, data, grid.get().boxField(), BoxGrid.NUMBERS);
  }

  /** Whether an output has the name of a part; the network's own learns what is learned if nothing else is said. */
  private boolean tells(Span span, CheckedNet net, CheckedData data, int field, int channels) {
    Field part = data.fields().get(field);
    boolean own = field == Dataset.TARGET && net.output().size() == channels * part.shape().size() / (part.isWhole() ? 1 : channels);
    boolean tells = own || net.heads().stream().anyMatch(h -> h.name().equals(part.name()));
    if (!tells) {
      problems.report(
          Code.L095, span, "`map50` needs an output for `" + part.name() + "`, but " + net.name() + " has no head of this name",
          "add `head " + part.name() + " { conv(" + channels + ", 1) }` where the value is as high and wide as the grid");
    }
    return tells;
  }

  /** Whether a network has a score for each class at each place, or a number where there are two. */
  private boolean tellsPlacesApart(Span span, CheckedNet net, CheckedData data) {
    Target target = data.target();
    Shape output = net.output();
    boolean fits = target.classes() == 2 && output.equals(target.shape())
        || output.rank() == target.scores().rank() && output.channels() >= target.classes() && Target.ofScores(output).shape().equals(target.shape());
    if (!fits) {
      problems.report(
          Code.L084, span, net.name() + " gives " + output + ", but the examples of " + data.name() + " have a class at each place: " + target,
          "end the network with a channel for each class at each place, " + target.scores());
    }
    return fits;
  }

  private static String remedy(CheckedData data, Shape target) {
    if (isArray(data) && !data.rebuilds() && target.size() == 1) {
      return "end the network with dense(1); if they are classes, save them as whole numbers, y.astype(\"int64\")";
    }
    return target.isFlat() ? "end the network with dense(" + target.size() + ")"
        : "end the network with " + target + ", or with dense(" + target.size() + ")";
  }

  private static boolean isArray(CheckedData data) {
    return data.origin() instanceof CheckedData.Origin.Files(String source, var _) && (source.equals("npy") || source.equals("npz"));
  }

  /** Why a measure cannot be told. @param have the words before what the data has */
  public static String unsuited(Measure.Kind kind, Target target, String have) {
    boolean classes = Measure.Kind.ACCURACY.suits(target);
    boolean two = kind.suits(Target.classes(2)) && !kind.suits(Target.classes(3));
    if (two && target.isClass()) {
      return "`" + kind + "` needs two classes, but " + have + " " + target.classes();
    }
    String has = target.isPlaces() ? "a class at each place" : classes ? "classes" : target.shape().size() == 1 ? "one number to predict" : "numbers to predict";
    boolean numbers = kind.suits(Target.numbers(Shape.of(1)));
    String needs = kind.suits(Target.classes(2)) ? target.isPlaces() ? "one class for each example" : two ? "two classes" : "classes" : numbers ? "numbers to predict" : "a mask to predict";
    return "`" + kind + "` needs " + needs + ", but " + have + " " + has;
  }
}
