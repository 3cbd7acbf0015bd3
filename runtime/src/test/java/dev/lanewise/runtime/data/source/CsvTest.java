package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Mutants;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.data.table.Wanted;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
  private static final String IRIS = "length,width,species\n5.1,3.5,setosa\n7,3.2e0,\"versi,color\"\n-.5,+2,setosa\n";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text);
  }

  private DataSplit classes(String text, String label) throws IOException {
    return Csv.read(file(text), Optional.empty(), new Wanted(List.of(label), true), TableSettings.PLAIN).load();
  }

  private static float[] values(Dataset data, int index) {
    float[] out = new float[data.shape().size()];
    data.read(index, out, 0, 1);
    return out;
  }

  @ParameterizedTest
  @CsvSource({"species", "3"})
  void aTableHasFeaturesAndClasses(String label) throws IOException {
    DataSplit iris = classes(IRIS, label);
    assertThat(iris.classNames()).containsExactly("setosa", "versi,color");
    assertThat(iris.train().shape()).isEqualTo(Shape.of(2));
    assertThat(iris.test()).isNull();
    assertThat(iris.train().size()).isEqualTo(3);
    assertThat(values(iris.train(), 1)).containsExactly(7, 3.2f);
    assertThat(values(iris.train(), 2)).containsExactly(-0.5f, 2);
    assertThat(new int[] {iris.train().label(0), iris.train().label(1), iris.train().label(2)})
        .containsExactly(0, 1, 0);
  }

  @Test
  void theLabelMayStandAnywhereAndTheHeaderBeAbsent() throws IOException {
    DataSplit data = classes("b,1,2\r\na,3,4\r\n\r\n", "1");
    assertThat(data.classNames()).containsExactly("a", "b");
    assertThat(values(data.train(), 1)).containsExactly(3, 4);
    assertThat(data.train().label(0)).isEqualTo(1);
  }

  @Test
  void classesThatAreNumbersAreInTheOrderOfTheirSize() throws IOException {
    assertThat(classes("1,10\n2,9\n3,9\n", "2").classNames()).containsExactly("9", "10");
  }

  @Test
  void quotesSpacesLinesAndAByteOrderMarkAreWhatTheyAre() throws IOException {
    DataSplit data = classes("\ufeffx,\"the \"\"name\"\"\"\n 1 ,\"two\nlines\"\n\"2\" , \u00e4\u00f6 \n",
        "the \"name\"");
    assertThat(data.classNames()).containsExactly("two\nlines", "\u00e4\u00f6");
    assertThat(values(data.train(), 1)).containsExactly(2);
  }

  @Test
  void aTargetIsANumber() throws IOException {
    Path houses = file("area;price\n50;1.5\n80;2.25\n");
    Dataset data = Csv.read(houses, Optional.empty(), new Wanted(List.of("price"), false), TableSettings.PLAIN).load().train();
    assertThat(data.classes()).isZero();
    assertThat(new float[] {target(data, 0)[0], target(data, 1)[0]}).containsExactly(1.5f, 2.25f);
    assertThat(values(data, 1)).containsExactly(80);
  }

  @Test
  void targetsAreSeveralNumbersInTheOrderAskedFor() throws IOException {
    Path wind = file("speed,hour,east,north\n5,1,0.5,-1\n7,2,2.5,3\n");
    for (List<String> columns : List.of(List.of("north", "speed"), List.of("4", "1"))) {
      Dataset data = Csv.read(wind, Optional.empty(), new Wanted(columns, false), TableSettings.PLAIN).load().train();
      assertThat(data.target()).isEqualTo(Target.numbers(Shape.of(2)));
      assertThat(target(data, 0)).containsExactly(-1, 5);
      assertThat(target(data, 1)).containsExactly(3, 7);
      assertThat(values(data, 1)).containsExactly(2, 2.5f);
    }
    assertThatThrownBy(() -> Csv.read(wind, Optional.empty(), new Wanted(List.of("east", "3"), false), TableSettings.PLAIN))
        .hasMessageContaining("line 1, column 3: the column `3` is asked for twice");
    assertThatThrownBy(
        () -> Csv.read(wind, Optional.empty(), new Wanted(List.of("1", "2", "3", "4"), false), TableSettings.PLAIN))
        .hasMessageContaining("line 1, column 1: every column is to be learned: none is left to learn from");
  }

  private static float[] target(Dataset data, int index) {
    float[] out = new float[data.target().shape().size()];
    data.readTarget(index, out, 0, 1);
    return out;
  }

  @Test
  void examplesToTestOnHaveTheClassesOfThoseToTrainOn() throws IOException {
    Path test = Files.writeString(folder.resolve("test.csv"), "length,width,species\n1,2,\"versi,color\"\n");
    DataSplit iris = Csv.read(file(IRIS), Optional.of(test), new Wanted(List.of("species"), true), TableSettings.PLAIN).load();
    assertThat(iris.test().label(0)).isEqualTo(1);
    Files.writeString(test, "length,width,species\n1,2,rose\n");
    assertThatThrownBy(() -> Csv.read(file(IRIS), Optional.of(test), new Wanted(List.of("species"), true), TableSettings.PLAIN))
        .hasMessageContaining("test.csv: line 2, column 3: no example to train on is of the class `rose`");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "'a,b'|line 1, column 1: no column `y`; there is a, b",
    "''|line 1: the file is empty",
    "'y'|line 1, column 1: a single column",
    "'x,y'|line 2: there are no examples",
    "'x,y\n1,a\n2'|line 3, column 1: 1 column, expected 2",
    "'x,y\n1,a\n2,b,c'|line 3, column 3: 3 columns, expected 2",
    "'x,y\n1,a\n\n?,b'|line 4, column 1: in `x`, a value is missing (`?`); say missing = skip",
    "'x,y\n1,a\n,b'|line 3, column 1: in `x`, a value is missing; say missing = skip",
    "'x,y\n1,a\n2,'|line 3, column 2: the class is missing",
    "'x,y\nNaN,a'|line 2, column 1: in `x`, a value is missing (`NaN`)",
    "'x,y\n1e99,a'|line 2, column 1: in `x`, `1e99` is too large: numbers go up to 3.4e38",
    "'x,y\n0x1,a'|line 2, column 1: in `x`, expected a number, found `0x1`",
    "'x,y\n1f,a'|line 2, column 1: in `x`, expected a number, found `1f`",
    "'x,y\n1,\"a\n2,b\n'|line 2, column 2: the quote that opens here is not closed",
    "'x,y\n1,\"a\"b\n'|line 2, column 2: something follows the closing quote",
    "'x,y\n1,\"a\n2,\"b\"\n'|line 2, column 2: something follows the closing quote",
    "'x,y\n\"1\r\n2\r3\n\",\"a'|line 5, column 2: the quote that opens here is not closed",
    "'x,y\n1,\"a\nb\"\n2'|line 4, column 1: 1 column, expected 2",
  })
  void whatIsWrongIsToldWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> classes(text, "y")).isInstanceOf(IOException.class)
        .hasMessageContaining("t.csv: " + message);
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws IOException {
    Files.write(folder.resolve("t.csv"), "x,y\n1,a\n2,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Csv.read(folder.resolve("t.csv"), Optional.empty(), new Wanted(List.of("y"), true), TableSettings.PLAIN))
        .hasMessageContaining("line 3, column 2: the text is not UTF-8");
  }

  @Test
  void aColumnOfManyValuesIsNoClass() {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 1_001; i++) {
      text.append(i).append(",c").append(i).append('\n');
    }
    assertThatThrownBy(() -> classes(text.toString(), "y"))
        .hasMessageContaining("line 1002, column 2: more than 1000 classes");
  }

  @Test
  void aQuoteThatIsNotClosedTakesNoMemory() {
    String text = "x,y\n1,\"" + "a".repeat(100_000);
    assertThatThrownBy(() -> classes(text, "y"))
        .hasMessageContaining("line 2, column 2: a field of more than 65536 bytes");
  }

  @Test
  void aLineHasAtMost65536Columns() {
    assertThatThrownBy(() -> classes("x,y\n1,a\n" + ",".repeat(65_536), "y"))
        .hasMessageContaining("line 3, column 65537: more than 65536 columns");
  }

  @Test
  void tenThousandMutantsAreReadOrRefusedWithTheirPlace() throws IOException {
    byte[] original = (IRIS + "1,2,setosa\n3,4,\"rose\"\n").getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("t.csv");
    int refused = 0;
    for (long seed = 0; seed < 10_000; seed++) {
      Files.write(file, Mutants.of(original, seed));
      try {
        DataSplit data = Csv.read(file, Optional.empty(), new Wanted(List.of("species"), true), TableSettings.PLAIN).load();
        for (int i = 0; i < data.train().size(); i++) {
          assertThat(data.train().label(i)).as("seed %d", seed).isBetween(0, data.classNames().size() - 1);
          assertThat(values(data.train(), i)).as("seed %d", seed).doesNotContain(Float.NaN, Float.POSITIVE_INFINITY);
        }
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageMatching("(?s).*t.csv: (line|offset) .*");
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 9_900);
  }

  @Test
  void aFolderIsNotAFile() {
    assertThatThrownBy(() -> Csv.read(folder, Optional.empty(), new Wanted(List.of("y"), true), TableSettings.PLAIN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a file, found a folder");
  }
}
