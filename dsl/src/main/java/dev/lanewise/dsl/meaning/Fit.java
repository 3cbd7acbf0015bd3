package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.score.Measure;

/** Whether networks, data and measures go together. What does not is reported. */
public record Fit(Problems problems) {
  /** Whether examples can be put into the network. */
  public boolean takes(Span span, CheckedNet net, CheckedData data) {
    long inputs = 1 + net.layers().stream().filter(l -> l.computation() instanceof Given).count();
    if (inputs > 1) {
      problems.report(
          Code.L025, span, net.name() + " takes " + inputs + " inputs, but the examples of " + data.name() + " have one",
          "no data with several inputs is known yet");
      return false;
    }
    if (!net.input().equals(data.origin().shape())) {
      problems.report(
          Code.L025, span, net.name() + " takes " + net.input() + ", but the examples of " + data.name() + " are " + data.origin().shape(),
          turned(net.input(), data) ? "write `channels = last` in " + data.name() : "write `input " + data.origin().shape() + "` in " + net.name());
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
    boolean fits = data.target().isClass() || outputs == target.size();
    if (!fits) {
      problems.report(
          Code.L016, span, net.name() + " has " + outputs + (outputs == 1 ? " output" : " outputs")
              + ", but the examples of " + data.name() + " have "
              + (target.size() == 1 ? "one number" : target.size() + " numbers") + " to predict",
          remedy(data, target));
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
    if (classes && kind.suits(Target.classes(2))) {
      return "`" + kind + "` needs two classes, but " + have + " " + target.classes();
    }
    String has = classes ? "classes" : target.shape().size() == 1 ? "one number to predict" : "numbers to predict";
    boolean numbers = kind.suits(Target.numbers(Shape.of(1)));
    String needs = kind.suits(Target.classes(2)) ? (kind.suits(Target.classes(3)) ? "classes" : "two classes") : numbers ? "numbers to predict" : "a mask to predict";
    return "`" + kind + "` needs " + needs + ", but " + have + " " + has;
  }
}
