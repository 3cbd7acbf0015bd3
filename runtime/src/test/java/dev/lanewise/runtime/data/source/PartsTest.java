package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Folds;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Parts;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.WorldText;
import dev.lanewise.runtime.data.source.ArrayParts.Names.Group;
import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.data.table.Wanted;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples with named parts, wherever they come from. */
class PartsTest {
  private static final String RATINGS = "user,film,when,rating\nbob,10,1,5\nann,9,2,3\nbob,9,3,4\ncy,10,4,1.5\n";

  @TempDir Path folder;

  private static TableSettings parts(String... parts) {
    return new TableSettings(List.of(), List.of(parts), List.of(), TableSettings.Words.REFUSE, TableSettings.Missing.REFUSE, '.', Optional.empty());
  }

  private OpenedData csv(String text, Optional<String> test, String... parts) throws IOException {
    Path file = Files.writeString(folder.resolve("r.csv"), text);
    Optional<Path> other = test.isPresent() ? Optional.of(Files.writeString(folder.resolve("t.csv"), test.get())) : Optional.empty();
    return Csv.read(file, other, new Wanted(List.of("rating"), false), parts(parts));
  }

  private static float[] part(Dataset data, String name, int index) {
    List<String> names = data.fields().stream().map(Field::name).toList();
    int field = names.indexOf(name);
    float[] out = new float[data.fields().get(field).shape().size()];
    data.readField(field, index, out, 0, 1);
    return out;
  }

  @Test
  void columnsAreNumberedByTheirWordsInOrderAndOthersStayOut() throws IOException {
    Dataset data = csv(RATINGS, Optional.empty(), "user", "film").load().train();
    assertThat(data.fields()).containsExactly(new Field("user", Shape.of(1), 3), new Field("rating", Shape.of(1), 0), new Field("film", Shape.of(1), 2));
    // Words by the alphabet, numbers by their size.
    assertThat(List.of(part(data, "user", 0)[0], part(data, "user", 1)[0], part(data, "user", 3)[0])).containsExactly(1f, 0f, 2f);
    assertThat(List.of(part(data, "film", 0)[0], part(data, "film", 1)[0])).containsExactly(1f, 0f);
    assertThat(part(data, "rating", 3)).containsExactly(1.5f);
    float[] block = new float[16];
    data.readBlock(new int[] {3, 0}, 0, 2, block, 0);
    assertThat(List.of(block[0], block[1])).containsExactly(2f, 1f);
  }

