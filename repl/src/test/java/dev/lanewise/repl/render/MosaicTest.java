package dev.lanewise.repl.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Boundary.Mark;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Spectrum;
import dev.lanewise.repl.text.Colours;
import dev.lanewise.repl.text.LiveLines;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures and planes put together from letters. */
class MosaicTest {
  /** Black above, white below, and a red column at the left. */
  private static Picture picture(int side) {
    int[] pixels = new int[side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % side == 0 ? 0xff0000 : i / side < side / 2 ? 0x000000 : 0xffffff;
    }
    return new Picture(side, side, pixels, "a caption");
  }

  private static Voice voice(int columns) {
    return new Recorded().voice(Recorded.window(columns, 0), Style.PLAIN);
  }

  private static final Boundary BOUNDARY = new Boundary(
      "halves", -1, 1, -2, 2, 2, new int[] {0, 1, 0, 1}, new double[] {1, 1, 0.5, 1}, List.of(new Mark(-0.5, 1, 0), new Mark(0.5, -1, 1)),
      List.of("class 0", "pear"));

  @Test
  void isInkWhereThereAreNoColours() {
    List<String> lines = Mosaic.lines(new Gallery("one", List.of(picture(12))), Colours.NONE, voice(80));
    assertThat(lines).containsExactly(
        "one", "-", "-", "-", "-@@@@@@@@@@@", "-@@@@@@@@@@@", "-@@@@@@@@@@@", " a caption");
  }

  @Test
  void isHalfBlocksOfTwoColours() {
    List<String> lines = Mosaic.lines(new Gallery("one", List.of(picture(10))), Colours.TRUE, voice(80));
    assertThat(lines.get(3)).startsWith(Style.begin("38;2;255;0;0;48;2;255;0;0") + "▀" + Style.begin("38;2;0;0;0;48;2;255;255;255") + "▀▀").endsWith(Style.END);
    List<String> few = Mosaic.lines(new Gallery("one", List.of(picture(10))), Colours.PALETTE, voice(80));
    assertThat(few.get(3)).startsWith(Style.begin("38;5;196;48;5;196") + "▀" + Style.begin("38;5;16;48;5;231") + "▀▀");
  }

  @ParameterizedTest
  @EnumSource(Colours.class)
  void neverWraps(Colours colours) {
    for (int columns = 20; columns <= 200; columns += 7) {
      for (int count : new int[] {1, 5, 64}) {
        Gallery gallery = new Gallery("t", Collections.nCopies(count, picture(28)));
        for (String line : Mosaic.lines(gallery, colours, voice(columns))) {
          assertThat(LiveLines.length(line)).as("%d columns, %d pictures", columns, count).isLessThan(Math.max(columns, 55));
        }
      }
    }
  }

  /** White where row and column are alike. */
  private static Picture named(List<String> down, List<String> across) {
    int[] pixels = new int[down.size() * across.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i / across.size() == i % across.size() ? 0xffffff : 0;
    }
    return new Picture(across.size(), down.size(), pixels, "0", new Picture.Axes(down, across));
  }

  @Test
  void rowsAndColumnsThatHaveNamesHaveThemBeside() {
    Gallery gallery = new Gallery("looks", List.of(named(List.of("三", "<end>"), List.of("a", "two"))));
    assertThat(Mosaic.lines(gallery, Colours.NONE, voice(80))).containsExactly("looks", "        t", "        w", "      a o", "   三 @@", "<end>   @@", "      0");
    assertThat(Mosaic.lines(gallery, Colours.TRUE, voice(80)).get(4)).isEqualTo(
        "   三 " + Style.begin("38;2;255;255;255;48;2;255;255;255") + "▀▀" + Style.begin("38;2;0;0;0;48;2;0;0;0") + "▀▀" + Style.END);
  }

