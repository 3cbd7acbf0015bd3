package dev.lanewise.runtime.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Grouping;
import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.table.TableSettings.Missing;
import dev.lanewise.runtime.data.table.TableSettings.Words;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableReaderTest {
  private static final Wanted KIND = new Wanted(List.of("kind"), true);
  private static final String PEOPLE = "Id,age,city,kind\n1,20,Rom,a\n2,,Oslo,b\n3,40,Rom,a\n4,NA,?,b\n";

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private ReadTable read(String text, Wanted wanted, TableSettings settings) throws IOException {
    return TableReader.read(file("t.csv", text), wanted, settings);
  }

  private static TableSettings settings(Words words, Missing missing, String... drop) {
    return new TableSettings(List.of(drop), List.of(), List.of(), words, missing, '.', Optional.empty());
  }

  private static TableSettings separated(char separator, char decimal) {
    return new TableSettings(List.of(), List.of(), List.of(), Words.REFUSE, Missing.REFUSE, decimal, Optional.of(separator));
  }

  private static float[] row(Dataset data, int index) {
    float[] out = new float[data.shape().size()];
    data.read(index, out, 0, 1);
    return out;
  }

  @Test
  void columnsAreLeftOutByNameAndByNumber() throws IOException {
    for (String[] drop : new String[][] {{"Id", "city"}, {"1", "3"}, {"Id", "3"}}) {
      ReadTable table = read(PEOPLE, KIND, settings(Words.REFUSE, Missing.of(0), drop));
      assertThat(table.encoding().names()).containsExactly("age");
      assertThat(table.summary().columns()).extracting(TableSummary.Column::role).containsExactly(
          TableSummary.Role.DROPPED, TableSummary.Role.NUMBER, TableSummary.Role.DROPPED, TableSummary.Role.CLASS);
    }
    assertThatThrownBy(() -> read(PEOPLE, KIND, settings(Words.REFUSE, Missing.MEAN, "kind")))
        .hasMessageContaining("line 1, column 4: the column `kind` is to be learned: it cannot be dropped");
    assertThatThrownBy(() -> read(PEOPLE, KIND, settings(Words.REFUSE, Missing.MEAN, "Idd")))
        .hasMessageContaining("no column `Idd`; there is Id, age, city, kind");
    assertThatThrownBy(() -> read(PEOPLE, KIND, settings(Words.REFUSE, Missing.MEAN, "Id", "age", "city")))
        .hasMessageContaining("every column is to be learned or dropped: none is left to learn from");
  }

  /** Nothing is learned of them, and a row that belongs to nobody is refused or left out. */
  @Test
  void rowsBelongTogether() throws IOException {
    String text = "x,writer,kind\n1,007,a\n2,7,b\n3,007,b\n4,,a\n";
    TableSettings skip = new TableSettings(List.of(), List.of(), List.of("writer"), Words.REFUSE, Missing.SKIP, '.', Optional.empty());
    ReadTable table = read(text, KIND, skip);
    assertThat(table.encoding().names()).containsExactly("x");
    assertThat(table.summary().columns()).extracting(TableSummary.Column::role).containsExactly(TableSummary.Role.NUMBER, TableSummary.Role.GROUP, TableSummary.Role.CLASS);
    Dataset grouped = table.groups().of(table.examples());
    assertThat(grouped.size()).isEqualTo(3);
    assertThat(List.of(grouped.group(0), grouped.group(1), grouped.group(2))).containsExactly(0, 1, 0);
    assertThat(grouped.grouping()).contains(new Grouping(List.of("writer"), List.of("007", "7")));
    assertThat(grouped.as(table.encoding()).grouping()).isPresent();
    assertThatThrownBy(() -> read(text, KIND, new TableSettings(List.of(), List.of(), List.of("2"), Words.REFUSE, Missing.REFUSE, '.', Optional.empty())))
        .hasMessageContaining("line 5, column 2: the row belongs to nobody: `writer` is missing");
    assertThatThrownBy(() -> read(text, KIND, new TableSettings(List.of(), List.of(), List.of("kind"), Words.REFUSE, Missing.SKIP, '.', Optional.empty())))
        .hasMessageContaining("the column `kind` is to be learned: rows cannot be grouped by it");
  }

  @Test
  void wordsBecomeFeatures() throws IOException {
    ReadTable oneHot = read(PEOPLE, KIND, settings(Words.ONE_HOT, Missing.of(-1), "Id"));
    assertThat(oneHot.encoding().names()).containsExactly("age", "city=Oslo", "city=Rom");
    assertThat(row(oneHot.examples(), 0)).containsExactly(20, 0, 1);
    assertThat(row(oneHot.examples(), 3)).containsExactly(-1, 0, 0);
    ReadTable index = read(PEOPLE, KIND, settings(Words.INDEX, Missing.of(-1), "Id"));
    assertThat(row(index.examples(), 0)).containsExactly(20, 1);
    assertThat(row(index.examples(), 3)).containsExactly(-1, -1);
    assertThat(index.examples().targets()).containsExactly("a", "b");
  }

  @Test
  void aWordMayComeAfterNumbers() throws IOException {
    ReadTable table = read("size,kind\n10,a\n9,b\n10,a\nXL,b\n", KIND, settings(Words.INDEX, Missing.REFUSE));
    assertThat(table.encoding().columns().getFirst().words()).containsExactly("9", "10", "XL");
    assertThat(row(table.examples(), 0)).containsExactly(1);
    assertThat(row(table.examples(), 3)).containsExactly(2);
  }

  @Test
  void numbersAmongWordsAreWords() throws IOException {
    ReadTable table = read("size,kind\nXL,a\n10,b\n9,a\n10.0,b\n10,a\n", KIND, settings(Words.INDEX, Missing.REFUSE));
    assertThat(table.encoding().columns().getFirst().words()).containsExactly("9", "10", "10.0", "XL");
    assertThat(row(table.examples(), 4)).containsExactly(1);
  }

  @Test
  void gapsAreFilledOrTheirRowsLeftOut() throws IOException {
    ReadTable mean = read(PEOPLE, KIND, settings(Words.ONE_HOT, Missing.MEAN, "Id"));
    assertThat(row(mean.examples(), 1)).containsExactly(30, 1, 0);
    assertThat(row(mean.examples(), 3)).containsExactly(30, 0, 1);
    ReadTable left = read(PEOPLE + "5,50,Bern,\n6,60,Rom,a\n", KIND, settings(Words.ONE_HOT, Missing.SKIP, "Id"));
    assertThat(left.examples().size()).isEqualTo(3);
    assertThat(left.summary().skipped()).isEqualTo(3);
    assertThat(left.encoding().names()).containsExactly("age", "city=Rom");
    assertThat(left.examples().targets()).containsExactly("a");
    assertThatThrownBy(() -> read("x,kind\n,a\n?,b\n", KIND, settings(Words.REFUSE, Missing.SKIP)))
        .hasMessageContaining("every row has a gap: say missing = mean");
    assertThatThrownBy(() -> read("x,y,kind\n,1,a\n?,2,b\n", KIND, settings(Words.REFUSE, Missing.MEAN)))
        .hasMessageContaining("line 1, column 1: the column `x` has no value at all; say drop = [x] to leave it out");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "1,644|has a comma: say decimal = \",\" if decimals stand behind it",
    "1,234,567|groups its thousands: take the commas out",
    "1.234,5|groups its thousands: take the points out of the file, and say decimal = \",\"",
    "1 234|groups its thousands",
    "1 2|has a space within",
    "12 %|percent sign",
    "$ 1,200.50|sign of a currency",
    "12 \u20ac|sign of a currency",
    "inf|is infinite",
    "-Infinity|is infinite",
    "1e400|is too large: numbers go up to 3.4e38",
    "\u22125|begins with a dash that is no minus",
    "1;2|looks like several columns",
    "Oslo|expected a number, found `Oslo`; say drop = [x] to leave the column out, or words = onehot (one-hot: a feature for each word) or words = index",
  })
  void whatIsNoNumberIsToldByWhatItIs(String cell, String message) {
    assertThatThrownBy(() -> read("x,kind\n1,a\n\"" + cell + "\",b\n", KIND, TableSettings.PLAIN))
        .hasMessageContaining("line 3, column 1: in `x`, ").hasMessageContaining(message);
    if (!cell.equals("Oslo")) {
      assertThatThrownBy(() -> read("x,kind\n1,a\n\"" + cell + "\",b\n", KIND, settings(Words.ONE_HOT, Missing.REFUSE)))
          .hasMessageContaining(message);
    }
  }

  @Test
  void decimalsMayStandBehindAComma() throws IOException {
    for (String text : List.of("x;kind\n1,5;a\n-2,25e1;b\n", "x,kind\n\"1,5\",a\n\"-2,25e1\",b\n", "x\tkind\n1,5\ta\n-2,25e1\tb\n")) {
      ReadTable table = read(text, KIND, new TableSettings(List.of(), List.of(), List.of(), Words.REFUSE, Missing.REFUSE, ',', Optional.empty()));
      assertThat(row(table.examples(), 0)).containsExactly(1.5f);
      assertThat(row(table.examples(), 1)).containsExactly(-22.5f);
    }
    assertThatThrownBy(() -> read("x;kind\n1.5;a\n", KIND, separated(';', ','))).hasMessageContaining("has a decimal point, but decimal = \",\"");
    assertThatThrownBy(() -> read("x;kind\n1.234,5;a\n", KIND, separated(';', ','))).hasMessageContaining("groups its thousands");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "'sep=;\nx;y;kind\n1;2;a\n'", "'SEP=;\r\nx;y;kind\r\n1;2;a\r\n'", "'x;y;kind\n1;2;a\n'", "'x\ty\tkind\n1\t2\ta\n'", "'# made by me\n#\nx,y,kind\n1,2,a\n'",
    "'# x,y,kind\n1,2,a\n'", "'#x,y,kind\n1,2,a\n'", "'x,y,kind,\n1,2,a,\n'", "'x,y,kind\n1,2,a,\n'", "'x,y,kind,\n1,2,a\n'", "'sep=,\n# hello\nx,y,kind\n1,2,a\n'",
    "'# 2024\n\nx;y;kind\n1;2;a\n'"
  })
  void tablesBeginInManyWays(String text) throws IOException {
    ReadTable table = read(text, KIND, TableSettings.PLAIN);
    assertThat(table.encoding().names()).containsExactly("x", "y");
    assertThat(row(table.examples(), 0)).containsExactly(1, 2);
    assertThat(table.examples().targets()).containsExactly("a");
  }

  @Test
  void linesAreCountedFromTheFirstOfTheFile() {
    assertThatThrownBy(() -> read("sep=;\n# c\nx;kind\n1;a\nq;b\n", KIND, TableSettings.PLAIN)).hasMessageContaining("line 5, column 1");
  }

  @Test
  void aColumnMayBeCalledByTheSignOfAComment() throws IOException {
    ReadTable table = read("#,x,kind\n7,1,a\n9,2,b\n", KIND, TableSettings.PLAIN);
    assertThat(row(table.examples(), 1)).containsExactly(9, 2);
  }

  @Test
  void runsOfSpacesSeparate() throws IOException {
    ReadTable table = read("   1.5    2  0\n  -3\t 4.25  1  \n 5 6 0", new Wanted(List.of("3"), true), separated(' ', '.'));
    assertThat(row(table.examples(), 1)).containsExactly(-3, 4.25f);
    assertThat(table.examples().size()).isEqualTo(3);
    ReadTable quoted = read("x   \"the  kind\"\n1  \"a  \"\"b\"\n", new Wanted(List.of("the  kind"), true), separated(' ', '.'));
    assertThat(quoted.examples().targets()).containsExactly("a  \"b");
    ReadTable saved = read("# x y kind\n1 2 0\n", KIND, separated(' ', '.'));
    assertThat(saved.encoding().names()).containsExactly("x", "y");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "'x;kind\n1;a\n'|,|`separator = \";\"` seems right, not \",\"",
    "'x\tkind\n1\ta\n'|;|`separator = \"\\t\"` seems right, not \";\"",
    "'x kind\n1 a\n'|,|`separator = \" \"` seems right, not \",\"",
    "'x|kind\n1|a\n'|,|`separator = \"|\"` seems right",
    "'x\n1\n'|,|is \",\" what separates them?",
  }, ignoreLeadingAndTrailingWhitespace = false, quoteCharacter = '\'')
  void aWrongSeparatorIsTold(String text, char separator, String message) {
    assertThatThrownBy(() -> read(text, KIND, separated(separator, '.'))).hasMessageContaining("line 1, column 1: a single column; " + message);
  }

  @Test
  void otherAlphabetsAreReadOrTold() throws IOException {
    String text = "x,kind\n1,\u00e4\n";
    for (String charset : List.of("UTF-16LE", "UTF-16BE")) {
      Files.write(folder.resolve("t.csv"), ("\ufeff" + text).getBytes(Charset.forName(charset)));
      ReadTable table = TableReader.read(folder.resolve("t.csv"), KIND, TableSettings.PLAIN);
      assertThat(table.examples().targets()).containsExactly("\u00e4");
    }
    told(text.getBytes(StandardCharsets.UTF_16LE), "offset 1: the text seems to be UTF-16 without a mark that says so: save it as UTF-8");
    told(text.getBytes(StandardCharsets.ISO_8859_1), "line 2, column 2: the text is not UTF-8: open the file");
  }

  private void told(byte[] bytes, String message) throws IOException {
    Files.write(folder.resolve("t.csv"), bytes);
    assertThatThrownBy(() -> TableReader.read(folder.resolve("t.csv"), KIND, TableSettings.PLAIN)).isInstanceOf(IOException.class)
        .hasMessageContaining("t.csv: " + message);
  }

  @Test
  void filesThatAreNoTablesAreTold() throws IOException {
    told(new byte[] {'P', 'K', 3, 4, 0}, "offset 0: this is a spreadsheet (.xlsx) or another zip archive: open it, and save the table as CSV");
    told("PAR1\0\0".getBytes(StandardCharsets.ISO_8859_1), "offset 0: this is a Parquet file");
    told("<!doctype html><html>".getBytes(StandardCharsets.ISO_8859_1), "offset 0: this is a web page");
    told(new byte[] {0x1f, (byte) 0x8b, 8}, "offset 0: this is packed with gzip: unpack it first");
    told("x,kind\n1,\0".getBytes(StandardCharsets.ISO_8859_1), "offset 9: a byte of 0: this is no text");
    told(new byte[0], "line 1: the file is empty");
    told("x,kind\n".getBytes(StandardCharsets.ISO_8859_1), "line 2: there are no examples");
    told("x,x,kind\n1,2,a\n".getBytes(StandardCharsets.ISO_8859_1), "line 1, column 2: two columns are called `x`: 1 and 2; give one another name");
  }

  @Test
  void columnsToTestOnAreFoundByName() throws IOException {
    TableSettings settings = settings(Words.ONE_HOT, Missing.MEAN, "Id");
    for (Wanted wanted : List.of(KIND, new Wanted(List.of("4"), true))) {
      ReadTable train = read(PEOPLE, wanted, settings);
      Path test = file("test.csv", "kind,city,more,age\nb,Oslo,x,7\na,,y,\n");
      Dataset data = TableReader.readLike(train, test, wanted, settings).examples();
      assertThat(row(data, 0)).containsExactly(7, 1, 0);
      assertThat(row(data, 1)).containsExactly(30, 0, 1);
      assertThat(data.label(0)).isEqualTo(1);
      file("test.csv", "kind,age\nb,7\n");
      assertThatThrownBy(() -> TableReader.readLike(train, test, wanted, settings))
          .hasMessageContaining("test.csv: line 1, column 1: no column `city`, which the examples to train on have; there is kind, age");
      file("test.csv", "kind,city,age\nb,Bern,7\n");
      assertThatThrownBy(() -> TableReader.readLike(train, test, wanted, settings))
          .hasMessageContaining("test.csv: line 2, column 2: in `city`, the word `Bern` is not among those to train on");
      file("test.csv", "kind,city,age\nc,Rom,7\n");
      assertThatThrownBy(() -> TableReader.readLike(train, test, wanted, settings))
          .hasMessageContaining("test.csv: line 2, column 1: no example to train on is of the class `c`");
    }
  }

  @Test
  void withoutHeadersColumnsAreFoundByPlace() throws IOException {
    Wanted third = new Wanted(List.of("3"), true);
    ReadTable train = read("1,2,a\n3,4,b\n", third, TableSettings.PLAIN);
    assertThat(train.encoding().names()).containsExactly("1", "2");
    Path test = file("test.csv", "5,6,b\n");
    assertThat(row(TableReader.readLike(train, test, third, TableSettings.PLAIN).examples(), 0)).containsExactly(5, 6);
    file("test.csv", "5,6,7,b\n");
    assertThatThrownBy(() -> TableReader.readLike(train, test, third, TableSettings.PLAIN))
        .hasMessageContaining("test.csv: line 1, column 4: 4 columns, but the file to train on has 3");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "'1,p,2\n1,q,3\n'|false", "'p,q,a\nx,q,b\n'|false", "'p,q,a\nx,y,b\n'|true", "'h,i,a\n1,2,b\n'|true", "',0,k\n5,6,b\n'|false", "'id,0,k\n5,6,b\n'|true"
  })
  void aHeaderIsKnownByWhatStandsBelow(String text, boolean header) throws IOException {
    assertThat(read(text, new Wanted(List.of("3"), true), settings(Words.INDEX, Missing.of(0))).named()).isEqualTo(header);
  }

  @Test
  void rowsToPredictOfAreMatchedToAnEncoding() throws IOException {
    Encoding encoding = read(PEOPLE, KIND, settings(Words.ONE_HOT, Missing.MEAN, "Id")).encoding();
    Path file = file("new.csv", "city,Id,age\nOslo,x7,\n,x8,9\n");
    UnlabelledTable table = TableReader.readUnlabelled(file, encoding, TableSettings.PLAIN);
    assertThat(row(table.rows(), 0)).containsExactly(30, 1, 0);
    assertThat(row(table.rows(), 1)).containsExactly(9, 0, 1);
    assertThat(table.others()).containsExactly(new UnlabelledTable.Texts("Id", List.of("x7", "x8")));
    assertThatThrownBy(() -> TableReader.readUnlabelled(file("new.csv", "Id,age\n1,2\n"), encoding, TableSettings.PLAIN))
        .hasMessageContaining("no column `city`");
    Encoding places = read("1,2,a\n3,4,b\n", new Wanted(List.of("3"), true), TableSettings.PLAIN).encoding();
    for (String text : List.of("5,6\n", "5,6,a\n")) {
      assertThat(row(TableReader.readUnlabelled(file("new.csv", text), places, TableSettings.PLAIN).rows(), 0)).containsExactly(5, 6);
    }
    ReadTable pixels = read("kind,0,1\na,7,8\nb,9,8\n", KIND, TableSettings.PLAIN);
    for (String text : List.of("0,1\n5,6\n", "kind,1,0\na,6,5\n")) {
      assertThat(row(TableReader.readUnlabelled(file("new.csv", text), pixels.encoding(), TableSettings.PLAIN).rows(), 0)).containsExactly(5, 6);
    }
    Encoding one = new Encoding(List.of(Encoding.Column.number("x")));
    assertThat(row(TableReader.readUnlabelled(file("new.csv", "x\n5\n"), one, TableSettings.PLAIN).rows(), 0)).containsExactly(5);
  }

  @Test
  void aColumnThatOnlyTellsLinesApartIsTold() throws IOException {
    StringBuilder text = new StringBuilder("Id,name,x,kind\n");
    for (int i = 0; i < 10; i++) {
      text.append(i + 1).append(",n").append(i).append(',').append(i == 5 ? "" : i * i).append(",a\n");
    }
    for (Missing missing : List.of(Missing.MEAN, Missing.SKIP)) {
      TableSummary summary = read(text + "11,n11,4,b\n", KIND, settings(Words.INDEX, missing)).summary();
      assertThat(summary.doubtful()).extracting(TableSummary.Column::warning).containsExactly(
          "`Id` counts the lines, which says nothing of them", "`name` has another word in every line, which says nothing of them");
      assertThat(summary.doubtful()).extracting(TableSummary.Column::remedy)
          .containsExactly("leave it out with drop = [Id]", "leave it out with drop = [\"name\"]");
    }
    assertThat(read("x,y\n0,3\n1,5\n", new Wanted(List.of("y"), false), TableSettings.PLAIN).summary().doubtful()).isEmpty();
  }

  @Test
  void targetsKeepTheirNamesAndAreNumbers() throws IOException {
    ReadTable table = read("x,price,rent\n1,2,3\n", new Wanted(List.of("rent", "price"), false), TableSettings.PLAIN);
    assertThat(table.examples().targets()).containsExactly("rent", "price");
    assertThatThrownBy(() -> read("x,price\n1,2\n2,\n", new Wanted(List.of("price"), false), TableSettings.PLAIN))
        .hasMessageContaining("line 3, column 2: the number to predict is missing; say missing = skip");
    assertThatThrownBy(() -> read("x,price\n1,cheap\n", new Wanted(List.of("price"), false), TableSettings.PLAIN))
        .hasMessageContaining("line 2, column 2: expected a number to predict, found `cheap`; for classes write label =");
  }
}
