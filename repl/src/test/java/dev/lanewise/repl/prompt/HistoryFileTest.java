package dev.lanewise.repl.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  @TempDir private Path folder;

  private String mended(String text) throws IOException {
    Path file = Files.write(folder.resolve("history"), text.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(HistoryFile.mended(file)).contains(file);
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  @Test
  void linesThatCannotBeReadAreLeftOut() throws IOException {
    assertThat(mended("1:a\n2:caf\u00e9\n\u00e4\u00b8\n3:b\n")).isEqualTo("1:a\n3:b\n");
    assertThat(mended("1:a\nno time\n:\nx:b\n99999999999999999999:c\n3:b\\\n4:two\\nlines\\\\\n5:cut")).isEqualTo("1:a\n4:two\\nlines\\\\\n5:cut\n");
    assertThat(mended("\u0000\u0000\u0000")).isEmpty();
  }

  @Test
  void whatIsRightStays() throws IOException {
    String right = new String("1:a = “x”\n2:net N {\\n  input 2\\n}\n".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(mended(right)).isEqualTo(right);
    assertThat(mended("")).isEmpty();
  }

  @Test
  void whatIsNoFileIsNotUsed() {
    assertThat(HistoryFile.mended(folder)).isEmpty();
    assertThat(HistoryFile.mended(folder.resolve("new"))).contains(folder.resolve("new"));
  }
}
