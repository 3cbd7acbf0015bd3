package dev.lanewise.runtime.data;

import dev.lanewise.runtime.data.sound.SoundForm;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the numbers mean that go into a network, and those that come out of it: how examples are made ready, and what the outputs are called.
 * Data has one; a network has that of the data that it was first trained on, keeps it in its file, and sees all other data through it.
 *
 * <pre>{@code
 * World world = digits.world();       // classes 0 … 9, mean 0.1307, deviation 0.3081
 * world.shown(threesAndSevens);       // their labels are 3 and 7, not 0 and 1
 * }</pre>
 *
 * @param normalization of the original values
 * @param parts of the examples, as {@link Dataset#fields} has them; none where nothing names them
 * @param loss what the network was trained by, as a script writes it; empty before that, and of data
 * @param inUnit the outputs that several losses train and that give numbers in a unit of their own: heads by their names, the network's own by
 *     the empty one; none where there is a single loss, and of data
 */
public record World(Input input, Normalization normalization, Output output, List<Part> parts, String loss, List<String> inUnit) {
  public World {
    parts = List.copyOf(parts);
    inUnit = List.copyOf(inUnit);
  }

  /** That of data of which nothing names the parts. */
  public World(Input input, Normalization normalization, Output output) {
    this(input, normalization, output, List.of(), "", List.of());
  }

  /**
   * A named part of an example.
   *
   * @param learned whether it is to be learned, not learned from
   * @param scale of original values; none of whole numbers, and of the main part and the target, whose scales the world tells itself. What is to
   *     be learned is not scaled by it: it is mean and deviation in the unit that it is told in
   * @param vocabulary of tokens, what they stand for
   */
  public record Part(Field field, boolean learned, Optional<Normalization> scale, Optional<Vocabulary> vocabulary) {
    /** Without a vocabulary. */
    public Part(Field field, boolean learned, Optional<Normalization> scale) {
      this(field, learned, scale, Optional.empty());
    }

    /** Whether it is of numbers that have a scale of their own. */
    boolean isScaled() {
      return !learned && !field.isWhole();
    }

    /** Whether it is of numbers to predict, each of which may have a unit of its own: images and masks stay as they are. */
    boolean hasUnit() {
      return learned && !field.isWhole() && field.shape().isFlat();
    }
  }

  /** What an example is. */
  public sealed interface Input {
    /** Numbers that nobody has said anything of. */
    record Numbers() implements Input {}

    /** A row of a table. @param learned what the columns are called that are to be learned */
    record Table(Encoding encoding, List<String> learned) implements Input {
      public Table {
        learned = List.copyOf(learned);
      }

      /** Whether the columns have places for names: then they are matched by these, whatever they are called elsewhere. */
      private boolean isNameless() {
        return encoding.columns().stream().allMatch(c -> c.name().matches("[0-9]{1,9}"));
      }
    }

    /** An image, which has been made of files so. */
    record Picture(Preparation preparation) implements Input {}

    /** A sound, of which a network is given this. */
    record Sound(SoundForm form) implements Input {}
  }

  /** How an image was brought to its size. */
  public enum Preparation {
    /** Light ink on dark ground, of one size and in the middle, as in MNIST. */
    DIGIT,
    /** Stretched. */
    PLAIN
  }

  /** What is to be learned of an example, and what an output says. */
  public sealed interface Output {
    /**
     * One of some classes.
     *
     * @param names in the order of the outputs; numbers where there are no names
     * @param ofPlaces whether each place has one, not the example
     */
    record Classes(List<String> names, boolean ofPlaces) implements Output {
      public Classes {
        names = List.copyOf(names);
      }

      /** One for each example. */
      public Classes(List<String> names) {
        this(names, false);
      }

      /** Without names of their own. */
      static Classes numbered(int count, boolean ofPlaces) {
        return new Classes(IntStream.range(0, count).mapToObj(Integer::toString).toList(), ofPlaces);
      }

      boolean isNumbered() {
        return equals(numbered(names.size(), ofPlaces));
      }
    }

    /**
     * Numbers to predict, the example itself among them.
     *
     * @param names of each; nothing where they have none
     * @param unit mean and deviation of each in the unit that they are told in; none where the network gives them as they are
     */
    record Numbers(List<String> names, Optional<Normalization> unit) implements Output {
      /** Without names, as they are. */
      public static final Numbers PLAIN = new Numbers(List.of(), Optional.empty());

      public Numbers {
        names = List.copyOf(names);
      }
    }

    /** A place among others: examples of one class lie near to each other. What is to be learned of an example says nothing of it. */
    record Embedding() implements Output {}

    /** An example that the network makes. @param scale in which it makes it, as examples are shown to the network that it learnt against */
    record Examples(Normalization scale) implements Output {}
  }

  /** It cannot be told what examples are to a network, or the other way round. */
  public static final class StrangeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    StrangeException(String message) {
      super(message);
    }
  }

  /** As far as examples tell by themselves: classes have numbers. */
  static World of(Dataset examples) {
    return new World(
        new Input.Numbers(), Normalization.none(examples.shape()),
        examples.target().isNumbers() ? Output.Numbers.PLAIN : Output.Classes.numbered(examples.target().classes(), examples.target().isPlaces()));
  }

  /** With examples that are this. */
  World of(Input other) {
    return new World(other, normalization, output, parts, loss, inUnit);
  }

  /** Where this is to be learned. */
  World in(Output other) {
    return new World(input, normalization, other, parts, loss, inUnit);
  }

  /** With examples that have these parts. */
  World of(List<Part> others) {
    return new World(input, normalization, output, others, loss, inUnit);
  }

  /** With another scale of one part's original values. */
  World normalized(int part, Normalization by) {
    List<Part> scaled = new ArrayList<>(parts);
    scaled.set(part, new Part(parts.get(part).field, parts.get(part).learned, Optional.of(by), parts.get(part).vocabulary));
    return of(scaled);
  }

  /** What the numbers of a part of tokens stand for. */
  public Optional<Vocabulary> vocabulary(String part) {
    return parts.stream().filter(p -> p.field.name().equals(part)).findFirst().flatMap(Part::vocabulary);
  }

  /** The same of the main part. */
  public Optional<Vocabulary> vocabulary() {
    return parts.isEmpty() ? Optional.empty() : parts.getFirst().vocabulary;
  }

  /** With the tokens of these parts, by their names; where they are what is to be learned, they are the classes. */
  World spoken(Map<String, Vocabulary> vocabularies) {
    World spoken = of(parts.stream().map(p -> {
      Vocabulary own = vocabularies.get(p.field.name());
      return own == null ? p : new Part(new Field(p.field.name(), p.field.shape(), own.size(), p.field.padded()), p.learned, p.scale, Optional.of(own));
    }).toList());
    boolean learned = output instanceof Output.Classes && target().filter(vocabularies::containsKey).isPresent();
    return learned ? spoken.in(new Output.Classes(vocabularies.get(target().get()).tokens(), isOfPlaces())) : spoken;
  }

  /** The words that a part of whole numbers stands for, in their order; nothing where there are none. */
  public List<String> words(String part) {
    Optional<Vocabulary> tokens = vocabulary(part);
    if (tokens.isPresent()) {
      return tokens.get().shown();
    }
    boolean named = !parts.isEmpty() && input instanceof Input.Table;
    return target().filter(part::equals).isPresent() ? classes()
        : !named ? List.of() : ((Input.Table) input).encoding().columns().stream().filter(c -> Field.named(c.name()).equals(part)).findFirst().map(Encoding.Column::words).orElse(List.of());
  }

  /** How the original values of a part of numbers are scaled; the main part where none is called so. */
  public Optional<Normalization> scale(String part) {
    for (int i = Dataset.TARGET + 1; i < parts.size(); i++) {
      if (parts.get(i).field.name().equals(part)) {
        return parts.get(i).learned ? Optional.empty() : parts.get(i).scale;
      }
    }
    return Optional.of(normalization);
  }

  /** What the part of examples is called that is to be learned; empty where nothing names it. */
  public Optional<String> target() {
    return parts.isEmpty() ? Optional.empty() : Optional.of(parts.get(Dataset.TARGET).field.name());
  }

  /** That of a network whose outputs are places among others. */
  public World embedding() {
    return in(new Output.Embedding());
  }

  /** Where numbers to predict are learnt as they are. */
  public World withoutUnit() {
    World apart = inUnits(List.of());
    return output instanceof Output.Numbers(List<String> names, var _) ? apart.in(new Output.Numbers(names, Optional.empty())) : apart;
  }

  /** Where these outputs, of several that are trained, give numbers in units of their own; with none it is the network's own that does. */
  public World inUnits(List<String> outputs) {
    return new World(input, normalization, output, parts, loss, outputs);
  }

  /** The scale of the examples that a network makes; empty if it makes none. */
  public Optional<Normalization> made() {
    return output instanceof Output.Examples(Normalization scale) ? Optional.of(scale) : Optional.empty();
  }

  /** Mean and deviation of the numbers that a network's own output gives in a unit of their own. */
  public Optional<Normalization> unit() {
    return unit("");
  }

  /** The same of a head by its name; the own output has the empty one. */
  public Optional<Normalization> unit(String of) {
    return (inUnit.isEmpty() ? of.isEmpty() : inUnit.contains(of)) ? measured(of) : Optional.empty();
  }

  /** Mean and deviation of what such an output learns, the part of its name or what is to be learned, whether it gives it so or not. */
  public Optional<Normalization> measured(String of) {
    return IntStream.range(Dataset.TARGET + 1, parts.size()).mapToObj(parts::get).filter(p -> p.field.name().equals(of)).findFirst()
        .map(p -> p.learned ? p.scale : Optional.<Normalization>empty())
        .orElseGet(() -> output instanceof Output.Numbers(var _, Optional<Normalization> unit) ? unit : Optional.empty());
  }

  public World normalized(Normalization by) {
    return new World(input, by, output, parts, loss, inUnit);
  }

  /** That of a network which is trained by a loss, as a script writes it. */
  public World trainedBy(String by) {
    return new World(input, normalization, output, parts, by, inUnit);
  }

  /** Why a network with such an input and output cannot be in this world; empty if it can. */
  public Optional<String> unfit(Shape in, Shape out) {
    if (normalization.mean().length != in.channels() || normalization.std().length != in.channels()) {
      return Optional.of("it normalises " + normalization.mean().length + " channels or columns, and the network takes " + in.channels());
    }
    if (input instanceof Input.Table(Encoding encoding, var _) && parts.isEmpty() && encoding.features() != in.size()) {
      return Optional.of("its columns make " + encoding.features() + " numbers, and the network takes " + in.size());
    }
    if (made().isPresent() && made().get().mean().length != out.channels()) {
      return Optional.of("it makes examples of " + made().get().mean().length + " channels, and the network of " + out.channels());
    }
    if (isOfPlaces()) {
      return classes().size() == out.channels() || classes().size() == 2 && out.channels() == 1 ? Optional.empty() : Optional.of("it tells apart " + classes().size() + " classes at each place, and the network " + out.channels());
    }
    if (!inUnit.isEmpty() && !inUnit.contains("") && target().isEmpty()) {
      // Heads alone learn what is to be learned: see unfitUnit.
      return Optional.empty();
    }
    Optional<Normalization> own = measured("");
    int outputs = own.map(u -> u.mean().length).orElse(names().isEmpty() ? out.size() : names().size());
    if (outputs != out.size() || classes().size() > Math.max(2, out.size()) || own.isPresent() && own.get().std().length != outputs) {
      return Optional.of("it has " + Math.max(outputs, classes().size()) + " outputs, and the network has " + out.size());
    }
    return new HashSet<>(classes()).size() < classes().size() ? Optional.of("two of its classes are called alike") : Optional.empty();
  }

  /** Why a network with such an output, or none, cannot give it in the unit that this says; empty if it can, or if this says nothing of it. */
  public Optional<String> unfitUnit(String of, Optional<Shape> shape) {
    boolean fits = !inUnit.contains(of) || measured(of).filter(u -> shape.filter(s -> s.size() == u.mean().length).isPresent() && u.std().length == u.mean().length).isPresent();
    return fits ? Optional.empty() : Optional.of("its output `" + (of.isEmpty() ? "output" : of) + "` has a unit of its own, which fits no output of the network");
  }

  /** What the classes are called, in the order of the outputs; nothing where there are none. */
  public List<String> classes() {
    return output instanceof Output.Classes(List<String> names, var _) ? names : List.of();
  }

  /** Whether each place of an example has a class. */
  public boolean isOfPlaces() {
    return output instanceof Output.Classes c && c.ofPlaces();
  }

  /** What the numbers to predict are called; nothing where they have no names. */
  public List<String> names() {
    return output instanceof Output.Numbers(List<String> names, var _) ? names : List.of();
  }

  /** Whether the classes have names, not numbers alone. */
  public boolean hasNames() {
    return output instanceof Output.Classes c && !c.isNumbered();
  }

  /**
   * That of a network of so many outputs that meets data for the first time: the data's. Where fewer classes are called by numbers than it has
   * outputs, each is the output of its number: a folder `3` and a folder `7` are the fourth and eighth of ten.
   */
  public static World first(DataSplit data, Shape output) {
    World own = data.world();
    int outputs = own.isOfPlaces() ? output.channels() : output.size();
    boolean numbers = !own.classes().isEmpty() && own.classes().size() < outputs
        && own.classes().stream().allMatch(c -> c.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(c) < outputs);
    return numbers ? own.in(Output.Classes.numbered(outputs, own.isOfPlaces())) : own;
  }

  /**
   * The examples as a network with this world is shown them: normalised as those that it was first trained on, with its numbers for their
   * classes.
   *
   * @param net its name, for messages
   * @throws StrangeException if they have a class that it does not know, or classes where it predicts numbers, or the other way round
   */
  public DataSplit shown(DataSplit data, String net) {
    if (input instanceof Input.Sound(SoundForm own) && data.world().input instanceof Input.Sound(SoundForm theirs) && !own.hears(theirs)) {
      throw new StrangeException(net + " has learnt from sounds as " + own.told() + ", but " + data.name() + " gives them as " + theirs.told());
    }
    DataSplit encoded = retold(encoded(data, net), net);
    DataSplit normal = scaled(normalization.equals(encoded.world().normalization) ? encoded : encoded.normalize(normalization));
    if (output instanceof Output.Embedding) {
      return normal;
    }
    if (output.equals(encoded.world().output)) {
      return normal.in(this);
    }
    if (output instanceof Output.Numbers(List<String> own, var _) && encoded.world().output instanceof Output.Numbers(List<String> theirs, var _)) {
      if (!own.isEmpty() && !theirs.isEmpty() && !own.equals(theirs)) {
        throw new StrangeException(net + said(output) + ", but " + data.name() + " has " + listed(theirs));
      }
      return normal.in(this);
    }
    if (!(output instanceof Output.Classes(List<String> own, boolean places)) || !(encoded.world().output instanceof Output.Classes(List<String> theirs, boolean areOfPlaces))
        || places != areOfPlaces) {
      throw new StrangeException(net + said(output) + ", but the examples of " + data.name() + " have " + told(data.train().target()));
    }
    Set<String> unknown = new LinkedHashSet<>(theirs);
    unknown.removeAll(own);
    if (!unknown.isEmpty()) {
      throw new StrangeException(
          net + said(output) + ", but " + data.name() + " has " + (unknown.size() == 1 ? "the class " : "the classes ") + listed(new ArrayList<>(unknown)));
    }
    int[] numbers = theirs.stream().mapToInt(own::indexOf).toArray();
    return normal.each(part -> new Relabelled(part, numbers, Target.classes(part.target().shape(), own.size()))).in(this);
  }

  /** Tokens of another vocabulary, each by what it stands for. */
  private DataSplit retold(DataSplit data, String net) {
    Map<String, Vocabulary> own = new HashMap<>();
    Map<Integer, int[]> numbers = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      int named = Parts.place(data.train(), parts.get(i).field.name());
      int place = named >= 0 ? named : i;
      Optional<Vocabulary> theirs = place < data.world().parts.size() ? data.world().parts.get(place).vocabulary : Optional.empty();
      if (parts.get(i).vocabulary.isPresent() && theirs.isPresent() && !theirs.equals(parts.get(i).vocabulary)) {
        Vocabulary vocabulary = parts.get(i).vocabulary.get();
        try {
          numbers.put(place, theirs.get().in(vocabulary));
        } catch (IllegalArgumentException e) {
          throw new StrangeException(net + " has learnt from other texts than those of " + data.name() + ": " + e.getMessage());
        }
        own.put(data.world().parts.get(place).field.name(), vocabulary);
      }
    }
    return numbers.isEmpty() ? data : data.each(part -> Retold.of(part, numbers, own)).in(data.world().spoken(own));
  }

  /** Further parts of numbers, which are found by their names, in the network's own scale. */
  private DataSplit scaled(DataSplit data) {
    DataSplit scaled = data;
    for (Part part : parts) {
      int place = Parts.place(data.train(), part.field.name());
      if (part.isScaled() && place > Dataset.TARGET) {
        Normalization scale = part.scale.orElse(Normalization.none(part.field.shape()));
        boolean same = scaled.world().parts.size() > place && scaled.world().parts.get(place).scale.filter(scale::equals).isPresent();
        scaled = same ? scaled : scaled.each(d -> d.normalized(place, scale));
      }
    }
    return scaled;
  }

  /** @throws StrangeException if outputs are places among others: none of them stands for a class */
  public void requireClasses(String net) {
    if (output instanceof Output.Embedding) {
      throw new StrangeException(net + " gives places, and tells no classes apart");
    }
  }

  /** Columns of tables are matched by name, words by the word. */
  private DataSplit encoded(DataSplit data, String net) {
    if (!(input instanceof Input.Table own) || !(data.world().input instanceof Input.Table theirs) || own.encoding().equals(theirs.encoding())
        || own.encoding().features() == theirs.encoding().features() && (own.isNameless() || theirs.isNameless())) {
      return data;
    }
    try {
      return data.each(part -> part.as(own.encoding())).in(data.world().of(input).normalized(Normalization.none(data.train().as(own.encoding()).shape())));
    } catch (IllegalArgumentException e) {
      throw new StrangeException(net + " has learnt from other columns than " + data.name() + " has: " + e.getMessage());
    }
  }

  /** {@code tells apart 0, 1, 2}. */
  private static String said(Output output) {
    return switch (output) {
      case Output.Classes(List<String> names, boolean ofPlaces) -> " tells apart " + listed(names) + (ofPlaces ? " at each place" : "");
      case Output.Numbers(List<String> names, var _) -> " predicts " + (names.isEmpty() ? "numbers" : listed(names));
      case Output.Embedding() -> " gives places";
      case Output.Examples _ -> " makes examples";
    };
  }

  private static String told(Target target) {
    return target.isClass() ? "classes" : target.isPlaces() ? "classes at each place" : "numbers to predict";
  }

  private static String listed(List<String> names) {
    int most = 12;
    return names.size() <= most ? String.join(", ", names) : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }
}
