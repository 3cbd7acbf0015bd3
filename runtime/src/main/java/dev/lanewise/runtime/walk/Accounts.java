package dev.lanewise.runtime.walk;

import dev.lanewise.runtime.operation.AtPlaces;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.LastOf;
import dev.lanewise.runtime.operation.LayerNorm;
import dev.lanewise.runtime.operation.LinearMap;
import dev.lanewise.runtime.operation.LogSoftmax;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.OneHot;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Place;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.operation.Waves;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.walk.Account.Formula;
import dev.lanewise.runtime.walk.Account.Largest;
import dev.lanewise.runtime.walk.Account.Part;
import dev.lanewise.runtime.walk.Account.Same;
import dev.lanewise.runtime.walk.Account.Sum;
import dev.lanewise.runtime.walk.Quantity.Fixed;
import dev.lanewise.runtime.walk.Quantity.Made;
import dev.lanewise.runtime.walk.Quantity.Read;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an element of an operation's output was made of. A formula is the operation's own. What is multiplied and added is found by asking the operation:
 * its gradient, with 1 at the element alone, is by what each number was multiplied, and with 1, 2, 3 in place of the numbers, with which.
 */
final class Accounts {
  private static final Term X = Term.variable("x");

  private final Operation operation;
  private final double[][] in;
  private final double[][] out;

  private Accounts(Operation operation, double[][] in, double[][] out) {
    this.operation = operation;
    this.in = in;
    this.out = out;
  }

  /** @param out what the operation made of the inputs: all its outputs */
  static Account of(Operation operation, double[][] in, double[][] out, int element) {
    return new Accounts(operation, in, out).of(element);
  }

  private Account of(int element) {
    return switch (operation) {
      case Pointwise p -> formula(p, element);
      case MaxPool p -> largest(p, element);
      case Softmax _ -> share(element);
      case LogSoftmax soft -> logShare(soft.places(), soft.classes(), element);
      case CrossEntropy entropy -> loss(entropy);
      case LayerNorm norm -> normal(norm, element);
      case Attend attend -> attended(attend, element);
      case AtPlaces places -> atPlace(places, element);
      case OneHot _, LastOf _, Waves _, Noise _, Place _ -> new Same(new Fixed(out[0][element]));
      default -> sum(element);
    };
  }

  private Read read(int input, int element) {
    return new Read(input, element, in[input][element]);
  }

  private Account formula(Pointwise p, int element) {
    Map<String, Quantity> names = new LinkedHashMap<>();
    for (int i = 0; i < p.arguments().size(); i++) {
      names.put(p.arguments().get(i).name(), read(i, element / (p.shape().size() / p.arguments().get(i).shape().size())));
    }
    return new Formula(p.formula(), names);
  }

  private Account largest(MaxPool pool, int element) {
    List<Quantity> among = new ArrayList<>();
    pool.window().forEach((x, _, y) -> {
      if (y == element) {
        among.add(read(0, x));
      }
    });
    return new Largest(among);
  }

  /** e^x / Σ e^x. */
  private Account share(int element) {
    Term y = X.exp().over(Term.variable("sum"));
    return new Formula(y, Map.of("x", read(0, element), "sum", exponentials("sum", IntStream.range(0, in[0].length))));
  }

  /** e^x / Σ e^x over the classes of its place. */
  static Account share(CrossEntropy of, double[][] in, int element) {
    Accounts accounts = new Accounts(of, in, null);
    Made sum = accounts.exponentials("sum", IntStream.range(0, of.classes()).map(i -> i * of.places() + element % of.places()));
    return new Formula(X.exp().over(Term.variable("sum")), Map.of("x", accounts.read(0, element), "sum", sum));
  }

  private Made exponentials(String name, IntStream elements) {
    return new Made(name, new Sum(elements.mapToObj(i -> new Part(List.of(new Made("", new Formula(X.exp(), Map.of("x", read(0, i))))))).toList()));
  }

  /** x - log Σ e^x over the classes of its place. */
  private Account logShare(int places, int classes, int element) {
    int place = element % places;
    Made sum = exponentials("sum", IntStream.range(0, classes).map(i -> i * places + place));
    return new Formula(X.minus(Term.variable("sum").log()), Map.of("x", read(0, element), "sum", sum));
  }

  /** Without weights and smoothing log Σ e^x - x of the right class; else each class counts, and of places the mean. */
  private Account loss(CrossEntropy of) {
    List<Part> parts = new ArrayList<>();
    for (int p = 0; p < of.places(); p++) {
      int place = p, right = (int) in[1][p];
      Made sum = exponentials("sum", IntStream.range(0, of.classes()).map(i -> i * of.places() + place));
      for (int i = 0; i < of.classes() && right != of.ignore(); i++) {
        double counts = of.target(i, right) / of.places();
        if (counts != 0) {
          Made each = new Made("", new Formula(Term.variable("sum").log().minus(X), Map.of("x", read(0, i * of.places() + p), "sum", sum)));
          parts.add(new Part(counts == 1 ? List.of(each) : List.of(new Fixed(counts), each)));
        }
      }
    }
    return parts.size() == 1 && parts.getFirst().factors().size() == 1 && parts.getFirst().factors().getFirst() instanceof Made(var _, Account alone) ? alone : new Sum(parts);
  }

