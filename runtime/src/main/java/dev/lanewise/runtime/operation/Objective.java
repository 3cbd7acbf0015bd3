package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * What a network is trained by where that is more than one loss of its output and the label: losses that read its outputs, and the parts of
 * an example, each with a factor. Their weighted sum is made small.
 *
 * <pre>{@code
 * // class = cross_entropy; box = 5 * huber, of a network with the heads `class` and `box`
 * new Objective(List.of(
 *     new Objective.Loss("class", 1, crossEntropy, true, List.of(Read.output(1), Read.TARGET)),
 *     new Objective.Loss("box", 5, huber, true, List.of(Read.output(2), Read.part("box")))), Objective.SUM)
 * }</pre>
 *
 * <p>A network that predicts numbers in a unit of their own is trained by what it gave before its last step brought that into the unit,
 * against the label with mean 0 and deviation 1. The loss in the unit is told alone. Of several losses each may be of an output with such a
 * step of its own: then what is told is their sum, as they are trained.
 *
 * @param told the place of the loss that is told, or {@link #SUM}
 */
public record Objective(List<Loss> losses, int told) implements Computation {
  /** What is told is the weighted sum of all. */
  public static final int SUM = -1;

  /**
   * One of several losses.
   *
   * @param name of the head, or of what is learned, by which it is told by itself; empty if it is not
   * @param factor by which it counts
   * @param isTrained otherwise it is told alone
   * @param reads what the computation's data inputs are
   */
  public record Loss(String name, double factor, Computation of, boolean isTrained, List<Read> reads) {
    public Loss {
      reads = List.copyOf(reads);
    }

    /** What it reads in the unit that it is told in. */
    public List<Read> told() {
      return reads.stream().map(Read::told).toList();
    }

    /** The number of the output that it compares with a part of an example, number by number; empty if it reads anything else. */
    public OptionalInt compared() {
      boolean pair = reads.size() == 2 && reads.stream().anyMatch(Read::isOfExample) && of.inputs().getFirst().shape().equals(of.inputs().getLast().shape());
      return pair ? reads.stream().filter(Read.Output.class::isInstance).mapToInt(r -> ((Read.Output) r).number()).findFirst() : OptionalInt.empty();
    }

    /** The same of what has mean 0 and deviation 1, by the layer of that name. */
    private Loss in(String unit, Predicate<Read> which) {
      return new Loss(name, factor, of, isTrained, reads.stream().map(r -> which.test(r) ? new Read.Standard(r, unit) : r).toList());
    }
  }

  /** What a loss reads. */
  public sealed interface Read {
    /** What is to be learned of an example. */
    Read TARGET = new Target();
    /** The main part of an example. */
    Read INPUT = new Input();

    static Read output(int number) {
      return new Output(number);
    }

    static Read part(String name) {
      return new Part(name);
    }

    /** What the network gives. @param number 0 for its own output, above that its further ones */
    record Output(int number) implements Read {}

    record Target() implements Read {}

    /**
     * The same with mean 0 and deviation 1: an output before the layer that brings it into its unit, or a part of an example.
     *
     * @param unit the layer's name; it has mean and deviation
     */
    record Standard(Read of, String unit) implements Read {}

    record Input() implements Read {}

    /** A part of an example by its name. */
    record Part(String name) implements Read {}

    /** The same in the unit that it is told in. */
    default Read told() {
      return this instanceof Standard(Read of, var _) ? of : this;
    }

    /** Whether it is what is to be learned, or another part. */
    default boolean isOfExample() {
      return this instanceof Target || this instanceof Part;
    }
  }

  public Objective {
    losses = List.copyOf(losses);
  }

  /** The loss of a network's own output, and those of its further outputs with a weight, all against the same label (auxiliary classifiers, Szegedy et al. 2015). */
  public static Objective deep(Computation main, List<Computation> heads, double weight) {
    List<Loss> losses = new ArrayList<>(List.of(new Loss("", 1, main, true, List.of(Read.output(0), Read.TARGET))));
    for (int i = 0; i < heads.size(); i++) {
      losses.add(new Loss("", weight, heads.get(i), true, List.of(Read.output(1 + i), Read.TARGET)));
    }
    return new Objective(losses, 0);
  }

  /** What a network is trained by that ends with such a layer, and would be trained by this loss without it. */
  public static Objective inUnit(String unit, Computation loss) {
    Objective plain = loss instanceof Objective o ? o : deep(loss, List.of(), 1);
    List<Loss> losses = new ArrayList<>();
    for (int i = 0; i < plain.losses.size(); i++) {
      Loss own = plain.losses.get(i).in(unit, plain()::contains);
      losses.add(i == plain.told ? new Loss("", own.factor, own.of, true, own.reads) : own);
    }
    Loss told = plain.losses.get(plain.told);
    losses.add(0, new Loss(told.name, told.factor, told.of, false, told.reads));
    return new Objective(losses, 0);
  }

  /** What a network is trained by with several losses where some outputs, by their numbers, are brought into their units by such layers. */
  public Objective inUnits(Map<Integer, String> units) {
    return new Objective(losses.stream().map(l -> l.compared().isPresent() && units.containsKey(l.compared().getAsInt()) ? l.in(units.get(l.compared().getAsInt()), _ -> true) : l).toList(), told);
  }

  /** The same for a network whose outputs are not brought into a unit. */
  public static Computation withoutUnits(Computation loss) {
    return loss instanceof Objective(List<Loss> losses, int told)
        ? new Objective(losses.stream().map(l -> new Loss(l.name, l.factor, l.of, l.isTrained, l.told())).toList(), told)
        : loss;
  }

  /** What testing computes of it: what is told alone, without what only training makes small. */
  public static Computation tested(Computation loss) {
    if (!(loss instanceof Objective o) || o.told == SUM) {
      return loss;
    }
    Loss told = o.losses.get(o.told);
    return told.reads.equals(plain()) ? told.of : new Objective(List.of(told), 0);
  }

  /** What a loss reads that is no objective: the output and the label. */
  private static List<Read> plain() {
    return List.of(Read.output(0), Read.TARGET);
  }

  /** What a loss reads, in the unit that it is told in, each once, in order. */
  public static List<Read> reads(Computation loss) {
    return loss instanceof Objective o ? List.copyOf(o.readAll().keySet()) : plain();
  }

  private Map<Read, Type> readAll() {
    Map<Read, Type> all = new LinkedHashMap<>();
    for (Loss loss : losses) {
      for (int i = 0; i < loss.reads.size(); i++) {
        all.putIfAbsent(loss.reads.get(i).told(), loss.of.inputs().get(i));
      }
    }
    return all;
  }

  /** The loss that is told, or the first. */
  public Computation main() {
    return losses.get(Math.max(0, told)).of;
  }

  /** The loss of a network's own output, be it one of several. */
  public static Computation main(Computation loss) {
    return loss instanceof Objective o ? o.main() : loss;
  }

  /** The loss of that name among several; of no name, that of the network's own output. */
  public static Computation of(Computation loss, String name) {
    return loss instanceof Objective o && !name.isEmpty()
        ? o.losses.stream().filter(l -> l.name.equals(name)).findFirst().orElseThrow().of
        : main(loss);
  }

  /** Whether a loss compares the network's own output with what is to be learned, be it one of several. */
  public static boolean comparesOutput(Computation loss) {
    return !(loss instanceof Objective o)
        || (o.told == SUM ? o.losses : List.of(o.losses.get(o.told))).stream().anyMatch(l -> l.told().containsAll(plain()));
  }

  /** Whether what is trained is more than the loss that is told, in another unit or not. */
  public boolean hasHeads() {
    return told != SUM && trained().size() > 1;
  }

  /** Those that training makes small. */
  public List<Loss> trained() {
    return losses.stream().filter(Loss::isTrained).toList();
  }

  @Override
  public String name() {
    return main().name();
  }

  @Override
  public List<Type> inputs() {
    return List.copyOf(readAll().values());
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(1)));
  }

  /** Whether each loss has a mean of its own, of what examples count in it: then these, with their factors, are added up. */
  public boolean countsApart() {
    return told == SUM && trained().stream().anyMatch(l -> l.of.weighs());
  }

  @Override
  public boolean weighs() {
    return told != SUM && main().weighs();
  }

  @Override
  public double weight(int label) {
    return told == SUM ? 1 : main().weight(label);
  }

  /** The weighted sum of the losses that are trained. */
  public Pointwise sum() {
    Term sum = null;
    List<Pointwise.Argument> arguments = new ArrayList<>();
    for (Loss loss : trained()) {
      String name = arguments.isEmpty() ? "loss" : "head" + arguments.size();
      Term each = loss.factor == 1 ? Term.variable(name) : Term.number(loss.factor).times(Term.variable(name));
      sum = sum == null ? each : sum.plus(each);
      arguments.add(new Pointwise.Argument(name, Shape.of(1)));
    }
    return new Pointwise("objective", Shape.of(1), arguments, sum);
  }
}
