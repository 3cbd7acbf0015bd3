package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Mutants;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.source.NumberArrays.Names.Pair;
import dev.lanewise.runtime.data.format.Npy;
import dev.lanewise.runtime.data.format.NumberArray;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy wrote: see arrays.py. */
class NumberArraysTest {
  private static final Path NUMPY = Path.of("src/test/resources/dev/lanewise/runtime/data/source/numpy");

  @TempDir Path folder;

  private static Dataset npy(String name) throws IOException {
    return open(NUMPY.resolve(name + ".npy"), NUMPY.resolve("labels.npy"));
  }

  private static Dataset open(Path examples, Path labels) throws IOException {
    return NumberArrays.npy(examples, labels, Optional.empty(), Optional.empty(), Channels.AUTO).load().train();
  }

  private static void assertNumbered(Dataset data, float scale) {
    float[] out = new float[6 * 16];
    for (int n = 0; n < data.size(); n++) {
      data.read(n, out, 5, 16);
      for (int i = 0; i < 6; i++) {
        assertThat(out[5 + i * 16]).as("example %d value %d", n, i).isEqualTo((1 + n * 10 + i / 3 * 3 + i % 3) / scale);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "i1", "little-u2", "little-i2", "little-u4", "little-u8", "little-f2", "big-f2", "little-i4", "little-i8", "little-f4", "little-f8",
    "big-u2", "big-i2", "big-i4", "big-i8", "big-f4", "big-f8", "fortran", "version2", "version3"
  })
  void everyElementOrderAndFormatIsRead(String name) throws IOException {
    Dataset data = npy(name);
    assertThat(data.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(data.size()).isEqualTo(6);
    assertThat(data.classes()).isEqualTo(3);
    assertThat(data.label(4)).isEqualTo(1);
    assertNumbered(data, 1);
  }

  /** Of examples to train on, and of those to test on if there are four. */
  private static NumberArrays.Names names(String... names) {
    return new NumberArrays.Names(
        new Pair(names[0], names[1]), Optional.empty(), names.length > 2 ? Optional.of(new Pair(names[2], names[3])) : Optional.empty());
  }

  @Test
  void unsignedBytesAreImages() throws IOException {
    assertNumbered(npy("u1"), 255f);
  }

  @Test
  void labelsMayBeFlagsOrNumbersToPredict() throws IOException {
    assertThat(open(NUMPY.resolve("u1.npy"), NUMPY.resolve("flags.npy")).classes()).isEqualTo(2);
    Dataset predicted = open(NUMPY.resolve("u1.npy"), NUMPY.resolve("targets.npy"));
    assertThat(predicted.classes()).isZero();
    assertThat(target(predicted, 2)[0]).isEqualTo(2.25f);
    assertThat(target(predicted, 4)[0]).isEqualTo(-4);
  }

  /** Six images of 2x3, numbered so that a place tells its value, as the targets of themselves in another form. */
  @Test
  void severalNumbersForEachExampleAreToBePredicted() throws IOException {
    Dataset data = open(NUMPY.resolve("targets.npy"), NUMPY.resolve("fortran.npy"));
    assertThat(data.shape()).isEqualTo(Shape.of(1));
    assertThat(data.target()).isEqualTo(Target.numbers(Shape.of(1, 2, 3)));
    assertThat(target(data, 2)).containsExactly(21, 22, 23, 24, 25, 26);
    Dataset scaled = data.normalized(Normalization.of(data.shape(), 1, 2));
    assertThat(target(scaled, 2)).as("targets stay as they are").containsExactly(21, 22, 23, 24, 25, 26);
    assertThat(target(open(NUMPY.resolve("targets.npy"), NUMPY.resolve("u1.npy")), 0)[5]).isEqualTo(6 / 255f);
  }

  @Test
  void targetsToTestOnAreLikeThoseToTrainOn() {
    Path x = NUMPY.resolve("u1.npy");
    assertThatThrownBy(
        () -> NumberArrays.npy(x, NUMPY.resolve("targets.npy"), Optional.of(x), Optional.of(NUMPY.resolve("fortran.npy")), Channels.AUTO))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("targets to train on are numbers of 1, those to test on numbers of 1x2x3");
    assertThatThrownBy(
        () -> NumberArrays.npy(x, NUMPY.resolve("labels.npy"), Optional.of(x), Optional.of(NUMPY.resolve("targets.npy")), Channels.AUTO))
        .hasMessageContaining("targets.npy: numbers to predict, but the examples to train on have classes");
  }

  private static float[] target(Dataset data, int index) {
    float[] out = new float[data.target().shape().size()];
    data.readTarget(index, out, 0, 1);
    return out;
  }

  @Test
  void normalisationIsOfTheOriginalValues() throws IOException {
    DataSplit split = NumberArrays.npy(NUMPY.resolve("fortran.npy"), NUMPY.resolve("labels.npy"), Optional.empty(),
        Optional.empty(), Channels.AUTO).load();
    Dataset normal = split.normalizeAuto().train();
    double sum = 0;
    float[] out = new float[6];
    for (int n = 0; n < 6; n++) {
      normal.read(n, out, 0, 1);
      for (float v : out) {
        sum += v;
      }
    }
    assertThat(sum).isCloseTo(0, within(1e-5));
  }

  @Test
  void archivesAreReadPackedOrNot() throws IOException {
    Dataset stored = NumberArrays.npz(NUMPY.resolve("stored.npz"), names("x_train", "y_train"), Channels.AUTO).load().train();
    assertNumbered(stored, 255f);
    DataSplit packed = NumberArrays.npz(NUMPY.resolve("packed.npz"), names("x", "y", "tx", "ty"), Channels.AUTO).load();
    assertNumbered(packed.train(), 1);
    assertNumbered(packed.test(), 1);
    assertThat(packed.test().label(0)).isEqualTo(2);
    assertThatThrownBy(() -> NumberArrays.npz(NUMPY.resolve("packed.npz"), names("x", "z"), Channels.AUTO))
        .hasMessageContaining("packed.npz: has no array `z`; there is x, y, tx, ty: say which are meant, npz(…, x = \"…\", y = \"…\")");
  }

  /** Larger than the heap that tests have; with holes, so that the disk does not notice. */
  @Test
  void aFileLargerThanMemoryIsMapped() throws IOException {
    int count = (int) (2 * Runtime.getRuntime().maxMemory() / 4_000_000) + 1;
    Path file = folder.resolve("large.npy");
    byte[] header = header("'<f4'", "(" + count + ", 1000000)");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.write(header);
      large.setLength(header.length + 4_000_000L * count);
      large.seek(header.length + 4_000_000L * (count - 1));
      large.write(new byte[] {0, 0, (byte) 0x80, 0x3f});
    }
    Path labels = Files.write(folder.resolve("labels.npy"),
        joined(header("'|u1'", "(" + count + ",)"), new byte[count]));
    Dataset data = open(file, labels);
    float[] out = new float[1_000_000];
    data.read(count - 1, out, 0, 1);
    assertThat(4L * 1_000_000 * data.size()).isGreaterThan(Runtime.getRuntime().maxMemory());
    assertThat(out[0]).isEqualTo(1);
    assertThat(out[1]).isZero();
  }

  private static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(NUMPY.resolve(name + ".npy"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] header(String type, String shape) {
    String text = "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + ", }\n";
    return joined(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length(), 0},
        text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '#', quoteCharacter = '~', ignoreLeadingAndTrailingWhitespace = false, value = {
    "'<f16'#(6, 2)#offset 20: elements of type '<f16'; there are b1, u1, i1",
    "'<c8'#(6, 2)#elements of type '<c8', complex numbers: save x.real.astype",
    "'|O'#(6, 2)#elements of type '|O', Python objects, often lists of different lengths",
    "'|V2'#(6, 2)#elements of type '|V2', which is how bfloat16 is written: save x.astype",
    "'<M8[D]'#(6, 2)#elements of type '<M8[D]', dates or times",
    "[('a', '<f4'), ('b', '<f4')]#(6, 2)#elements, records of several fields: save one field",
    "'|i4'#(6, 2)#offset 20: elements of type '|i4'",
    "'<f4'#()#offset 60: 0 axes",
    "'<f4'#(0, 3)#offset 60: an empty array: an axis of 0",
    "'<f4'#(6, 3)#the file ends; [6, 3] elements of 4 bytes need more than the 48 from offset 70",
    "'<f4'#(6, 1)#offset 94: more bytes than [6, 1] elements of 4 bytes need",
    "'<f4'#(4000000000, 4000000000)#offset 60: an axis of 4000000000",
    "'<f4'#(2000000000, 2000000000, 2000000000)#the file ends; ",
    "'<f4'#(6, -2)#expected a whole number",
    "<f4#(6, 2)#expected a text in quotes",
  })
  void whatIsWrongInAHeaderIsTold(String type, String shape, String message) throws IOException {
    byte[] header = header(type, shape);
    Path file = Files.write(folder.resolve("x.npy"), joined(header, new byte[48]));
    assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(IOException.class).hasMessageContaining("x.npy: ")
        .hasMessageContaining(message);
  }

  @Test
  void labelsMustFit() throws IOException {
    Path negative = Files.write(folder.resolve("y.npy"),
        joined(header("'|i1'", "(6,)"), new byte[] {0, 1, -1, 0, 1, 2}));
    assertThatThrownBy(() -> open(NUMPY.resolve("u1.npy"), negative))
        .hasMessageContaining("y.npy: item 2: label -1, expected 0 to 99999: number the classes from 0 on");
    Path few = Files.write(folder.resolve("z.npy"), joined(header("'|i1'", "(5,)"), new byte[5]));
    assertThatThrownBy(() -> open(NUMPY.resolve("u1.npy"), few)).hasMessageContaining("z.npy: 5 labels, but ");
    Path pairs = Files.write(folder.resolve("p.npy"), joined(header("'|i1'", "(6, 1, 1, 1, 2)"), new byte[12]));
    assertThatThrownBy(() -> open(NUMPY.resolve("u1.npy"), pairs))
        .hasMessageContaining("p.npy: 5 axes, expected examples, channels, height and width at most");
    Path more = Files.write(folder.resolve("m.npy"), joined(header("'|i1'", "(6,)"), new byte[] {0, 1, 2, 3, 1, 2}));
    Path x = NUMPY.resolve("u1.npy");
    assertThatThrownBy(() -> NumberArrays.npy(x, NUMPY.resolve("labels.npy"), Optional.of(x), Optional.of(more), Channels.AUTO))
        .hasMessageContaining("m.npy: item 3: label 3, expected 0 to 2, the classes of the examples to train on");
  }

  @Test
  void tenThousandMutantsAreReadOrRefusedWithTheirOffset() {
    Map<String, byte[]> originals = new HashMap<>();
    int refused = 0;
    for (long seed = 0; seed < 10_000; seed++) {
      String name = List.of("u1", "little-f4", "fortran", "version2", "version3").get((int) (seed % 5));
      byte[] mutant = Mutants.of(originals.computeIfAbsent(name, NumberArraysTest::bytes), seed);
      try {
        NumberArray array = Npy.parse("x.npy", MemorySegment.ofArray(mutant));
        assertThat((long) array.count() * array.size() * array.element().bytes()).as("seed %d", seed)
            .isEqualTo(array.data().byteSize());
        assertThat(array.at(array.size() - 1)).as("seed %d", seed).isNotNull();
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("x.npy: offset ");
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 9_900);
  }

  @Test
  void mutantsOfArchivesAreReadOrRefused() throws IOException {
    byte[] original = Files.readAllBytes(NUMPY.resolve("packed.npz"));
    int refused = 0;
    for (long seed = 0; seed < 1_000; seed++) {
      Path file = Files.write(folder.resolve("x.npz"), Mutants.of(original, seed));
      try {
        NumberArrays.npz(file, names("x", "y"), Channels.AUTO).load();
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("x.npz: ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }
}
