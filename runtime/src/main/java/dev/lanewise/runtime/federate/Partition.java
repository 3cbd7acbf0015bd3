package dev.lanewise.runtime.federate;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Which client has which examples. Every example belongs to exactly one client, but where they do not come out even {@link ByClass} leaves the last few to nobody.
 *
 * <pre>{@code int[][] mine = new Partition.ByClass(2).of(digits.train(), 100, 1); }</pre>
 */
public sealed interface Partition {
  /** As many clients as there are: of {@link ByColumn} alone. */
  int ALL = 0;
  /** Keeps its draws apart from those of a training. */
  long SALT = 0x636c69656e7473L;

  /**
   * @param clients at least 1, or {@link #ALL}
   * @return the examples of each client, in the order of the data
   * @throws IllegalArgumentException if it cannot be made of these examples
   */
  int[][] of(Dataset data, int clients, long seed);

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(Draws.mix(seed, SALT));
  }

  private static int[] shuffled(int count, RandomGenerator random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private static void require(Dataset data, int clients) {
    if (clients < 1 || clients > data.size()) {
      throw new IllegalArgumentException("there are " + data.size() + " examples for " + clients + " clients: each needs one at least");
    }
  }

  private static int classes(Dataset data, String what) {
    if (data.classes() == 0) {
      throw new IllegalArgumentException(what + " goes by the classes of the examples, and these have none");
    }
    return data.classes();
  }

  private static int[][] sorted(List<List<Integer>> parts) {
    return parts.stream().map(p -> p.stream().mapToInt(i -> i).sorted().toArray()).toArray(int[][]::new);
  }

  /** Shuffled and dealt out: each client has the same mixture. */
  record Iid() implements Partition {
    @Override
    public int[][] of(Dataset data, int clients, long seed) {
      require(data, clients);
      int[] order = shuffled(data.size(), random(seed));
      return IntStream.range(0, clients)
          .mapToObj(c -> Arrays.stream(order, (int) ((long) c * order.length / clients), (int) ((long) (c + 1) * order.length / clients)).sorted().toArray()).toArray(int[][]::new);
    }

    @Override
    public String toString() {
      return "iid";
    }
  }

  /**
   * Sorted by class and cut into pieces of equal size, of which each client gets so many (McMahan et al. 2017, section 3): most clients have examples of that many classes.
   *
   * @param pieces of each client
   */
  record ByClass(int pieces) implements Partition {
    public ByClass {
      if (pieces < 1) {
        throw new IllegalArgumentException("by_class needs at least 1 class for each client, not " + pieces);
      }
    }

    @Override
    public int[][] of(Dataset data, int clients, long seed) {
      classes(data, "by_class");
      int all = Math.multiplyExact(clients, pieces), size = data.size() / Math.max(1, all);
      if (clients < 1 || size < 1) {
        throw new IllegalArgumentException("there are " + data.size() + " examples for " + clients + " clients with " + pieces + " pieces each: that is less than one a piece");
      }
      int[] order = IntStream.range(0, data.size()).boxed().sorted(Comparator.comparingInt(data::label)).mapToInt(i -> i).toArray();
      int[] dealt = shuffled(all, random(seed));
      List<List<Integer>> parts = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        List<Integer> part = new ArrayList<>();
        for (int p = 0; p < pieces; p++) {
          int from = dealt[c * pieces + p] * size;
          Arrays.stream(order, from, from + size).forEach(part::add);
        }
        parts.add(part);
      }
      return sorted(parts);
    }

    @Override
    public String toString() {
      return "by_class(" + pieces + ")";
    }
  }

  /**
   * A client for each value of a column: for each writer, each speaker, each user. Of more values than clients some are drawn, and the examples of the others belong to nobody.
   *
   * @param column what the examples are grouped by, see {@link Dataset#grouping}; or a part of them that is a whole number, such as a user
   */
  record ByColumn(String column) implements Partition {
    @Override
    public int[][] of(Dataset data, int clients, long seed) {
      Map<Integer, List<Integer>> examples = new TreeMap<>();
      for (int i = 0; i < data.size(); i++) {
        examples.computeIfAbsent(value(data, i), _ -> new ArrayList<>()).add(i);
      }
      List<List<Integer>> parts = new ArrayList<>(examples.values());
      int all = parts.size();
      if (clients > all) {
        throw new IllegalArgumentException("the examples to train on have " + all + " values of `" + column + "`, for " + clients + " clients: each needs one at least");
      }
      if (clients == ALL) {
        return sorted(parts);
      }
      return Arrays.stream(shuffled(all, random(seed))).limit(clients).sorted().mapToObj(parts::get).map(p -> p.stream().mapToInt(i -> i).toArray()).toArray(int[][]::new);
    }

    /**
     * The number of an example's value.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public int value(Dataset data, int index) {
      if (data.grouping().filter(g -> g.columns().equals(List.of(column))).isPresent()) {
        return data.group(index);
      }
      List<Field> fields = data.fields();
      for (int f = 0; f < fields.size(); f++) {
        if (isOne(fields.get(f))) {
          float[] value = new float[1];
          data.readField(f, index, value, 0, 1);
          return (int) value[0];
        }
      }
      throw new IllegalArgumentException("the examples are not grouped by `" + column + "`, and have no part of that name that is a whole number");
    }

    /** Whether a part of examples is that column. */
    public boolean isOne(Field field) {
      return field.name().equals(column) && field.isWhole() && field.shape().size() == 1;
    }

    @Override
    public String toString() {
      return "by(" + column + ")";
    }
  }

  /**
   * Of each class the shares of the clients are drawn from a Dirichlet distribution (Hsu, Qi and Brown 2019): the smaller alpha, the fewer clients have most of a class. A client that would go without gets one example of the largest.
   *
   * @param alpha above 0
   */
  record Dirichlet(double alpha) implements Partition {
    public Dirichlet {
      if (!(alpha > 0) || Double.isInfinite(alpha)) {
        throw new IllegalArgumentException("dirichlet needs an alpha above 0, not " + alpha);
      }
    }

    @Override
    public int[][] of(Dataset data, int clients, long seed) {
      require(data, clients);
      int classes = classes(data, "dirichlet");
      RandomGenerator random = random(seed);
      List<List<Integer>> parts = new ArrayList<>();
      IntStream.range(0, clients).forEach(_ -> parts.add(new ArrayList<>()));
      for (int label = 0; label < classes; label++) {
        int own = label;
        int[] of = IntStream.range(0, data.size()).filter(i -> data.label(i) == own).toArray();
        int[] order = shuffled(of.length, random);
        double[] shares = shares(clients, random);
        double sum = 0;
        int from = 0;
        for (int c = 0; c < clients; c++) {
          sum += shares[c];
          int to = c == clients - 1 ? of.length : Math.clamp(Math.round(sum * of.length), from, of.length);
          for (int i = from; i < to; i++) {
            parts.get(c).add(of[order[i]]);
          }
          from = to;
        }
      }
      for (List<Integer> part : parts) {
        if (part.isEmpty()) {
          part.add(parts.stream().max(Comparator.comparingInt(List::size)).orElseThrow().removeLast());
        }
      }
      return sorted(parts);
    }

    /** By gamma variables that are divided by their sum. */
    private double[] shares(int count, RandomGenerator random) {
      double[] logs = new double[count];
      Arrays.setAll(logs, _ -> logGamma(random));
      double most = Arrays.stream(logs).max().orElse(0);
      double[] shares = Arrays.stream(logs).map(l -> StrictMath.exp(l - most)).toArray();
      double sum = Arrays.stream(shares).sum();
      return Arrays.stream(shares).map(s -> s / sum).toArray();
    }

    /** The logarithm of a gamma variable (Marsaglia and Tsang 2000); below 1 by one of alpha + 1, so that small ones do not vanish. */
    private double logGamma(RandomGenerator random) {
      double d = (alpha < 1 ? alpha + 1 : alpha) - 1.0 / 3, c = 1 / Math.sqrt(9 * d);
      while (true) {
        double x = Draws.normal(random.nextDouble(), random.nextDouble()), t = 1 + c * x, v = t * t * t, u = random.nextDouble();
        if (v > 0 && StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
          double log = StrictMath.log(d * v);
          return alpha < 1 ? log + StrictMath.log(1 - random.nextDouble()) / alpha : log;
        }
      }
    }

    @Override
    public String toString() {
      return "dirichlet(" + alpha + ")";
    }
  }
}
