package dev.lanewise.repl.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.Language;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoiceTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<String> paged = new ArrayList<>();

  private Voice voice(int rows) {
    return Voice.of(new Output(out), Style.COLOURED, Language.ENGLISH, new Window() {
      @Override
      public int columns() {
        return 20;
      }

      @Override
      public int rows() {
        return rows;
      }

      @Override
      public boolean pages(List<String> lines) {
        return paged.addAll(lines);
      }
    });
  }

  @Test
  void whatIsLongerThanTheWindowGoesToThePagesAndIsHarmlessThereToo() {
    voice(3).show(List.of(Style.COLOURED.strong("a"), "evil \u001b[2J", "c"));
    assertThat(out.size()).isZero();
    assertThat(paged).hasSize(3).last().isEqualTo("c");
    assertThat(paged.get(0)).matches("\u001b\\[[0-9;]*ma\u001b\\[[0-9;]*m");
    assertThat(paged.get(1)).startsWith("evil ").doesNotContain("\u001b");
  }

  @Test
  void linesThatWrapTakeMoreRows() {
    voice(3).show(List.of("x".repeat(41)));
    assertThat(paged).hasSize(1);
  }

  @Test
  void whatFitsIsPrinted() {
    voice(3).show(List.of("a", "b"));
    voice(0).show(List.of("a", "b", "c", "d"));
    assertThat(paged).isEmpty();
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("a", "b", "a", "b", "c", "d");
  }
}