  @Test
  void namesThatDoNotFitAreLeftOut() {
    List<String> many = Collections.nCopies(40, "a");
    assertThat(Mosaic.lines(new Gallery("looks", List.of(named(many, many))), Colours.NONE, voice(83)).get(1)).as("two letters each").isEqualTo("  " + "a ".repeat(40).strip());
    assertThat(Mosaic.lines(new Gallery("looks", List.of(named(many, many))), Colours.NONE, voice(82)).get(1)).as("one letter each").isEqualTo("  " + "a".repeat(40));
    assertThat(Mosaic.lines(new Gallery("looks", List.of(named(many, many))), Colours.NONE, voice(42))).hasSizeLessThan(30).noneMatch(l -> l.contains("a"));
    List<String> wide = Collections.nCopies(40, "三");
    assertThat(Mosaic.lines(new Gallery("looks", List.of(named(many, wide))), Colours.NONE, voice(82))).as("these need two").noneMatch(l -> l.contains("三"));
  }

  @Test
  void aSoundHasItsScalesBesideIt() {
    Spectrum spectrum = new Spectrum("seven", picture(20), 0.95, List.of(new Spectrum.Tick(17.2, "250"), new Spectrum.Tick(2, "2000")), "Hz");
    List<String> lines = Pitches.lines(spectrum, Colours.NONE, voice(80));
    assertThat(lines).hasSize(12).startsWith("seven", "       -").endsWith("       0       0.95 seconds");
    assertThat(lines.get(2)).isEqualTo("  2000 -");
    assertThat(lines.get(9)).isEqualTo("   250 -@@@@@@@@@@@@@@@@@@@");
    for (int columns = 20; columns <= 60; columns += 7) {
      for (String line : Pitches.lines(spectrum, Colours.NONE, voice(columns))) {
        assertThat(LiveLines.length(line)).as("%d columns", columns).isLessThanOrEqualTo(Math.max(columns, 22));
      }
    }
  }

  @Test
  void manyAreHalvedAndTheRestTold() {
    Gallery many = new Gallery("t", Collections.nCopies(500, picture(28)));
    List<String> lines = Mosaic.lines(many, Colours.NONE, voice(80));
    assertThat(lines.size()).isLessThan(90);
    assertThat(lines.get(1).length()).isLessThan(80);
    assertThat(lines.getLast()).matches("… and \\d+ more: to = \"file.png\" draws all of them");
    assertThat(lines.stream().filter(l -> l.contains("a caption")).mapToInt(l -> l.split("a caption", -1).length - 1).sum())
        .isEqualTo(500 - Integer.parseInt(lines.getLast().replaceAll("\\D+", "")));
  }

  @Test
  void smallOnesAreEnlarged() {
    List<String> lines = Mosaic.lines(new Gallery("t", List.of(picture(5))), Colours.NONE, voice(80));
    assertThat(lines.get(5)).isEqualTo("--@@@@@@@@");
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 40, 80, 200})
  void thePlaneFitsTheWindow(int columns) {
    List<String> letters = Plane.lines(BOUNDARY, Colours.NONE, voice(columns));
    assertThat(letters).allMatch(l -> l.length() < columns);
    assertThat(letters.get(1)).startsWith("    2.00 ").endsWith(".");
    int legend = columns < 40 ? 2 : 1;
    assertThat(letters.get(letters.size() - legend - 2)).startsWith("   -2.00 ");
    assertThat(letters.getLast()).endsWith("[.1.] pear");
    assertThat(letters.get(letters.size() - legend)).startsWith(" ".repeat(9) + "[ 0 ] class 0");
    assertThat(String.join("", letters.subList(1, letters.size() - legend - 1)).replaceAll("[^01]", "")).contains("0", "1");
    List<String> colours = Plane.lines(BOUNDARY, Colours.TRUE, voice(columns));
    assertThat(colours).hasSizeBetween(letters.size() - 1, letters.size()).allMatch(l -> LiveLines.length(l) < columns);
    assertThat(colours.get(1)).contains("▀");
  }

  @Test
  void theEnvironmentSaysWhichColoursThereAre() {
    assertThat(Colours.of(Map.of("TERM", "xterm", "COLORTERM", "truecolor"))).isEqualTo(Colours.TRUE);
    assertThat(Colours.of(Map.of("TERM", "xterm-256color"))).isEqualTo(Colours.PALETTE);
    assertThat(Colours.of(Map.of("TERM", "xterm"))).isEqualTo(Colours.FEW);
    assertThat(Arrays.stream(Colours.values()).filter(Colours::show)).containsExactly(Colours.PALETTE, Colours.TRUE);
  }
}
