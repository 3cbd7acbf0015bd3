package dev.lanewise.runtime.data;

import dev.lanewise.runtime.data.sound.SoundForm;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a {@code data} statement names: the examples to train on, to validate on (null without {@code split.val}), and to test on (null
 * as long as none are set apart).
 *
 * <pre>{@code DataSplit digits = Mnist.load(dir).limit(1000).validation(100, 1).normalizeAuto(); }</pre>
 *
 * @param name as the script calls it
 * @param augmentation of the training examples; null without
 * @param world what examples, classes and numbers mean
 */
public record DataSplit(
    String name, Dataset train, Dataset validation, Dataset test, Augmentation augmentation, World world) {
  /** Keeps the choice of test examples apart from that of the others. */
  private static final long TEST = 0x74657374L;

  /** With training examples as they are, and a world that these alone tell of. */
  public DataSplit(String name, Dataset train, Dataset validation, Dataset test) {
    this(name, train, validation, test, null, World.of(train == null ? test : train));
  }

  /** With training examples that are changed a little, each time anew. */
  public DataSplit augmented(Augmentation change) {
    return new DataSplit(name, train, validation, test, change, world);
  }

  public DataSplit named(String newName) {
    return new DataSplit(newName, train, validation, test, augmentation, world);
  }

  public DataSplit classesNamed(List<String> names) {
    return names.isEmpty() ? this : in(world.in(new World.Output.Classes(names, world.isOfPlaces())));
  }

  /**
   * With this one of two classes for the second, whichever it was.
   *
   * @throws IllegalArgumentException if neither of them is
   */
  public DataSplit positive(String name) {
    List<String> names = world.classes();
    if (!names.contains(name)) {
      throw new IllegalArgumentException("positive: there is no class " + name + ", but " + String.join(" and ", names));
    }
    return names.indexOf(name) == 1
        ? this
        : each(part -> new Relabelled(part, new int[] {1, 0}, Target.classes(2)))
            .in(world.in(new World.Output.Classes(names.reversed())));
  }

  /** With rows of a table for examples. @param learned what the columns are called that are to be learned */
  public DataSplit rows(Encoding encoding, List<String> learned) {
    World.Output output = world.output() instanceof World.Output.Numbers(var _, Optional<Normalization> unit) ? new World.Output.Numbers(learned, unit) : world.output();
    return in(world.of(new World.Input.Table(encoding, learned)).in(output));
  }

  /** With examples that are images of this kind. */
  public DataSplit pictures(World.Preparation preparation) {
    return in(world.of(new World.Input.Picture(preparation)));
  }

  /** With examples that are sounds, heard so. */
  public DataSplit sounds(SoundForm form) {
    return in(world.of(new World.Input.Sound(form)));
  }

  /** With examples whose parts have names. @param learned those that are to be learned besides the one that always is */
  public DataSplit inParts(Set<String> learned) {
    List<Field> fields = train.fields();
    return in(world.of(IntStream.range(0, fields.size())
        .mapToObj(i -> new World.Part(fields.get(i), i == Dataset.TARGET || learned.contains(fields.get(i).name()), Optional.empty())).toList()));
  }

  /** With parts of tokens, each of which stand for what a vocabulary says. @param vocabularies by the names of the parts */
  public DataSplit spoken(Map<String, Vocabulary> vocabularies) {
    return in(world.spoken(vocabularies));
  }

  /** The same examples, which mean this. */
  public DataSplit in(World other) {
    return new DataSplit(name, train, validation, test, augmentation, other);
  }

  /** With every part that there is changed alike. */
  DataSplit each(UnaryOperator<Dataset> change) {
    return with(change.apply(train), validation == null ? null : change.apply(validation), test == null ? null : change.apply(test));
  }

  /** The same with other examples. */
  /** With some examples of one of its parts, in their order, to train on. */
  public DataSplit training(Dataset part, int[] which) {
    return with(new Subset(part, which), validation, test);
  }

  DataSplit with(Dataset newTrain, Dataset newValidation, Dataset newTest) {
    return new DataSplit(name, newTrain, newValidation, newTest, augmentation, world);
  }

  /** What an example is: {@code 1x28x28}, or part by part, {@code user 1 of 610, rating 1, film 1 of 9_724}. */
  public String kind() {
    return world.parts().isEmpty() ? train.shape().toString() : train.fields().stream().map(f -> "`" + f.name() + " " + f.kind() + "`").collect(Collectors.joining(", "));
  }

  /** What the classes are called, in their order. */
  public List<String> classNames() {
    return world.classes();
  }

  /** What a class is called: its name, or its number. */
  public String className(int label) {
    return label < world.classes().size() ? world.classes().get(label) : Integer.toString(label);
  }

  /**
   * {@code count} examples of each part: the first ones, or, where these lack a class that the part has, the first of each class in turns.
   *
   * @throws IllegalArgumentException if count is below 1
   */
  public DataSplit limit(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("limit must be at least 1, not " + count);
    }
    return with(few(train, count), validation == null ? null : few(validation, count), few(test, count));
  }

  private static Dataset few(Dataset data, int count) {
    return count >= data.size() ? data : new Subset(data, Turns.chosen(data, count));
  }

  /**
   * With so many training examples of each class, the first ones: as if nobody had told the classes of the others. The other parts stay.
   *
   * @throws IllegalArgumentException if the examples have no classes
   */
  public DataSplit ofEachClass(int count) {
    if (train.classes() == 0) {
      throw new IllegalArgumentException("limit.class needs classes, but each example has numbers to predict");
    }
    return with(new Subset(train, Turns.ofEach(train, count)), validation, test);
  }

  /** Classes that training examples have, but not the first ones. */
  public List<String> lackedByTheFirst(int count) {
    return IntStream.of(Turns.lacking(train, count)).mapToObj(this::className).toList();
  }

  /**
   * Sets {@code count} training examples, chosen at random by the seed, apart for validation.
   *
   * @throws IllegalArgumentException if that leaves nothing to train on
   */
  public DataSplit validation(int count, long seed) {
    Dataset[] parts = apart("split.val", count, seed);
    return with(parts[0], parts[1], test);
  }

  /**
   * Sets {@code count} training examples, chosen at random by the seed, apart to test on.
   *
   * @throws IllegalArgumentException if that leaves nothing to train on
   */
  public DataSplit testing(int count, long seed) {
    Dataset[] parts = apart("split.test", count, Draws.mix(seed, TEST));
    return with(parts[0], validation, parts[1]);
  }

  /** The rest, and those that were chosen. */
  private Dataset[] apart(String setting, int count, long seed) {
    if (train.size() == 1) {
      throw new IllegalArgumentException("a single example is not enough: there must be some to train on, and others to test on");
    }
    if (count < 1 || count >= train.size()) {
      throw new IllegalArgumentException(
          setting + " must leave something to train on: from 1 to " + (train.size() - 1) + ", not " + count);
    }
    if (train.overlap() >= 0) {
      return behind(setting, count);
    }
    int[] order = shuffled(IntStream.range(0, train.size()).toArray(), seed);
    // Of those that belong together all are chosen with the first: then there may be a few more.
    Set<Integer> groups = new HashSet<>();
    int size = 0;
    Map<Integer, Long> together = IntStream.range(0, train.size()).boxed().collect(Collectors.groupingBy(train::group, Collectors.counting()));
    for (int i = 0; size < count; i++) {
      int group = train.group(order[i]);
      size += groups.add(group) ? together.get(group) : 0;
    }
    if (size == train.size()) {
      throw new IllegalArgumentException(setting + " must leave something to train on, but examples that belong together stay together, and " + count + " take all with them");
    }
    int[] chosen = IntStream.range(0, train.size()).filter(i -> groups.contains(train.group(i))).toArray();
    int[] rest = IntStream.range(0, train.size()).filter(i -> !groups.contains(train.group(i))).toArray();
    return new Dataset[] {new Subset(train, rest), new Subset(train, chosen)};
  }

  /** The first examples, and the last ones, with none that both know something of. */
  private Dataset[] behind(String setting, int count) {
    int rest = train.size() - count - train.overlap();
    if (rest < 1) {
      throw new IllegalArgumentException(
          setting + " must leave something to train on, but of " + train.size() + " examples " + count + " are set apart, and " + train.overlap() + " before them that share something with these");
    }
    return new Dataset[] {new Subset(train, IntStream.range(0, rest).toArray()), new Subset(train, IntStream.range(train.size() - count, train.size()).toArray())};
  }

  /** Fisher and Yates, in place. */
  public static int[] shuffled(int[] order, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /**
   * Repeats training examples until every class has as many as the largest: each equally often, and who is repeated
   * once more, and the order of all, is drawn by the seed.
   *
   * @throws IllegalArgumentException if the examples have no classes
   */
  public DataSplit balanced(long seed) {
    if (train.classes() == 0) {
      throw new IllegalArgumentException("balance needs classes, but each example has numbers to predict");
    }
    List<int[]> byClass = new ArrayList<>();
    int most = 0;
    for (int c = 0; c < train.classes(); c++) {
      int label = c;
      int[] own = IntStream.range(0, train.size()).filter(i -> train.label(i) == label).toArray();
      byClass.add(own);
      most = Math.max(most, own.length);
    }
    IntStream all = IntStream.empty();
    for (int c = 0; c < byClass.size(); c++) {
      int[] own = byClass.get(c);
      if (own.length > 0) {
        int[] order = shuffled(own, Draws.mix(seed, c));
        all = IntStream.concat(all, IntStream.range(0, most).map(i -> order[i % order.length]));
      }
    }
    return with(new Subset(train, shuffled(all.toArray(), seed)), validation, test);
  }

  /**
   * Two examples each, and whether both are of one class: so many to train on, a fifth as many to validate and to test on.
   *
   * @throws IllegalArgumentException if there are too few classes or examples
   */
  public DataSplit couples(int count, long seed) {
    int fewer = Math.max(1, count / 5);
    DataSplit couples = with(
        Couples.of(train, count, seed), validation == null ? null : Couples.of(validation, fewer, Draws.mix(seed, 1)), Couples.of(test, fewer, Draws.mix(seed, TEST)));
    DataSplit named = couples.inParts(Set.of()).classesNamed(Couples.CLASSES);
    return named.in(named.world.normalized(Dataset.TARGET + 1, world.normalization()));
  }

  /** Classes that a part has no example of, but some part of {@code whole} has: what these examples were before some were left out. */
  public List<String> lackedBy(Dataset part, DataSplit whole) {
    if (!part.isAnswered()) {
      return List.of();
    }
    int[] own = counts(part);
    int[] all = new int[own.length];
    Stream.of(whole.train, whole.validation, whole.test).filter(p -> p != null && p.classes() == own.length).map(DataSplit::counts)
        .forEach(counts -> Arrays.setAll(all, c -> all[c] + counts[c]));
    return IntStream.range(0, own.length).filter(c -> own[c] == 0 && all[c] > 0).mapToObj(this::className).toList();
  }

  /** How many examples of each class a part has. */
  public static int[] counts(Dataset part) {
    int[] counts = new int[part.classes()];
    for (int i = 0; counts.length > 0 && part.isAnswered() && i < part.size(); i++) {
      counts[part.label(i)]++;
    }
    return counts;
  }

  /** Every example becomes its own target. */
  public DataSplit reconstruction() {
    return each(part -> new Paired(part, part)).in(world.in(World.Output.Numbers.PLAIN));
  }

  /** Scales the original values of every part, in place of an earlier scale. */
  public DataSplit normalize(Normalization normalization) {
    return each(part -> part.normalized(normalization)).in(world.normalized(normalization));
  }

  /**
   * Every original value v becomes (v - mean) / std, in place of an earlier normalisation.
   *
   * @throws IllegalArgumentException if mean is not a number or std not above 0
   */
  public DataSplit normalize(float mean, float std) {
    return normalize(Normalization.of(train.shape(), mean, std));
  }

  /** Has numbers to predict learnt with mean 0 and deviation 1, each by itself, over the training examples, but told as they are; so each further part of such. */
  public DataSplit unitAuto() {
    DataSplit split = world.output() instanceof World.Output.Numbers(List<String> names, var _) && train.target().shape().isFlat()
        ? in(world.in(new World.Output.Numbers(names, Optional.of(Normalization.ofNumbers(train, Dataset.TARGET)))))
        : this;
    for (int i = Dataset.TARGET + 1; i < world.parts().size(); i++) {
      split = world.parts().get(i).hasUnit() ? split.in(split.world.normalized(i, Normalization.ofNumbers(train, i))) : split;
    }
    return split;
  }

  /** Normalises each channel by the mean and standard deviation of the training examples' original values; so each part of numbers to learn from. */
  public DataSplit normalizeAuto() {
    DataSplit split = train.fields().getFirst().isWhole() ? this : normalize(train.measured());
    for (int i = Dataset.TARGET + 1; i < world.parts().size(); i++) {
      int part = i;
      if (world.parts().get(part).isScaled()) {
        Normalization scale = train.measured(part);
        split = split.each(d -> d.normalized(part, scale)).in(split.world.normalized(part, scale));
      }
    }
    return split;
  }
}
