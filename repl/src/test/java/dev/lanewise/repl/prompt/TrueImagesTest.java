package dev.lanewise.repl.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
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

  /** Noise, so that the PNG takes many pieces, with a corner of one colour. */
  private static BufferedImage noise() {
    Random random = new Random(3);
    BufferedImage image = new BufferedImage(150, 90, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, x < 20 && y < 20 ? 0x3366cc : random.nextInt(1 << 24));
      }
    }
    return image;
  }

  private static String encoded(String protocol, BufferedImage image) {
    return TrueImages.of(Map.of("LANEWISE_GRAPHICS", protocol)).orElseThrow().encoded(image).orElseThrow();
  }

  private static void assertIs(String base64, BufferedImage expected) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    assertThat(image.getWidth()).isEqualTo(expected.getWidth());
    assertThat(image.getHeight()).isEqualTo(expected.getHeight());
    for (int y = 0; y < expected.getHeight(); y++) {
      for (int x = 0; x < expected.getWidth(); x++) {
        assertThat(image.getRGB(x, y) & 0xffffff).as("%d, %d", x, y).isEqualTo(expected.getRGB(x, y) & 0xffffff);
      }
    }
  }

  @Test
  void kittyGetsThePixelsInPieces() throws IOException {
    BufferedImage image = noise();
    String text = encoded("kitty", image);
    List<MatchResult> pieces = Pattern.compile("\u001b_G([^;]*);([^\u001b]*)\u001b\\\\").matcher(text).results().toList();
    assertThat(pieces.stream().map(MatchResult::group).collect(Collectors.joining())).isEqualTo(text);
    assertThat(pieces).hasSizeGreaterThan(3);
    assertThat(pieces.stream().map(p -> p.group(1)).distinct()).containsExactly("a=T,f=100,q=2,m=1", "m=1", "m=0");
    assertThat(pieces.getLast().group(1)).isEqualTo("m=0");
    assertThat(pieces).allMatch(p -> p.group(2).length() <= 4096 && p.group(2).length() % 4 == 0);
    assertIs(pieces.stream().map(p -> p.group(2)).collect(Collectors.joining()), image);
    assertThat(encoded("kitty", IMAGE)).startsWith("\u001b_Ga=T,f=100,q=2,m=0;");
  }

  @Test
  void iterm2GetsThePixels() throws IOException {
    BufferedImage image = noise();
    String text = encoded("iterm2", image);
    assertThat(text).startsWith("\u001b]1337;File=inline=1:").endsWith("\u0007");
    assertIs(text.substring(text.indexOf(':') + 1, text.length() - 1), image);
  }

  /** Its colours are of a palette, and dithered: what is seen from afar is the same. */
  @Test
  void sixelLooksTheSame() {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        image.setRGB(x, y, y < 24 ? x * 4 << 16 | 255 - x * 4 << 8 : x < 32 ? 0x808080 : y * 5);
      }
    }
    int[] shown = SixelPicture.pixels(encoded("sixel", image), 64, 48);
    assertThat(shown).doesNotContain(-1);
    for (int block = 0; block < 48; block++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        double sum = 0;
        double wanted = 0;
        for (int i = 0; i < 64; i++) {
          int x = block % 8 * 8 + i % 8;
          int y = block / 8 * 8 + i / 8;
          sum += shown[y * 64 + x] >> shift & 255;
          wanted += image.getRGB(x, y) >> shift & 255;
        }
        assertThat(sum / 64).as("block %d, colour %d", block, shift).isCloseTo(wanted / 64, within(12.0));
      }
    }
  }
}
