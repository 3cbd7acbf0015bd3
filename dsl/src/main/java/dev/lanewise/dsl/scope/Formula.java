package dev.lanewise.dsl.scope;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Scored;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.tensor.Shape;
import java.nio.file.Path;
import java.util.Optional;

/** An expression whose names are resolved. What needs a run is a node of its own. */
public sealed interface Formula {
  /** What kind of value it will have. */
  enum Kind {
    NUMBER,
    FLAG,
    /** A list of numbers, or of such lists. */
    LIST,
    /** Texts, shapes, other lists. */
    OTHER,
    SCORE,
    /** Something was done or shown. */
    NOTHING
  }

  Kind kind();

  /** Whose score it is, if it is one. */
  default Optional<Scored> scored() {
    return Optional.empty();
  }

  record Known(Constant value) implements Formula {
    @Override
    public Kind kind() {
      return switch (value) {
        case Constant.Num _ -> Kind.NUMBER;
        case Constant.Flag _ -> Kind.FLAG;
        case Constant.Items items -> items.isNumbers() ? Kind.LIST : Kind.OTHER;
        case Constant.Text _, Constant.Dims _ -> Kind.OTHER;
      };
    }
  }

  /** A name bound to a value that only a run knows. */
  record Stored(String name, Kind kind, Optional<Shape> shape, Optional<Scored> scored) implements Formula {}

  record Unary(Span span, Operator operator, Formula operand, Kind kind) implements Formula {}

  record Binary(Span span, Operator operator, Formula left, Formula right, Kind kind) implements Formula {}

  /** {@code .accuracy}, {@code .loss} and their like. */
  record Part(Span span, Formula score, Measure.Kind kindOfScore) implements Formula {
    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }
  }

  /** The score of one head: {@code test(Net, scenes).box}. */
  record OfHead(Span span, Formula score, Field part) implements Formula {
    @Override
    public Kind kind() {
      return Kind.SCORE;
    }
  }

  /** What the last epoch of a training came to: {@code base.loss}, {@code base.val.accuracy}. */
  record OfRun(Span span, CheckedTrain run, Measure measure) implements Formula {
    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }
  }

  /** What a network withstands after the last epoch: {@code firm.attacked}, {@code firm.clean}. @param share which */
  record OfAttack(Span span, CheckedTrain run, String share) implements Formula {
    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }
  }

  /** {@code base.folds.accuracy}: the mean over the folds of a training. */
  record OfFolds(Span span, CheckedTrain run, Measure.Kind measure) implements Formula {
    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }
  }

  /** {@code base.epochs}: how many there were. */
  record Epochs(CheckedTrain run) implements Formula {
    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }
  }

  /** {@code Net.fc.weight}. */
  record Weights(CheckedNet net, String parameter, Shape of) implements Formula {
    @Override
    public Kind kind() {
      return Kind.LIST;
    }
  }

  /** {@code Net([0, 1])}: what a network makes of numbers. @param span of these */
  record Applied(CheckedNet net, Formula input, Span span) implements Formula {
    @Override
    public Kind kind() {
      return Kind.LIST;
    }
  }

  /** A function of a list: {@code softmax(Net([0, 1]))}. */
  record Computed(Computation function, Formula of, Kind kind) implements Formula {
    /** What comes of such a list, or number. */
    public Constant value(Constant list) {
      double[] x = list instanceof Constant.Items items ? items.numbers() : new double[] {((Constant.Num) list).value()};
      double[] result = Lowering.value(function, x);
      return kind == Kind.NUMBER ? new Constant.Num(result[0]) : Constant.Items.of(function.outputs().getFirst().shape().dims(), result);
    }
  }

  /** {@code shares(Cnn, G).least}: the smallest or the largest number of a list. */
  record Extreme(Formula list, boolean least) implements Formula {
    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }
  }

  /** A verb. @param file that what it shows is drawn into */
  record Do(Span span, Deed deed, Optional<Path> file) implements Formula {
    @Override
    public Kind kind() {
      return switch (deed.gives()) {
        case SCORE -> Kind.SCORE;
        case NUMBERS -> Kind.LIST;
        case EXHIBIT, NOTHING -> Kind.NOTHING;
      };
    }

    @Override
    public Optional<Scored> scored() {
      return deed.scored();
    }
  }

  /** How many numbers a list has, and how they lie. */
  default Optional<Shape> shape() {
    return switch (this) {
      case Known(Constant.Items items) -> items.shape();
      case Stored s -> s.shape;
      case Weights w -> Optional.of(w.of);
      case Applied a -> Optional.of(a.net.output());
      case Computed c -> c.kind == Kind.LIST ? Optional.of(c.function.outputs().getFirst().shape()) : Optional.empty();
      case Unary u -> u.operand.shape();
      case Binary b -> b.left.shape().or(b.right::shape);
      case Do d -> d.deed.shape();
      case Known _, Part _, OfHead _, OfRun _, OfAttack _, OfFolds _, Epochs _, Extreme _ -> Optional.empty();
    };
  }
}
