package dev.lanewise.dsl.verb;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Kind;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** What arguments of verbs can be, besides values: things that have a name, or that a call makes. */
public enum Thing implements Kind {
  /** A {@link dev.lanewise.dsl.meaning.CheckedNet}. */
  NET("a network"),
  /** A {@link dev.lanewise.dsl.meaning.Part}: {@code Net.conv1}. */
  PART("a layer of a network"),
  /** A {@link Weights}: {@code Net.conv1.weight}. */
  PARAMETER("a parameter of a network"),
  /** A {@link dev.lanewise.dsl.meaning.CheckedData}. */
  DATA("data"),
  /** {@link dev.lanewise.dsl.meaning.Examples}: {@code digits.test.item(7)}. */
  EXAMPLES("an example or batch"),
  /** All {@link dev.lanewise.dsl.meaning.Examples} of a part of data: {@code digits.test}. */
  SAMPLE("a part of data, such as digits.test"),
  /** A {@link dev.lanewise.dsl.meaning.CheckedTrain}. */
  RUN("a training run"),
  /** A {@link dev.lanewise.dsl.meaning.Curve}, of one number. */
  FUNCTION("a function"),
  /** A {@link Loss}, a {@code def} of an output and a label. */
  LOSS("a loss"),
  /** A {@link Written}: a {@code layer} or {@code block}, of a script or the prelude. */
  WRITTEN("a layer or block that is written in the language"),
  /** A layer or block with its arguments, in a {@link dev.lanewise.dsl.meaning.CheckedNet} to try it in. */
  LAYER("a layer"),
  /** A {@link dev.lanewise.runtime.optimize.Optimizer}: {@code sgd(0.1)}. */
  OPTIMIZER("an optimizer"),
  /** A {@link dev.lanewise.runtime.attack.Attack}: {@code fgsm(0.1)}. */
  ATTACK("an attack, such as fgsm(0.1)"),
  /** A {@link Deed} that shows something: {@code predict(Net, digits.test.item(7))}. */
  EXHIBIT("a call that shows something");

  private final String what;

  Thing(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }

  /** {@code to = "file.png"}: where what is shown is drawn into, in place of being shown. */
  public static Argument drawn(String... endings) {
    return Argument.optional("to", new Named(FileName.of(endings)), "", "a file to draw it into");
  }

  /** A parameter of a network, by its name there. */
  public record Weights(CheckedNet net, String name, Shape shape) {}

  /** A definition as it stands in its script. */
  public record Written(String name, String text) {}

  /** A loss, of so many outputs as it is tried with. */
  public record Loss(String name, Computation computation) {
    public static final int OUTPUTS = 5;
  }

  /** One of some words, such as {@code plan}. It arrives as a String. */
  public record OneOf(List<String> words) implements Kind {
    public OneOf {
      words = List.copyOf(words);
    }

    public static OneOf of(String... words) {
      return new OneOf(List.of(words));
    }

    @Override
    public String what() {
      return "`" + String.join("`, `", words) + "`";
    }
  }

  /** A whole number, at least a least one. */
  public record Count(int least) implements Kind {
    public static final Count AT_LEAST_ONE = new Count(1);

    @Override
    public String what() {
      return "a whole number from " + least + " on";
    }
  }

  /** The name of a file with one of these endings; with none, any. It arrives as a Path. */
  public record FileName(List<String> endings) implements Kind {
    public FileName {
      endings = List.copyOf(endings);
    }

    public static FileName of(String... endings) {
      return new FileName(List.of(endings));
    }

    @Override
    public String what() {
      return endings.isEmpty() ? "a file name in quotes" : "a file name in quotes that ends in " + String.join(" or ", endings);
    }
  }

  /** The name of a file that weights are written to: with the ending of safetensors, or none. It arrives as a Path. */
  public record WeightsName() implements Kind {
    @Override
    public String what() {
      return "a file name in quotes that ends in .safetensors";
    }
  }

  /** The label of a layer of the network that another argument names. It arrives as a String. */
  public record LayerOf(String net) implements Kind {
    @Override
    public String what() {
      return "a layer";
    }
  }

  /** One of the classes that a network tells apart. It arrives as a String. */
  public record ClassName() implements Kind {
    @Override
    public String what() {
      return "a class, by its name or number";
    }
  }

  /** Given by its name alone, as {@code to} is. */
  public record Named(Kind kind) implements Kind {
    @Override
    public String what() {
      return kind.what();
    }

    @Override
    public List<String> words() {
      return kind.words();
    }

    @Override
    public boolean isNamed() {
      return true;
    }
  }

  /** Several in brackets, or one without them; they arrive as a list. @param what they are */
  public record ListOf(Kind each, String what) implements Kind {}

  /** One or more in a row; they arrive as a list. Only the first argument of a signature can be so. */
  public record Many(Kind each) implements Kind {
    @Override
    public String what() {
      return each.what();
    }
  }
}
