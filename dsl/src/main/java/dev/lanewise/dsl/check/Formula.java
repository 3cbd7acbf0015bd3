package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.symbolic.Term;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An expression whose names are resolved. What needs a run is a node of its own. */
public sealed interface Formula {
  /** What kind of value it will have. */
  enum Kind {
    NUMBER,
    FLAG,
    OTHER,
    SCORE,
    NOTHING
  }

  Kind kind();

  record Known(Constant value) implements Formula {
    @Override
    public Kind kind() {
      return switch (value) {
        case Constant.Num _ -> Kind.NUMBER;
        case Constant.Flag _ -> Kind.FLAG;
        case Constant.Text _, Constant.Items _, Constant.Dims _ -> Kind.OTHER;
      };
    }
  }

  /** A name bound to a value that only a run knows. */
  record Stored(String name, Kind kind) implements Formula {}

  record Unary(Span span, Operator operator, Formula operand, Kind kind) implements Formula {}

  record Binary(Span span, Operator operator, Formula left, Formula right, Kind kind) implements Formula {}

  /** @param loss for a network that has not been trained; otherwise its own is used */
  record Test(Span span, CheckedNet net, CheckedData data, Computation loss) implements Formula {
    @Override
    public Kind kind() {
      return Kind.SCORE;
    }
  }

  /** {@code .accuracy}, {@code .loss} and their like. */
  record Part(Formula score, Measure.Kind kindOfScore) implements Formula {
    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }
  }

  /** What is there for what it does: it has no value. */
  sealed interface Effect extends Formula {
    @Override
    default Kind kind() {
      return Kind.NOTHING;
    }
  }

  record Save(Span span, CheckedNet net, String path) implements Effect {}

  record Load(Span span, CheckedNet net, String path) implements Effect {}

  /** Parameters that are in both, by their names. @param part of the source; empty for all of it */
  record Adopt(Span span, CheckedNet net, Source from, String part) implements Effect {
    /** From where. */
    public sealed interface Source {
      record Net(CheckedNet net) implements Source {}

      record File(String path) implements Source {}
    }
  }

  record Show(CheckedNet net) implements Effect {}

  /** What a data set holds: examples of each part, and of each class. */
  record ShowData(CheckedData data) implements Effect {}

  /** A formula, as the language writes it. */
  record ShowFormula(String name, String text) implements Effect {}

  /** Gradients beside difference quotients, of a function. */
  record CheckFunction(String name, Term formula) implements Effect {}

  /** Gradients beside difference quotients, of a network. @param loss see {@link Test} */
  record CheckNet(CheckedNet net, Computation loss) implements Effect {}

  /** Gradients beside difference quotients, of a loss behind a layer. */
  record CheckLoss(String name, Computation loss) implements Effect {
    /** Outputs of that layer. */
    public static final int OUTPUTS = 5;
  }

  /** Which classes are taken for which. @param loss see {@link Test} */
  record ShowConfusion(CheckedNet net, CheckedData data, Computation loss) implements Effect {}

  /** What is there to be looked at, or drawn into a file. */
  sealed interface Drawn extends Effect {}

  /** A network as boxes and arrows, into a file. */
  record Draw(CheckedNet net, Target target) implements Drawn {}

  /** Where something drawn goes: to whoever looks, or into a file. */
  record Target(Span span, Optional<Path> file) {}

  /** Functions of a number, as curves. */
  record Plot(Map<String, Term> functions, double from, double to, Target target) implements Drawn {}

  /** The loss of trainings, epoch by epoch. */
  record PlotRuns(List<CheckedTrain> runs, Target target) implements Drawn {}

  /** What a network makes of the plane. @param loss see {@link Test} */
  record PlotBoundary(CheckedNet net, CheckedData data, Computation loss, Target target) implements Drawn {}

  /** Some examples, from one on. */
  record ShowExamples(CheckedData data, Part part, long first, long count, Target target) implements Drawn {
    /** Of data. */
    public enum Part {
      TRAIN,
      VAL,
      TEST;

      /** As the language writes it. */
      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /** What a network makes of some examples, beside what is right. @param loss see {@link Test} */
  record ShowPredictions(CheckedNet net, ShowExamples of, Computation loss) implements Drawn {}

  /** The weights of a layer, as pictures. */
  record ShowFilters(CheckedNet net, String layer, Target target) implements Drawn {}

  /** The examples that a network is most wrong about. @param loss see {@link Test} */
  record ShowMistakes(CheckedNet net, CheckedData data, Computation loss, int count, Target target) implements Drawn {}

  /** Everything about a training, as a page. */
  record Report(Span span, CheckedTrain run, Path path) implements Drawn {}

  /** How a training is compiled. @param loss see {@link Test} */
  record ShowPlan(CheckedNet net, View view, Computation loss) implements Effect {}

  /** What of a plan is shown: its stages with their kernels, what each pass did, or where values lie. */
  enum View {
    PLAN,
    PASSES,
    MEMORY
  }

  /** The kernels of one layer, forward and backward, as code. @param loss see {@link Test} */
  record ShowKernel(CheckedNet net, String layer, Computation loss) implements Effect {}

  /** Where the time of a training goes. @param loss see {@link Test} */
  record Profile(CheckedNet net, CheckedData data, Computation loss) implements Effect {}
}
