package dev.lanewise.repl.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrueImagesTest {
  private static final BufferedImage IMAGE = new BufferedImage(20, 12, BufferedImage.TYPE_INT_RGB);

  /** The sequences that the three protocols begin with. */
  @ParameterizedTest
  @CsvSource({
    "LANEWISE_GRAPHICS,kitty,_G", "LANEWISE_GRAPHICS,iterm2,]1337;File=", "LANEWISE_GRAPHICS,sixel,P", "TERM,xterm-kitty,_G",
    "KITTY_WINDOW_ID,1,_G", "TERM_PROGRAM,WezTerm,_G", "TERM_PROGRAM,iTerm.app,]1337;File=", "LC_TERMINAL,iTerm2,]1337;File=", "TERM,foot,P"
  })
  void speaksTheProtocolOfTheTerminal(String variable, String value, String begin) {
    TrueImages images = TrueImages.of(Map.of(variable, value)).orElseThrow();
    assertThat(images.encoded(IMAGE).orElseThrow()).startsWith("\u001b" + begin);
    assertThat(images.encoded(null)).isEmpty();
  }

  @Test
  void nothingIsTriedInsideTmuxOrWhereItIsUnwanted() {
    assertThat(TrueImages.of(Map.of("TERM", "xterm-256color"))).isEmpty();
    assertThat(TrueImages.of(Map.of("TERM", "screen-256color", "KITTY_WINDOW_ID", "1"))).isEmpty();
    assertThat(TrueImages.of(Map.of("TERM", "xterm-kitty", "TMUX", "/tmp/tmux"))).isEmpty();
    assertThat(TrueImages.of(Map.of("TERM", "xterm-kitty", "LANEWISE_GRAPHICS", "none"))).isEmpty();
  }
}