  /** (x - mean) scale weight + bias. */
  private Account normal(LayerNorm norm, int element) {
    int place = element / norm.size(), channel = element % norm.size();
    int[] all = IntStream.range(place * norm.size(), (place + 1) * norm.size()).toArray();
    Quantity share = new Fixed(1.0 / norm.size());
    Made mean = new Made("mean", new Sum(IntStream.of(all).mapToObj(i -> new Part(List.of(share, read(0, i)))).toList()));
    Term square = X.minus(Term.variable("mean")).times(X.minus(Term.variable("mean")));
    Made variance = new Made("variance", new Sum(IntStream.of(all)
        .mapToObj(i -> new Part(List.of(share, new Made("", new Formula(square, Map.of("x", read(0, i), "mean", mean)))))).toList()));
    Term y = X.minus(Term.variable("mean")).over(Term.variable("variance").plus(Term.number(norm.eps())).sqrt()).times(Term.variable("weight")).plus(Term.variable("bias"));
    Map<String, Quantity> names = new LinkedHashMap<>();
    names.put("x", read(0, element));
    names.put("mean", mean);
    names.put("variance", variance);
    names.put("weight", read(1, channel));
    names.put("bias", read(2, channel));
    return new Formula(y, names);
  }

  /** Σ_j p_ij v_j: by how much it looks at each place, times what is there. */
  private Account attended(Attend of, int element) {
    int place = element / (of.heads() * of.valueSize()), head = element / of.valueSize() % of.heads(), channel = element % of.valueSize();
    int[] there = IntStream.range(0, of.seen(place)).filter(j -> !of.masked() || in[of.sources()][j] != 0).toArray();
    List<Made> scores = IntStream.of(there).mapToObj(j -> score(of, head, place, j)).toList();
    Made sum = new Made("sum", new Sum(scores.stream().map(s -> new Part(List.of(new Made("", new Formula(X.exp(), Map.of("x", s)))))).toList()));
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < there.length; i++) {
      Map<String, Quantity> names = Map.of("x", scores.get(i), "sum", sum);
      Made looks = new Made("p[" + place + "," + there[i] + "]", new Formula(X.exp().over(Term.variable("sum")), names));
      parts.add(new Part(List.of(looks, read(of.v().input(), at(of.v(), there[i], head, of.valueSize()) + channel))));
    }
    return new Sum(parts);
  }

  private static int at(Attend.Part part, int place, int head, int size) {
    return place * part.width() + part.from() + head * size;
  }

  /** q_i · k_j / √d. */
  private Made score(Attend of, int head, int i, int j) {
    Quantity scale = new Fixed(1 / Math.sqrt(of.size()));
    int q = at(of.q(), i, head, of.size()), k = at(of.k(), j, head, of.size());
    return new Made("score[" + i + "," + j + "]", new Sum(IntStream.range(0, of.size())
        .mapToObj(c -> new Part(List.of(scale, read(of.q().input(), q + c), read(of.k().input(), k + c)))).toList()));
  }

  /** The account of the operation at a place, its numbers found where they lie among those of all places. */
  private Account atPlace(AtPlaces of, int element) {
    int size = of.of().outputs().getFirst().shape().size(), place = element / size;
    double[][] own = new double[in.length][];
    int[] from = new int[in.length];
    for (int i = 0; i < in.length; i++) {
      int each = of.of().inputs().get(i).shape().size();
      from[i] = in[i].length == each ? 0 : place * each;
      own[i] = Arrays.copyOfRange(in[i], from[i], from[i] + each);
    }
    double[][] made = new double[out.length][];
    for (int i = 0; i < out.length; i++) {
      int each = of.of().outputs().get(i).shape().size();
      made[i] = Arrays.copyOfRange(out[i], place * each, (place + 1) * each);
    }
    return Moved.by(Accounts.of(of.of(), own, made, element % size), from);
  }

  /** Of what multiplies and adds: each number that counts, by what it is multiplied; what is left is added as it is. */
  private Account sum(int element) {
    Optional<LinearMap> map = operation.linearMap();
    double[] one = Eager.one(out[0].length, element);
    List<Part> parts = new ArrayList<>(map.isPresent() ? products(map.get().matrix(), one) : List.of());
    for (int i = 0; i < in.length; i++) {
      if (operation.bound(i) == 0 && (map.isEmpty() || i > 0 && i != map.get().matrix())) {
        parts.addAll(weighted(i, one));
      }
    }
    return parts.size() == 1 && parts.getFirst().factors().size() == 1 ? new Same(parts.getFirst().factors().getFirst()) : new Sum(parts);
  }

  /** Numbers of a matrix, each times the number that it meets. */
  private List<Part> products(int matrix, double[] one) {
    double[] counts = Eager.gradient(operation, in, out, one, matrix);
    List<Part> parts = new ArrayList<>();
    if (operation.bound(0) > 0) {
      // Whole numbers choose rows: a number of the matrix as it is.
      for (int w = 0; w < counts.length; w++) {
        if (counts[w] != 0) {
          parts.add(new Part(List.of(read(matrix, w))));
        }
      }
      return parts;
    }
    double[][] numbered = in.clone();
    numbered[0] = Eager.numbers(in[0].length);
    double[] meets = Eager.gradient(operation, numbered, out, one, matrix);
    for (int w = 0; w < meets.length; w++) {
      if (meets[w] != 0) {
        parts.add(new Part(List.of(read(matrix, w), read(0, (int) Math.round(meets[w]) - 1))));
      }
    }
    return parts;
  }

  private List<Part> weighted(int input, double[] one) {
    double[] by = Eager.gradient(operation, in, out, one, input);
    List<Part> parts = new ArrayList<>();
    for (int e = 0; by != null && e < by.length; e++) {
      if (by[e] != 0) {
        parts.add(new Part(by[e] == 1 ? List.of(read(input, e)) : List.of(new Fixed(by[e]), read(input, e))));
      }
    }
    return parts;
  }
}
