package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Grouped;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.sound.Cut;
import dev.lanewise.runtime.data.sound.Ear;
import dev.lanewise.runtime.data.sound.Features;
import dev.lanewise.runtime.data.format.sound.Sound;
import dev.lanewise.runtime.data.format.sound.SoundFile;
import dev.lanewise.runtime.data.sound.SoundForm;
import dev.lanewise.runtime.file.Allowance;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Sounds in a folder, with their classes; {@link SoundFiles} says where these are. Classes are in the order of their names; sounds take turns, the first
 * of each class, then the second, so that the first few of them have all classes.
 *
 * <pre>{@code SoundFolder.open(place, new SoundFolder.Wish(8_000, 1, Cut.BEGIN, new Features.Wave())).load() }</pre>
 */
public final class SoundFolder implements OpenedData {
  /** So many samples of an example are enough for ten minutes. */
  private static final int MOST_SAMPLES = 1 << 25;
  /** One sound in so many may be too long before anything is said. */
  private static final int FEW = 20;

  /**
   * Which sounds are meant.
   *
   * @param test a folder, or a pattern of names; empty without
   * @param names what names tell; empty where that is not said
   * @param group the words among {@code names} by which sounds belong together
   */
  public record Place(Path folder, Optional<Path> testFolder, String test, Optional<SoundNames> names, List<String> group) {}

  /** How they are to be heard. @param rate samples of a second; 0 means as many as the first sound has */
  public record Wish(int rate, double seconds, Cut cut, Features features) {}

  private final Place place;
  private final SoundForm form;
  private final List<String> classes;
  private final List<SoundFiles.Item> train;
  private final List<SoundFiles.Item> test;

  private SoundFolder(Place place, SoundForm form, List<String> classes, List<SoundFiles.Item> train, List<SoundFiles.Item> test) {
    this.place = place;
    this.form = form;
    this.classes = classes;
    this.train = inTurns(train);
    this.test = inTurns(test);
  }

  /**
   * Looks for the sounds, and into the first one.
   *
   * @throws IOException if there are none, or it is not known which classes they have
   * @throws IllegalArgumentException if what is wished cannot be
   */
  public static SoundFolder open(Place place, Wish wish) throws IOException {
    SoundFiles files = new SoundFiles(place.folder, place.names, place.group);
    List<SoundFiles.Item> train = files.all();
    List<SoundFiles.Item> test = List.of();
    if (SoundFiles.isPattern(place.test)) {
      test = files.matching(train, place.test);
      train = without(train, test, place.test);
    } else if (place.testFolder.isPresent()) {
      test = new SoundFiles(place.testFolder.get(), place.names, place.group).all();
    }
    List<String> classes = train.stream().map(SoundFiles.Item::label).distinct().sorted().toList();
    checkClasses(place, classes, train, test);
    SoundForm form = form(wish, train.getFirst().file());
    return new SoundFolder(place, form, classes, train, test);
  }

  /** Whether what is to be tested on is named by a pattern of names, not as a folder. */
  public static boolean isPattern(String test) {
    return SoundFiles.isPattern(test);
  }

  private static List<SoundFiles.Item> without(List<SoundFiles.Item> all, List<SoundFiles.Item> test, String pattern) {
    if (test.isEmpty() || test.size() == all.size()) {
      throw new IllegalArgumentException(
          "test: " + (test.isEmpty() ? "no sound has" : "all sounds have") + " a name of the form \"" + pattern + "\"; the first is called " + all.getFirst().name());
    }
    return all.stream().filter(i -> !test.contains(i)).toList();
  }

  private static void checkClasses(Place place, List<String> classes, List<SoundFiles.Item> train, List<SoundFiles.Item> test) throws IOException {
    if (classes.size() < 2) {
      throw new IOException(place.folder + ": expected sounds of two classes at least, found one, " + classes.getFirst());
    }
    if (classes.size() == train.size() && train.size() > 2) {
      throw new IOException(
          place.folder + ": each of the " + train.size() + " sounds would be a class of its own, as " + classes.getFirst() + " is: say where the class stands in the names, for example names = \"{speaker}_{class}\"");
    }
    Optional<SoundFiles.Item> unknown = test.stream().filter(i -> !classes.contains(i.label())).findFirst();
    if (unknown.isPresent()) {
      throw new IOException(unknown.get().file() + ": among the sounds to train on there is no class " + unknown.get().label());
    }
  }

