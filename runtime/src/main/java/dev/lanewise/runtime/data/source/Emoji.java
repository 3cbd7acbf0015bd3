package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Parts;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Related;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.format.image.ImageFile;
import dev.lanewise.runtime.data.text.Characters;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Emoji with their names: a sheet of pictures of 32x32, each with a border of one pixel, and a table that says what each is called. An example is a picture
 * and one of its texts: its name, or its name and what else it is found by, in English or in Chinese. Texts are characters, padded with 0.
 *
 * <pre>{@code
 * hex    sheet_x  sheet_y  en             en_tags      zh    zh_tags
 * 1F600  32       47       grinning face  smile|happy  嘿嘿  笑脸|高兴
 * }</pre>
 *
 * <p>All texts of an emoji belong together, and so do a man, a woman and a person who do the same, in any colour: {@link #kind} tells by the code points.
 */
public final class Emoji implements OpenedData {
  private static final int SIZE = 32;
  private static final int BORDER = 1;
  private static final int CELL = SIZE + 2 * BORDER;
  private static final int CHANNELS = 3;
  private static final String TABLE = "emoji.tsv";
  private static final List<String> COLUMNS = List.of("hex", "sheet_x", "sheet_y", "en", "zh");
  private static final List<String> LANGUAGES = List.of("en", "zh");
  /** Between a name and what else the emoji is found by. */
  private static final String COMMA = ",";
  /** Joiners, signs of men and women, and colours of skin. */
  private static final Set<String> VARIANTS =
      Set.of("200D", "FE0F", "2640", "2642", "1F3FB", "1F3FC", "1F3FD", "1F3FE", "1F3FF");
  /** People of any age and kind. */
  private static final Set<String> PEOPLE = Set.of("1F466", "1F467", "1F468", "1F469", "1F474", "1F475", "1F9D1", "1F9D2", "1F9D3");

  private record Row(String hex, int x, int y, List<String> texts) {}

  private final Path sheet;
  private final int length;
  private final List<Row> rows;
  private final Vocabulary characters;

  private Emoji(Path sheet, int length, List<Row> rows) {
    this.sheet = sheet;
    this.length = length;
    this.rows = rows;
    this.characters = Vocabulary.of(new Characters(), rows.stream().flatMap(r -> r.texts.stream()).toList(), List.of(Vocabulary.PADDING), 0, true);
  }

  /**
   * Reads the table.
   *
   * @param length of a text, in characters
   * @throws IOException naming the file and the line
   */
  public static Emoji open(Path folder, int length) throws IOException {
    Path table = folder.resolve(TABLE);
    if (!Files.exists(table)) {
      throw new NoSuchFileException(table.toString());
    }
    List<String> lines = lines(table);
    List<String> header = lines.isEmpty() ? List.of() : List.of(lines.getFirst().split("\t", -1));
    for (String column : COLUMNS) {
      if (!header.contains(column)) {
        throw new IOException(table + ": there is no column `" + column + "` in the first line");
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        rows.add(row(table + ", line " + (i + 1), header, lines.get(i).split("\t", -1)));
      }
    }
    if (rows.isEmpty()) {
      throw new IOException(table + ": there are no emoji below the first line");
    }
    return new Emoji(sheet(folder), length, rows);
  }

  private static List<String> lines(Path table) throws IOException {
    try {
      return Files.readAllLines(table);
    } catch (CharacterCodingException e) {
      throw new IOException(table + ": this is no text in UTF-8", e);
    }
  }

  private static Path sheet(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sheets = files.filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".png")).sorted().toList();
      if (sheets.size() != 1) {
        throw new IOException(folder + ": one sheet of pictures, a .png, is needed beside " + TABLE + ", but there are " + sheets.size());
      }
      return sheets.getFirst();
    }
  }

  private static Row row(String place, List<String> header, String[] cells) throws IOException {
    if (cells.length != header.size()) {
      throw new IOException(place + ": " + cells.length + " cells, but the first line names " + header.size() + " columns");
    }
    Map<String, String> own = new HashMap<>();
    IntStream.range(0, cells.length).forEach(i -> own.put(header.get(i), cells[i].strip()));
    List<String> texts = new ArrayList<>();
    for (String language : LANGUAGES) {
      String name = own.get(language);
      String tags = own.getOrDefault(language + "_tags", "").replace("|", COMMA);
      if (!name.isEmpty() && !tags.isEmpty()) {
        texts.add(name + COMMA + tags);
      }
      if (!name.isEmpty()) {
        texts.add(name);
      }
    }
    if (texts.isEmpty()) {
      throw new IOException(place + ": the emoji has no name");
    }
    return new Row(own.get("hex"), number(place, own, "sheet_x"), number(place, own, "sheet_y"), texts);
  }

  private static int number(String place, Map<String, String> cells, String column) throws IOException {
    String text = cells.get(column);
    if (!text.matches("[0-9]{1,4}")) {
      throw new IOException(place + ": `" + column + "` is a whole number from 0 on, not `" + text + "`");
    }
    return Integer.parseInt(text);
  }

  /** Its code points but for joiners, skin and the signs of men and women, with one person for all. */
  static String kind(String hex) {
    return Stream.of(hex.toUpperCase(Locale.ROOT).split("-")).filter(p -> !VARIANTS.contains(p)).map(p -> PEOPLE.contains(p) ? "person" : p)
        .collect(Collectors.joining("-"));
  }

  @Override
  public Shape shape() {
    return Shape.of(CHANNELS, SIZE, SIZE);
  }

  @Override
  public Target target() {
    return Target.classes(Shape.of(length), characters.size());
  }

  @Override
  public List<Field> fields() {
    return List.of(new Field("image", shape(), 0), new Field("text", Shape.of(length), characters.size(), true));
  }

  @Override
  public boolean hasTest() {
    return false;
  }

  @Override
  public List<String> notes() {
    return List.of(rows.size() + " pictures");
  }

  @Override
  public DataSplit load() throws IOException {
    byte[] pictures = pictures();
    List<byte[]> images = new ArrayList<>();
    List<float[]> texts = new ArrayList<>();
    List<Integer> kinds = new ArrayList<>();
    Map<String, Integer> known = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      byte[] image = Arrays.copyOfRange(pictures, i * shape().size(), (i + 1) * shape().size());
      int kind = known.computeIfAbsent(kind(rows.get(i).hex), _ -> known.size());
      for (String text : rows.get(i).texts) {
        images.add(image);
        texts.add(characters.padded(text, length));
        kinds.add(kind);
      }
    }
    byte[] all = new byte[images.size() * shape().size()];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i), 0, all, i * shape().size(), shape().size());
    }
    Dataset seen = new ByteImages(shape(), all, new byte[images.size()], 0, 0, 1);
    Dataset named = new Paired(seen, new Points(Shape.of(length), texts.toArray(float[][]::new)), target());
    Dataset examples = new Related(new Parts(named, fields(), List.of()), kinds.stream().mapToInt(k -> k).toArray());
    return new DataSplit("emoji", examples, null, null).inParts(Set.of()).spoken(Map.of("text", characters)).pictures(World.Preparation.PLAIN);
  }

  /** Cut out of the sheet, one after the other. */
  private byte[] pictures() throws IOException {
    ImageFile.Planes planes = ImageFile.planes(sheet, CHANNELS);
    byte[] pictures = new byte[Math.multiplyExact(rows.size(), shape().size())];
    for (int i = 0; i < rows.size(); i++) {
      int left = rows.get(i).x * CELL + BORDER;
      int top = rows.get(i).y * CELL + BORDER;
      if (left + SIZE > planes.width() || top + SIZE > planes.height()) {
        throw new IOException(
            sheet + ": " + planes.width() + "x" + planes.height() + " pixels, but the picture of " + rows.get(i).hex + " would lie in column " + rows.get(i).x + " and row "
                + rows.get(i).y + ", " + CELL + " pixels each");
      }
      for (int c = 0; c < CHANNELS; c++) {
        for (int y = 0; y < SIZE; y++) {
          System.arraycopy(planes.values()[c], (top + y) * planes.width() + left, pictures, ((i * CHANNELS + c) * SIZE + y) * SIZE, SIZE);
        }
      }
    }
    return pictures;
  }
}