  @Test
  void theFileToTestOnHasTheSameNumbers() throws IOException {
    DataSplit data = csv(RATINGS, Optional.of("rating,film,user\n2,9,cy\n"), "user", "film").load();
    assertThat(part(data.test(), "user", 0)).containsExactly(2);
    assertThat(part(data.test(), "film", 0)).containsExactly(0);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "user film | rating,film,user;2,9,zoe | t.csv: line 2, column 3: in `user`, `zoe` is not among those to train on",
    "user usr | | no column `usr`",
    "user rating | | the column `rating` is to be learned",
    "user user | | asked for twice"
  })
  void whatDoesNotFitIsRefused(String parts, String test, String message) {
    assertThatThrownBy(() -> csv(RATINGS, Optional.ofNullable(test).map(t -> t.replace(";", "\n") + "\n"), parts.split(" ")).load())
        .isInstanceOf(IOException.class).hasMessageContaining(message);
  }

  @Test
  void namesAreThoseThatTheLanguageCanWrite() throws IOException {
    assertThat(csv("user id,rating\na,1\n", Optional.empty(), "user id").fields().getFirst().name()).isEqualTo("user_id");
    Path file = Files.writeString(folder.resolve("n.csv"), "7,a,1\n8,b,2\n");
    OpenedData numbered = Csv.read(file, Optional.empty(), new Wanted(List.of("3"), false), parts("2", "1"));
    assertThat(numbered.fields()).extracting(Field::name).containsExactly("column2", "column3", "column1");
  }

  /** Other numbers for the same words, other columns before them: a network sees its own. */
  @Test
  void aNetworkSeesItsOwnNumbersOfWords() throws IOException {
    World world = csv(RATINGS, Optional.empty(), "user", "film").load().world();
    DataSplit others = csv("film,rating,user\n10,1,cy\n", Optional.empty(), "film", "user").load();
    Dataset seen = world.shown(others, "Taste").train();
    assertThat(part(seen, "user", 0)).containsExactly(2);
    assertThat(part(seen, "film", 0)).containsExactly(1);
    DataSplit strange = csv("film,rating,user\n10,1,dan\n", Optional.empty(), "film", "user").load();
    assertThatThrownBy(() -> world.shown(strange, "Taste")).isInstanceOf(World.StrangeException.class).hasMessageContaining("`dan`");
  }

  private static DataSplit both(int count) {
    Shape two = Shape.of(2);
    float[][] images = new float[count][];
    float[][] sizes = new float[count][];
    float[][] targets = new float[count][];
    for (int i = 0; i < count; i++) {
      images[i] = new float[] {i, i + 0.5f};
      sizes[i] = new float[] {100 * i};
      targets[i] = new float[] {-i};
    }
    List<Field> fields = List.of(new Field("image", two, 0), new Field("height", Shape.of(1), 0), new Field("size", Shape.of(1), 0));
    Dataset all = new Parts(new Paired(new Points(two, images), new Points(Shape.of(1), targets)), fields, List.of(new Points(Shape.of(1), sizes)));
    return new DataSplit("both", all, null, null).inParts(Set.of());
  }

  private static void assertTogether(Dataset data) {
    for (int i = 0; i < data.size(); i++) {
      float image = part(data, "image", i)[0];
      assertThat(part(data, "size", i)[0]).isEqualTo(100 * image);
      assertThat(part(data, "height", i)[0]).isEqualTo(-image);
    }
  }

  @Test
  void partsStayTogetherHoweverExamplesAreChosen() {
    DataSplit split = both(50).testing(10, 3).limit(30).validation(7, 4);
    assertTogether(split.train());
    assertTogether(split.validation());
    assertTogether(split.test());
    Folds folds = new Folds(split, 4, 5, false);
    for (int f = 1; f <= 4; f++) {
      assertTogether(folds.get(f).train());
      assertTogether(folds.get(f).test());
    }
  }

  @Test
  void eachPartOfNumbersHasItsOwnScaleWhichIsKeptInTheWorld() throws IOException {
    DataSplit split = both(50).normalizeAuto();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 50; i++) {
      float size = part(split.train(), "size", i)[0];
      sum += size;
      squares += size * size;
      assertThat(part(split.train(), "height", i)).containsExactly(-i);
    }
    assertThat(sum / 50).isCloseTo(0, within(1e-5));
    assertThat(squares / 50).isCloseTo(1, within(1e-5));
    World world = split.world();
    World read = WorldText.read(WorldText.of(world));
    assertThat(read).isEqualTo(world);
    // Other data, which has another mean, is seen in the scale of the first.
    Dataset seen = read.shown(both(20), "Net").train();
    assertThat(part(seen, "size", 7)).containsExactly(part(split.train(), "size", 7));
    assertThat(part(read.shown(both(20).normalizeAuto(), "Net").train(), "size", 7)).containsExactly(part(split.train(), "size", 7));
  }

  @Test
  void partsNeedNamesOfTheirOwnAndAsManyExamples() {
    Points two = new Points(Shape.of(1), new float[][] {{1}, {2}});
    Points three = new Points(Shape.of(1), new float[][] {{1}, {2}, {3}});
    Field a = new Field("a", Shape.of(1), 0);
    Field b = new Field("b", Shape.of(1), 0);
    assertThatThrownBy(() -> new Parts(two, List.of(a, b, a), List.of(two))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Parts(two, List.of(a, b, new Field("c", Shape.of(1), 0)), List.of(three))).hasMessageContaining("3 examples");
    assertThatThrownBy(() -> both(3).train().normalized(1, Normalization.none(Shape.of(1)))).isInstanceOf(IllegalArgumentException.class);
  }

  /** Their mean over a user's ratings is no better than chance, their structure is: what is left is the noise. */
  @Test
  void ratingsAreTheirStructureAndNoise() {
    DataSplit with = new Ratings(60, 40, 1_000, 0.5, 4).make(7);
    DataSplit without = new Ratings(60, 40, 1_000, 0, 4).make(7);
    Set<List<Float>> pairs = new HashSet<>();
    double squares = 0;
    for (int i = 0; i < 1_000; i++) {
      float user = part(with.train(), "user", i)[0];
      float item = part(with.train(), "item", i)[0];
      assertThat(pairs.add(List.of(user, item))).isTrue();
      assertThat(user).isEqualTo(part(without.train(), "user", i)[0]).isBetween(0f, 59f);
      double noise = part(with.train(), "rating", i)[0] - part(without.train(), "rating", i)[0];
      squares += noise * noise;
    }
    assertThat(Math.sqrt(squares / 1_000)).isCloseTo(0.5, within(0.03));
    assertThat(with.test().size()).isEqualTo(200);
    for (int i = 0; i < 200; i++) {
      assertThat(pairs.add(List.of(part(with.test(), "user", i)[0], part(with.test(), "item", i)[0]))).isTrue();
    }
    assertThatThrownBy(() -> new Ratings(10, 10, 90, 0.5, 4)).hasMessageContaining("pairs");
  }

  private static DataSplit digits(int count) {
    Shape shape = Shape.of(1, 8, 8);
    float[][] images = new float[count][64];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 10;
      // A bar of one to five columns and four rows.
      for (int r = 2; r < 6; r++) {
        for (int c = 1; c <= 1 + i % 5; c++) {
          images[i][8 * r + c] = 0.9f;
        }
      }
    }
    Dataset data = new Points(shape, images, labels, 10);
    return new DataSplit("digits", data, null, data);
  }

  @Test
  void aSceneTellsOfEachCellWhatLiesThere() {
    Dataset data = new Scenes(32, 3, 4, 60).of(digits(20), 1).train();
    assertThat(data.fields()).extracting(Field::kind).containsExactly("1x32x32", "1x4x4 of 11", "4x4x4", "1x32x32 of 11");
    Set<Long> counts = new HashSet<>();
    for (int i = 0; i < data.size(); i++) {
      float[] classes = part(data, "class", i);
      float[] box = part(data, "box", i);
      float[] mask = part(data, "mask", i);
      long found = 0;
      for (int cell = 0; cell < 16; cell++) {
        boolean nothing = classes[cell] == Scenes.NOTHING;
        found += nothing ? 0 : 1;
        float width = box[2 * 16 + cell] * 32;
        float height = box[3 * 16 + cell] * 32;
        assertThat(height).isEqualTo(nothing ? 0 : 4);
        if (nothing) {
          continue;
        }
        assertThat(width).isEqualTo((int) classes[cell] % 5 + 1);
        // All pixels of the box are the digit's, and those around it are not.
        float left = (cell % 4 + box[cell]) * 8 - width / 2;
        float top = (cell / 4 + box[16 + cell]) * 8 - height / 2;
        for (int r = 0; r < height; r++) {
          for (int c = 0; c < width; c++) {
            assertThat(mask[(int) (top + r) * 32 + (int) left + c]).isEqualTo(classes[cell]);
          }
        }
      }
      long marked = 0;
      for (float m : mask) {
        marked += m == Scenes.NOTHING ? 0 : 1;
      }
      assertThat(found).isBetween(1L, 3L);
      assertThat(marked).isBetween(4 * found, 20 * found);
      counts.add(found);
    }
    assertThat(counts).contains(1L, 2L, 3L);
  }

  /** Writes an array as NumPy does, of bytes, whole numbers or floats. */
  private static byte[] npy(String type, int size, int[] dims, double... values) {
    String shape = Arrays.stream(dims).mapToObj(d -> d + ",").collect(Collectors.joining());
    String head = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    head = head + " ".repeat(63 - (head.length() + 10) % 64) + "\n";
    ByteBuffer bytes = ByteBuffer.allocate(10 + head.length() + size * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0).putShort((short) head.length());
    bytes.put(head.getBytes(StandardCharsets.US_ASCII));
    for (double v : values) {
      switch (size) {
        case 1 -> bytes.put((byte) v);
        case 8 -> bytes.putLong((long) v);
        default -> bytes.putFloat((float) v);
      }
    }
    return bytes.array();
  }

  private static byte[] longs(int[] dims, double... values) {
    return npy("<i8", 8, dims, values);
  }

  private static byte[] floats(int[] dims, double... values) {
    return npy("<f4", 4, dims, values);
  }

  private Path npz(Map<String, byte[]> arrays) throws IOException {
    Path file = folder.resolve("a.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> e : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(e.getKey() + ".npy"));
        zip.write(e.getValue());
      }
    }
    return file;
  }

  private OpenedData open(Map<String, byte[]> arrays, int of, ArrayParts.Names names) throws IOException {
    return ArrayParts.npz(npz(arrays), names, of, Channels.AUTO);
  }

  private static ArrayParts.Names names(String x, String y, String testX, String testY) {
    Optional<Group> test = testX == null ? Optional.empty() : Optional.of(new Group(split(testX), split(testY)));
    return new ArrayParts.Names(new Group(split(x), split(y)), Optional.empty(), test);
  }

  private static List<String> split(String names) {
    return List.of(names.split(" "));
  }

  private static final Map<String, byte[]> ARRAYS = Map.of(
      "image", npy("|u1", 1, new int[] {2, 2, 3}, 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6),
      "word", longs(new int[] {2, 2}, 3, 0, 1, 6),
      "age", floats(new int[] {2}, 30.5, 40),
      "kind", longs(new int[] {2}, 1, 0),
      "box", floats(new int[] {2, 3}, 1, 2, 3, 4, 5, 6),
      "late", longs(new int[] {1, 2}, 9, 0),
      "when", floats(new int[] {1}, 7),
      "what", longs(new int[] {1}, 1),
      "broken", floats(new int[] {2}, 1, Double.NaN));

  @Test
  void arraysArePartsByTheirNames() throws IOException {
    DataSplit split = open(ARRAYS, 0, names("image word age", "kind box", null, null)).load();
    Dataset data = split.train();
    assertThat(data.fields()).containsExactly(
        new Field("image", Shape.of(1, 2, 3), 0), new Field("kind", Shape.of(1), 2), new Field("word", Shape.of(2), 7), new Field("age", Shape.of(1), 0),
        new Field("box", Shape.of(3), 0));
    assertThat(part(data, "image", 0)).containsExactly(0, 0.2f, 0.4f, 0.6f, 0.8f, 1);
    assertThat(part(data, "word", 1)).containsExactly(1, 6);
    assertThat(part(data, "box", 1)).containsExactly(4, 5, 6);
    assertThat(data.label(0)).isEqualTo(1);
    assertThat(split.world().parts()).extracting(World.Part::learned).containsExactly(false, true, false, false, true);
  }

  @Test
  void wholeNumbersMayComeFirstAndGoBeyondThoseToTrainOn() throws IOException {
    OpenedData opened = open(ARRAYS, 0, names("word age", "kind", "late when", "what"));
    assertThat(opened.fields().getFirst().bound()).isEqualTo(10);
    assertThat(part(opened.load().test(), "word", 0)).containsExactly(9, 0);
    assertThat(part(opened.load().train(), "word", 0)).containsExactly(3, 0);
    assertThat(open(ARRAYS, 65, names("word", "kind", null, null)).fields().getFirst()).isEqualTo(new Field("word", Shape.of(2), 65));
    assertThat(open(ARRAYS, 0, names("word", "kind", null, null)).fields().getFirst()).isEqualTo(new Field("input", Shape.of(2), 0));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
    "word age | kind | - | - | 6 | word.npy: item 1: 6, expected a whole number from 0 to 5",
    "word age | kind | late when | what | 8 | late.npy: item 0: 9, expected a whole number from 0 to 7",
    "image age | what | - | - | 0 | what.npy: 1 of them",
    "image when | kind | - | - | 0 | when.npy: 1 of them, but",
    "image age | kind what | - | - | 0 | what.npy: 1 of them",
    "image age | kind | late when | what | 0 | examples to train on are 1x2x3, those to test on 2",
    "word image | kind | late when | what | 0 | when.npy: 1, but the examples to train on are 1x2x3",
    "age box | kind | - | - | 5 | `of` says how many",
    "image broken | kind | - | - | 0 | broken: item 1: NaN",
    "image image | kind | - | - | 0 | names of their own",
    "image ago | kind | - | - | 0 | has no array `ago`"
  })
  void arraysThatDoNotFitAreRefused(String x, String y, String testX, String testY, int of, String message) {
    assertThatThrownBy(() -> open(ARRAYS, of, names(x, y, testX, testY)).load()).isInstanceOf(IOException.class).hasMessageContaining(message);
  }
}
