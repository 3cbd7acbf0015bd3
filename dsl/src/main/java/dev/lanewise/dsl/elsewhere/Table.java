package dev.lanewise.dsl.elsewhere;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What calls of other libraries are here: {@code elsewhere.txt}, a line for each.
 *
 * <pre>{@code Table.translate(Room.LAYER, Written.of("nn.Conv2d(1, 8, 3)").get()).get().text()   // conv(8, 3) }</pre>
 */
public final class Table {
  private static final String NO_STEP = "nothing";
  private static final Set<String> NO_ACTIVATION = Set.of("linear", "identity", "none");

  private static final Map<String, Library> LIBRARIES = new HashMap<>();
  private static final List<Entry> ENTRIES = new ArrayList<>();
  private static final Map<String, List<Entry>> BY_NAME = new HashMap<>();
  private static final Map<Names, Map<String, List<String>>> NAMES = new EnumMap<>(Names.class);

  static {
    read();
    ENTRIES.forEach(e -> e.names().forEach(n -> BY_NAME.computeIfAbsent(key(n), _ -> new ArrayList<>()).add(e)));
    ENTRIES.forEach(e -> {
      e.names().stream().filter(_ -> !e.here().isEmpty()).forEach(n -> word(Names.WORD, n, e.here()));
      e.argumentNames().forEach((there, here) -> word(Names.WORD, there, here));
    });
  }

  private Table() {}

  /** Capitals and underscores are a matter of taste: {@code MaxPool2d}, {@code max_pool2d}. */
  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "");
  }

  private static void word(Names of, String there, String here) {
    List<String> all = NAMES.computeIfAbsent(of, _ -> new HashMap<>()).computeIfAbsent(key(there), _ -> new ArrayList<>());
    if (!all.contains(here)) {
      all.add(here);
    }
  }

  /** What a word of other libraries may be called here, the likeliest first. */
  public static List<String> words(String there) {
    return names(Names.WORD, there);
  }

  /** What comes nearest to a thing of other libraries that is not here at all. */
  public static List<String> instead(String there) {
    return names(Names.NONE, there);
  }

  /** What names of one kind may be here, the likeliest first. */
  public static List<String> names(Names of, String there) {
    return NAMES.getOrDefault(of, Map.of()).getOrDefault(key(there), List.of());
  }

  /** A call of another library as it is written here. Empty if none has it, or it cannot be called so there. */
  public static Optional<Translation> translate(Room room, Written call) {
    List<Entry> all = entries(room, call);
    List<Entry> exact = all.stream().filter(e -> e.names().contains(call.last())).toList();
    List<Entry> first = exact.isEmpty() ? all : exact;
    return Stream.of(false, true).flatMap(open -> translated(first, call, open)).findFirst()
        // Spelt as in one library, with the arguments of another: one of two ways in which it could be meant.
        .or(() -> translated(call.before().isEmpty() ? all : List.of(), call, false).map(Translation::perhaps).findFirst());
  }

  private static Stream<Translation> translated(List<Entry> entries, Written call, boolean open) {
    return entries.stream().flatMap(e -> e.translate(call, open, Table::rewritten).stream());
  }

  /** What a call is called here, whatever its arguments are. */
  public static Optional<Translation> named(Room room, Written call) {
    return entries(room, call).stream().findFirst()
        .map(e -> new Translation(e.library().title(), call.name(), e.here(), e.here(), List.of(), List.of(), false));
  }

  /**
   * A call that is called as here, but has arguments as elsewhere.
   *
   * @param own the names of the arguments here, in their order
   */
  public static Optional<Translation> ofArguments(Room room, Written call, List<String> own) {
    List<Entry> all = ENTRIES.stream().filter(e -> e.room() == room && e.here().equals(call.name())).toList();
    List<String> foreign = call.pieces().stream().map(Written.Piece::name).filter(n -> !n.isEmpty() && !own.contains(n)).toList();
    Stream<Translation> mixed = foreign.isEmpty()
        ? Stream.of()
        : all.stream().filter(e -> foreign.stream().allMatch(e::takes)).flatMap(e -> e.mixed(own).translate(call, false, Table::rewritten).stream());
    return Stream.concat(mixed.filter(t -> Written.of(t.text().split(" -> ")[0]).filter(w -> isOnce(w, own)).isPresent()), all.stream().flatMap(e -> e.translate(call, false, Table::rewritten).stream()))
        .findFirst();
  }

  /** Whether no argument is given by its place and by its name. */
  private static boolean isOnce(Written call, List<String> own) {
    int places = (int) call.pieces().stream().filter(p -> p.name().isEmpty()).count();
    List<String> names = new ArrayList<>(own.subList(0, Math.min(places, own.size())));
    return places <= own.size() && call.pieces().stream().map(Written.Piece::name).filter(n -> !n.isEmpty()).allMatch(n -> !names.contains(n) && names.add(n));
  }

  private static List<Entry> entries(Room room, Written call) {
    List<String> before = call.before();
    List<Entry> found = new ArrayList<>(BY_NAME.getOrDefault(key(call.last()), List.of()).stream().filter(e -> e.library().has(before)).toList());
    if (!before.isEmpty()) {
      String both = key(before.getLast()) + "." + key(call.last());
      BY_NAME.getOrDefault(both, List.of()).stream().filter(e -> e.library().has(before.subList(0, before.size() - 1))).forEach(found::add);
    }
    return found.stream().filter(e -> e.room() == room).toList();
  }

  /** A value in the way that a place of the table asks for. */
  static Optional<String> rewritten(String way, String value) {
    return switch (way) {
      case "step" -> NO_ACTIVATION.contains(Values.unquoted(value).toLowerCase(Locale.ROOT)) ? Optional.of(Values.NOTHING) : looked(Room.LAYER, value);
      case "init" -> looked(Room.INIT, value);
      default -> Values.WAYS.get(way).apply(value);
    };
  }

  private static Optional<String> looked(Room room, String value) {
    return Written.of(value).flatMap(w -> translate(room, w)).map(Translation::text);
  }

  /** All lines, for tests. */
  static List<Entry> entries() {
    return List.copyOf(ENTRIES);
  }

  private static void read() {
    String section = "";
    for (String line : text().lines().toList()) {
      if (line.startsWith("[")) {
        section = line.substring(1, line.length() - 1);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        read(section, line);
      }
    }
  }

  private static void read(String section, String line) {
    try {
      switch (section) {
        case "library" -> {
          String[] parts = line.split("\\s*[:=]\\s*");
          LIBRARIES.put(parts[0], new Library(parts[1], Set.of(parts[2].split("\\s+"))));
        }
        case String names when Names.isSection(names) -> readNames(names, line);
        default -> List.of(line.substring(0, line.indexOf(':')).split("/"))
            .forEach(library -> ENTRIES.add(entry(LIBRARIES.get(library), Room.valueOf(section.toUpperCase(Locale.ROOT)), line)));
      }
    } catch (RuntimeException e) {
      throw new IllegalStateException("elsewhere.txt: " + line, e);
    }
  }

  /** {@code bs, batch_size -> batch}. */
  private static void readNames(String section, String line) {
    String[] sides = line.split("\\s*->\\s*");
    List<String> here = List.of(sides[1].split("\\s*,\\s*"));
    List.of(sides[0].split("\\s*,\\s*")).forEach(there -> here.forEach(h -> word(Names.of(section), there, h)));
  }

  /** {@code torch: Linear|LazyLinear(in_features, out_features) -> dense(features = {out_features})}. */
  private static Entry entry(Library library, Room room, String line) {
    int colon = line.indexOf(':');
    int open = line.indexOf('(');
    int close = Nesting.closing(line, open);
    String[] sides = line.substring(close + 1).strip().split("\\s*->\\s*");
    List<Entry.Step> steps = new ArrayList<>();
    for (int i = 1; i < sides.length; i++) {
      if (!sides[i].equals(NO_STEP)) {
        steps.add(step(sides[i].strip()));
      }
    }
    return new Entry(
        library, room, List.of(line.substring(colon + 1, open).strip().split("\\|")),
        Nesting.parts(line.substring(open + 1, close)).stream().map(Parameter::of).toList(), List.copyOf(steps), !sides[0].equals("?"));
  }

  private static Entry.Step step(String text) {
    int open = text.indexOf('(');
    return text.startsWith("{")
        ? new Entry.Step("", false, List.of(Slot.of(new Written.Piece("", text))))
        : open < 0 ? new Entry.Step(text, false, List.of())
        : new Entry.Step(text.substring(0, open), text.endsWith("()"), Written.pieces(text.substring(open + 1, text.length() - 1)).stream().map(Slot::of).toList());
  }

  private static String text() {
    try (InputStream in = Table.class.getResourceAsStream("elsewhere.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
