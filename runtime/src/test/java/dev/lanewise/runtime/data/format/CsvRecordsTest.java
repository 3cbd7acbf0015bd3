package dev.lanewise.runtime.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordsTest {
  @TempDir Path folder;

  private Path file(int lines, String last) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= lines; i++) {
      text.append(i).append(",w").append(i).append('\n');
    }
    return Files.writeString(folder.resolve("t.csv"), text + last);
  }

  @Test
  void manyRecordsComeInTheirOrder() throws IOException {
    for (int lines : new int[] {1, 255, 256, 257, 100_000}) {
      try (CsvRecords records = new CsvRecords(file(lines, ""), Optional.of(','), '.')) {
        for (int i = 1; i <= lines; i++) {
          TableFields fields = records.next();
          assertThat(fields.line()).isEqualTo(i);
          assertThat(fields.number(0, '.')).isEqualTo(i);
          assertThat(fields.text(1)).isEqualTo("w" + i);
        }
        assertThat(records.next()).isNull();
        assertThat(records.next()).isNull();
      }
    }
  }

  @Test
  void whatIsWrongComesBehindWhatIsRight() throws IOException {
    try (CsvRecords records = new CsvRecords(file(5_000, "1,\"a\"b\n"), Optional.of(','), '.')) {
      for (int i = 1; i <= 5_000; i++) {
        assertThat(records.next().line()).isEqualTo(i);
      }
      assertThatThrownBy(records::next).isInstanceOf(IOException.class).hasMessageContaining("line 5001, column 2: something follows the closing quote");
    }
  }

  /** The library is told to look for spaces around quotes from there on. */
  @Test
  void spacesMayStandAroundQuotesAnywhere() throws IOException {
    for (String last : new String[] {"7, \"a,\nb\" \n", "\"7\" ,\"a,\nb\"\n", "7,\t\"a,\nb\"\n"}) {
      try (CsvRecords records = new CsvRecords(file(1_000, last + "8,c\n"), Optional.of(','), '.')) {
        for (int i = 1; i <= 1_000; i++) {
          assertThat(records.next().line()).isEqualTo(i);
        }
        TableFields fields = records.next();
        assertThat(fields.texts()).containsExactly("7", "a,\nb");
        assertThat(fields.line()).isEqualTo(1_001);
        assertThat(records.next().line()).isEqualTo(1_003);
        assertThat(records.next()).isNull();
      }
    }
  }
}
