package dev.lanewise.repl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static final String HOSTILE = "\u001b]0;title\u0007\u001b[31mred\u001b[2J\u009b2K\r\u202e";
  private static final String SHOWN = "\\x1b]0;title\\x07\\x1b[31mred\\x1b[2J\\x9b2K\\x0d\\u202e";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Output out = new Output(bytes);

  private String written() {
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void controlCharactersOfOthersAreShown() {
    out.println("a\tb\n" + HOSTILE);
    assertThat(written()).isEqualTo("a\tb\n" + SHOWN + "\n");
  }

  @Test
  void ourColoursAreAddedAfterThat() {
    out.println(Style.COLOURED.bad(HOSTILE) + Style.COLOURED.good("ok"));
    assertThat(written()).isEqualTo("\u001b[31m" + SHOWN + "\u001b[0m\u001b[32mok\u001b[0m\n");
  }

  @Test
  void whatStandsForOursWithoutBeingAColourIsShown() {
    out.println(Style.ESCAPE + "]0;title" + Style.ESCAPE + "[2J" + Style.ESCAPE);
    assertThat(written()).isEqualTo("\ufffd]0;title\ufffd[2J\ufffd\n");
  }

  @Test
  void aLetterCutInTheMiddleTakesNoColourAway() {
    out.println(Style.COLOURED.bad("bug \ud83d"));
    assertThat(written()).isEqualTo("\u001b[31mbug \ufffd\u001b[0m\n");
  }

  @Test
  void aLibraryThatWritesMayColour() {
    PrintWriter writer = new PrintWriter(out.writer(), true);
    writer.println("\u001b[1mbold\u001b[21m\u001b[2J");
    assertThat(written()).isEqualTo("\u001b[1mbold\u001b[21m\ufffd[2J\n");
  }

  @Test
  void tablesOfHostileCellsLineUp() {
    var table = new dev.lanewise.dsl.exhibit.Table(
        "", java.util.List.of(), java.util.List.of(java.util.List.of("a\u001b\nb", "1"), java.util.List.of("c", "2")));
    Columns.lines(table, Window.NONE, Style.PLAIN).forEach(out::println);
    assertThat(written()).isEqualTo("  a\\x1b\\x0ab  1\n  c           2\n");
  }

  @Test
  void whatCannotBeWrittenIsToldAndRemembered() {
    AtomicInteger lost = new AtomicInteger();
    Output full = new Output(new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("No space left on device");
      }
    });
    full.whenLost(lost::incrementAndGet);
    full.print("nothing yet");
    assertThat(full.failure()).isEmpty();
    full.println("a");
    full.println("b");
    assertThat(full.failure()).hasValueSatisfying(e -> assertThat(e).hasMessage("No space left on device"));
    assertThat(full.isReaderGone()).isFalse();
    assertThat(lost).hasValue(2);
  }
}