  private static SoundForm form(Wish wish, Path first) throws IOException {
    int rate = wish.rate == 0 ? SoundFile.rate(first) : wish.rate;
    long samples = Math.round(rate * wish.seconds);
    if (samples < 2 || samples > MOST_SAMPLES) {
      throw new IllegalArgumentException("seconds: " + samples + " samples of each sound; expected from 2 to " + String.format(Locale.ROOT, "%,d", MOST_SAMPLES));
    }
    SoundForm form = new SoundForm(rate, (int) samples, wish.cut, wish.features);
    form.unfit().ifPresent(why -> {
      throw new IllegalArgumentException("features: " + why);
    });
    return form;
  }

  private static List<SoundFiles.Item> inTurns(List<SoundFiles.Item> items) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    record Turn(int turn, SoundFiles.Item item) {}
    List<Turn> turns = new ArrayList<>();
    for (SoundFiles.Item item : items) {
      turns.add(new Turn(counts.merge(item.label(), 1, Integer::sum), item));
    }
    return turns.stream().sorted(Comparator.comparingInt(Turn::turn).thenComparing(t -> t.item.label())).map(Turn::item).toList();
  }

  @Override
  public Shape shape() {
    return form.shape();
  }

  @Override
  public Target target() {
    return Target.classes(classes.size());
  }

  @Override
  public Optional<SoundForm> sound() {
    return Optional.of(form);
  }

  @Override
  public boolean hasTest() {
    return !test.isEmpty();
  }

  @Override
  public List<String> grouped() {
    return place.group;
  }

  @Override
  public List<String> notes() {
    String label = place.names.map(n -> "names of the form " + n).orElse(train.getFirst().file().getParent().equals(place.folder) ? "the class before the first `_`, `-` or space of a name" : "a folder for each class");
    return List.of(label + String.format(Locale.ROOT, ", %,d samples a second", form.rate()));
  }

  @Override
  public DataSplit load() throws IOException {
    return load(_ -> { });
  }

  @Override
  public DataSplit load(Consumer<String> doubts) throws IOException {
    Allowance allowance = new Allowance();
    Ear ear = new Ear(form);
    List<Path> read = Stream.concat(train.stream(), test.stream()).map(SoundFiles.Item::file).toList();
    LeftOut.of(read.stream().map(Path::getParent).distinct().toList(), read, "sounds").ifPresent(doubts);
    Dataset training = part(train, ear, allowance, doubts);
    Dataset testing = test.isEmpty() ? null : part(test, ear, allowance, _ -> { });
    return new DataSplit("audio", training, null, testing).classesNamed(classes).sounds(form);
  }

  /** What is known of one sound. */
  private record Heard(float[] example, boolean isLonger, boolean isSlower) {}

  private Dataset part(List<SoundFiles.Item> items, Ear ear, Allowance allowance, Consumer<String> doubts) throws IOException {
    allowance.take(place.folder + ": " + items.size() + " sounds as " + form.shape(), (long) items.size() * form.shape().size() * Float.BYTES, "take fewer seconds, a lower rate, or mel(40)");
    List<Heard> heard;
    try {
      // Sounds do not depend on each other. Of several broken ones one is told.
      heard = items.stream().parallel().map(i -> heard(i.file(), ear)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    tell(heard, doubts);
    int[] labels = items.stream().mapToInt(i -> classes.indexOf(i.label())).toArray();
    Dataset examples = new Points(form.shape(), heard.stream().map(Heard::example).toArray(float[][]::new), labels, classes.size());
    return place.group.isEmpty() ? examples : Grouped.of(examples, place.group, items.stream().map(SoundFiles.Item::group).toList());
  }

  private Heard heard(Path file, Ear ear) {
    try {
      Sound sound = SoundFile.read(file);
      return new Heard(ear.example(sound), sound.seconds() > form.seconds(), sound.rate() < form.rate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(List<Heard> heard, Consumer<String> doubts) {
    long longer = heard.stream().filter(Heard::isLonger).count();
    long slower = heard.stream().filter(Heard::isSlower).count();
    if (longer * FEW > heard.size()) {
      doubts.accept(String.format(
          Locale.ROOT, "%,d of %,d sounds are longer than %s s, and only their %s is heard", longer, heard.size(), number(form.seconds()),
          switch (form.cut()) {
            case BEGIN -> "beginning";
            case MIDDLE -> "middle";
            case LOUDEST -> "loudest part";
          }));
    }
    if (slower > 0) {
      doubts.accept(String.format(
          Locale.ROOT, "%,d of %,d sounds have fewer than %,d samples a second, so that there is nothing in them above half of what they have", slower, heard.size(), form.rate()));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
  }
}
