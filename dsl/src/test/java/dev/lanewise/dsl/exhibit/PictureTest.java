package dev.lanewise.dsl.exhibit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureTest {
  /** A row of numbers can be seen: its pixels are as they were, one below the other. */
  @ParameterizedTest
  @CsvSource({"1,1,1", "16,1,1", "17,1,2", "640,1,40", "100,2,8", "320,10,20", "20,24,24"})
  void aLineBecomesABand(int width, int height, int high) {
    Picture line = new Picture(width, height, IntStream.range(0, width * height).toArray(), "flat");
    Picture band = line.band();
    assertThat(band.width()).isEqualTo(width);
    assertThat(band.height()).isEqualTo(high);
    assertThat(band.caption()).isEqualTo("flat");
    for (int y = 0; y < high; y++) {
      assertThat(band.at(width - 1, y)).isEqualTo(line.at(width - 1, y * height / high));
    }
  }
}
