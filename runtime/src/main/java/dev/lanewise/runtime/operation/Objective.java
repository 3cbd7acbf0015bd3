package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network is trained by where that is more than one loss of its output and the label: losses that read its outputs, and the parts of
 * an example, each with a factor. Their weighted sum is made small.
 *
 * <pre>{@code
 * // class = cross_entropy; box = 5 * huber, of a network with the heads `class` and `box`
 * new Objective(List.of(
 *     new Objective.Loss("class", 1, crossEntropy, true, List.of(Read.output(1), Read.TARGET)),
 *     new Objective.Loss("box", 5, huber, true, List.of(Read.output(2), Read.part("box")))), Objective.SUM, "")
 * }</pre>
 *
 * <p>A network that predicts numbers in a unit of their own is trained by what it gave before its last step brought that into the unit: its
 * first further output, against the label with mean 0 and deviation 1. The loss in the unit is told alone.
 *
 * @param told the place of the loss that is told, or {@link #SUM}
 * @param unit the layer with mean and deviation; empty where numbers are learnt as they are
 */
public record Objective(List<Loss> losses, int told, String unit) implements Computation {
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

    /** The same with mean 0 and deviation 1, by the layer that is the {@link Objective#unit}. */
    record Standard() implements Read {}

    record Input() implements Read {}

    /** A part of an example by its name. */
    record Part(String name) implements Read {}
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
    return new Objective(losses, 0, "");
  }

  /** What a network is trained by that ends with such a layer, and would be trained by this loss without it. */
  public static Objective inUnit(String unit, Computation loss) {
    Objective plain = loss instanceof Objective o ? o : deep(loss, List.of(), 1);
    List<Loss> losses = new ArrayList<>();
    for (int i = 0; i < plain.losses.size(); i++) {
      Loss own = plain.losses.get(i);
      List<Read> reads = own.reads.stream().map(Objective::beforeUnit).toList();
      losses.add(new Loss(i == plain.told ? "" : own.name, own.factor, own.of, true, reads));
    }
    if (plain.told != SUM) {
      Loss told = plain.losses.get(plain.told);
      losses.add(0, new Loss(told.name, told.factor, told.of, false, told.reads));
    }
    return new Objective(losses, plain.told == SUM ? SUM : 0, unit);
  }

  private static Read beforeUnit(Read read) {
    return switch (read) {
      case Read.Output(int number) -> Read.output(number + 1);
      case Read.Target() -> new Read.Standard();
      case Read.Standard _, Read.Input _, Read.Part _ -> read;
    };
  }

  /** What testing computes of it: what is told alone, without what only training makes small. */
  public static Computation tested(Computation loss) {
    if (!(loss instanceof Objective o) || o.told == SUM) {
      return loss;
    }
    Loss told = o.losses.get(o.told);
    return told.reads.equals(plain()) ? told.of : new Objective(List.of(told), 0, "");
  }

  /** What a loss reads that is no objective: the output and the label. */
  private static List<Read> plain() {
    return List.of(Read.output(0), Read.TARGET);
  }

  /** What a loss reads, each once, in order. */
  public static List<Read> reads(Computation loss) {
    return loss instanceof Objective o ? List.copyOf(o.readAll().keySet()) : plain();
  }

  private Map<Read, Type> readAll() {
    Map<Read, Type> all = new LinkedHashMap<>();
    for (Loss loss : losses) {
      for (int i = 0; i < loss.reads.size(); i++) {
        all.putIfAbsent(loss.reads.get(i) instanceof Read.Standard ? Read.TARGET : loss.reads.get(i), loss.of.inputs().get(i));
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
        || (o.told == SUM ? o.losses : List.of(o.losses.get(o.told))).stream().anyMatch(l -> l.reads.containsAll(plain()));
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
