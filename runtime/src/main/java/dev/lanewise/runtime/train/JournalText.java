package dev.lanewise.runtime.train;

import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A journal as words in the metadata of a file. Epochs are a table: names first, then a line for each, with a number for each name.
 *
 * <pre>
 * epoch seconds rate objective train.examples train.loss train.accuracy | 1 0.25 0.01 NaN 300 0.6931471805599453 0.5 | 2 …
 * 1 37 rate 0.01 0.1 | 2 14 stop
 * </pre>
 */
final class JournalText {
  private static final String BIRTH = "journal.birth";
  private static final String BEFORE = "journal.before";
  private static final String EPOCHS = "journal.epochs";
  private static final String CHANGES = "journal.changes";
  private static final String BETWEEN = " | ";
  private static final String EXAMPLES = "examples";

  private JournalText() {}

  static Map<String, String> of(Journal journal) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(BIRTH, journal.birth().toString());
    metadata.put(BEFORE, Integer.toString(journal.before()));
    metadata.put(EPOCHS, epochs(journal.epochs()));
    metadata.putAll(of(journal.changes()));
    return metadata;
  }

  /** What of the metadata changes with the changes alone. */
  static Map<String, String> of(List<Change> changes) {
    return Map.of(CHANGES, changes.stream().map(JournalText::text).collect(Collectors.joining(BETWEEN)));
  }

  private static String text(Change change) {
    String where = change.epoch() + " " + change.batch() + " ";
    return where + switch (change) {
      case Change.Rate r -> "rate " + r.from() + " " + r.to();
      case Change.Size s -> "size " + s.from() + " " + s.to();
      case Change.Stop _ -> "stop";
    };
  }

  private static String epochs(List<TrainEvent.Epoch> epochs) {
    List<Map<String, String>> rows = epochs.stream().map(JournalText::row).toList();
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(r -> names.addAll(r.keySet()));
    List<String> lines = new ArrayList<>(List.of(String.join(" ", names)));
    rows.forEach(r -> lines.add(names.stream().map(n -> r.getOrDefault(n, "NaN")).collect(Collectors.joining(" "))));
    return String.join(BETWEEN, lines);
  }

  private static Map<String, String> row(TrainEvent.Epoch e) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("epoch", Integer.toString(e.epoch()));
    row.put("seconds", Double.toString(e.seconds()));
    row.put("rate", Double.toString(e.rate()));
    row.put("objective", Double.toString(e.objective()));
    e.withstood().ifPresent(w -> w.shares().forEach((name, share) -> row.put(name, Double.toString(share))));
    put("train.", e.train(), row);
    if (e.validation() != null) {
      put("val.", e.validation(), row);
    }
    return row;
  }

  private static void put(String part, Score score, Map<String, String> row) {
    row.put(part + EXAMPLES, Integer.toString(score.examples()));
    // In the order of the kinds: the same bytes each time.
    Arrays.stream(Measure.Kind.values()).filter(score.told()::containsKey).forEach(k -> row.put(part + k, Double.toString(score.of(k))));
  }

  /**
   * @param epoch how many epochs lie behind, as the same metadata says
   * @throws UnfitException if the journal is damaged
   */
  static Journal read(Map<String, String> metadata, String net, int epochs, int epoch) {
    if (!metadata.containsKey(BIRTH)) {
      return new Journal(Birth.now(), epoch, List.of(), List.of());
    }
    try {
      int before = Integer.parseInt(metadata.getOrDefault(BEFORE, ""));
      List<TrainEvent.Epoch> read = epochs(metadata.getOrDefault(EPOCHS, ""), net, epochs);
      for (int i = 0; i < read.size(); i++) {
        if (read.get(i).epoch() != before + i + 1) {
          throw new UnfitException("the journal in the file has no epoch " + (before + i + 1));
        }
      }
      if (before + read.size() != epoch) {
        throw new UnfitException("the journal in the file ends with epoch " + (before + read.size()) + ", its parameters are those of " + epoch);
      }
      return new Journal(Birth.of(metadata.get(BIRTH)), before, read, changes(metadata.getOrDefault(CHANGES, "")));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new UnfitException("the journal in the file is damaged: " + e.getMessage());
    }
  }

  private static List<Change> changes(String text) {
    return lines(text).stream().<Change>map(line -> {
      String[] words = line.split(" ");
      int epoch = Integer.parseInt(words[0]);
      int batch = Integer.parseInt(words[1]);
      return switch (words[2]) {
        case "rate" -> new Change.Rate(epoch, batch, Double.parseDouble(words[3]), Double.parseDouble(words[4]));
        case "size" -> new Change.Size(epoch, batch, Integer.parseInt(words[3]), Integer.parseInt(words[4]));
        case "stop" -> new Change.Stop(epoch, batch);
        default -> throw new UnfitException("the journal in the file has an unknown change, " + line);
      };
    }).toList();
  }

  private static List<TrainEvent.Epoch> epochs(String text, String net, int epochs) {
    List<String> lines = lines(text);
    String[] names = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ");
    return lines.stream().skip(1).map(line -> {
      Map<String, Double> row = new LinkedHashMap<>();
      String[] words = line.split(" ");
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], Double.valueOf(words[i]));
      }
      return new TrainEvent.Epoch(
          net, value(row, "epoch").intValue(), epochs, value(row, "seconds"), score("train.", row), row.containsKey("val.examples") ? score("val.", row) : null,
          value(row, "rate"), value(row, "objective"), withstood(row));
    }).toList();
  }

  private static Optional<Withstood> withstood(Map<String, Double> row) {
    return row.keySet().containsAll(Withstood.NAMES) ? Optional.of(new Withstood(value(row, Withstood.NAMES.getFirst()), value(row, Withstood.NAMES.getLast()))) : Optional.empty();
  }

  private static Score score(String part, Map<String, Double> row) {
    Map<Measure.Kind, Double> told = new EnumMap<>(Measure.Kind.class);
    Arrays.stream(Measure.Kind.values()).filter(k -> row.containsKey(part + k)).forEach(k -> told.put(k, row.get(part + k)));
    return new Score(value(row, part + EXAMPLES).intValue(), told);
  }

  private static Double value(Map<String, Double> row, String name) {
    if (!row.containsKey(name)) {
      throw new UnfitException("the journal in the file has no " + name);
    }
    return row.get(name);
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" \\| "));
  }
}
