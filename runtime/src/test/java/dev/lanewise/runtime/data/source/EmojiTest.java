package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.tensor.Shape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmojiTest {
  private static final String HEADER = "hex\tsheet_x\tsheet_y\ten\ten_tags\tzh\tzh_tags\n";

  @TempDir Path folder;

  private void write(String rows) throws IOException {
    BufferedImage sheet = new BufferedImage(3 * 34, 34, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = sheet.createGraphics();
    pen.setColor(Color.RED);
    pen.fillRect(1, 1, 32, 32);
    pen.setColor(Color.BLUE);
    pen.fillRect(34 + 1, 1, 16, 32);
    pen.dispose();
    ImageIO.write(sheet, "png", folder.resolve("sheet.png").toFile());
    Files.writeString(folder.resolve("emoji.tsv"), HEADER + rows);
  }

  private static float[] part(Dataset data, int field, int index) {
    float[] values = new float[data.fields().get(field).shape().size()];
    data.readField(field, index, values, 0, 1);
    return values;
  }

  @Test
  void aPictureHasTextsInBothLanguages() throws IOException {
    write("1F600\t0\t0\tRed face\thot|red\t红脸\t热\n1F601\t1\t0\tblue\t\t蓝\t\n");
    Emoji emoji = Emoji.open(folder, 14);
    DataSplit split = emoji.load();
    assertThat(split.train().size()).isEqualTo(6);
    assertThat(emoji.fields()).isEqualTo(split.train().fields());
    assertThat(emoji.shape()).isEqualTo(Shape.of(3, 32, 32));
    Vocabulary characters = split.world().vocabulary("text").orElseThrow();
    assertThat(split.classNames()).isEqualTo(characters.tokens());
    List<String> texts = IntStream.range(0, 6).mapToObj(i -> characters.text(part(split.train(), 1, i))).toList();
    assertThat(texts).containsExactly("red face,hot,r", "red face", "红脸,热", "红脸", "blue", "蓝");
    float[] red = part(split.train(), 0, 0);
    assertThat(part(split.train(), 0, 3)).isEqualTo(red);
    assertThat(red[0]).isEqualTo(1);
    assertThat(red[1024]).isZero();
    float[] blue = part(split.train(), 0, 4);
    assertThat(blue[2 * 1024]).isEqualTo(1);
    assertThat(blue[0]).isZero();
    assertThat(blue[31]).as("what is transparent lies on white").isEqualTo(1);
  }

  @Test
  void theSameDoneByAManOrAWomanInAnyColourIsOfOneKind() {
    assertThat(List.of(
        Emoji.kind("1F9D1-200D-1F680"), Emoji.kind("1F468-200D-1F680"), Emoji.kind("1F469-1F3FD-200D-1F680"))).containsOnly("person-1F680");
    assertThat(Emoji.kind("1F3C3-200D-2640-FE0F")).isEqualTo(Emoji.kind("1F3C3"));
    assertThat(Emoji.kind("1F1E9-1F1EA")).isNotEqualTo(Emoji.kind("1F1EB-1F1F7"));
  }

  @Test
  void whatBelongsTogetherIsNotSplit() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      rows.append("1F3%02d\t0\t0\tthing %d\t\t物%d\t\n".formatted(i, i, i));
      rows.append("1F3%02d-200D-2640-FE0F\t1\t0\twoman %d\t\t女%d\t\n".formatted(i, i, i));
    }
    write(rows.toString());
    for (long seed = 1; seed <= 5; seed++) {
      DataSplit split = Emoji.open(folder, 8).load().testing(30, seed).validation(10, seed);
      assertThat(split.test().size()).isEqualTo(32);
      Set<Integer> tested = sources(split.test());
      assertThat(tested).hasSize(8).doesNotContainAnyElementsOf(sources(split.train())).doesNotContainAnyElementsOf(sources(split.validation()));
      assertThat(sources(split.train())).doesNotContainAnyElementsOf(sources(split.validation()));
    }
    assertThatThrownBy(() -> Emoji.open(folder, 8).load().testing(159, 1)).hasMessageContaining("belong together");
  }

  private static Set<Integer> sources(Dataset data) {
    Set<Integer> sources = new HashSet<>();
    IntStream.range(0, data.size()).forEach(i -> sources.add(data.source(i)));
    return sources;
  }

  @Test
  void whatIsWrongIsTold() throws IOException {
    assertThatThrownBy(() -> Emoji.open(folder, 8)).isInstanceOf(IOException.class).hasMessageContaining("emoji.tsv");
    write("1F600\tx\t0\tred\t\t红\t\n");
    assertThatThrownBy(() -> Emoji.open(folder, 8)).hasMessageContaining("line 2").hasMessageContaining("sheet_x");
    write("1F600\t0\n");
    assertThatThrownBy(() -> Emoji.open(folder, 8)).hasMessageContaining("2 cells").hasMessageContaining("7 columns");
    write("1F600\t7\t0\tred\t\t红\t\n");
    assertThatThrownBy(() -> Emoji.open(folder, 8).load()).hasMessageContaining("1F600").hasMessageContaining("column 7");
    write("1F600\t0\t0\t\t\t\t\n");
    assertThatThrownBy(() -> Emoji.open(folder, 8)).hasMessageContaining("no name");
    write("");
    assertThatThrownBy(() -> Emoji.open(folder, 8)).hasMessageContaining("no emoji");
    Files.write(folder.resolve("emoji.tsv"), new byte[] {'h', (byte) 0xe9, '\n'});
    assertThatThrownBy(() -> Emoji.open(folder, 8)).hasMessageContaining("no text in UTF-8");
    Files.writeString(folder.resolve("emoji.tsv"), "hex\ten\n");
    assertThatThrownBy(() -> Emoji.open(folder, 8)).hasMessageContaining("no column `sheet_x`");
    write("1F600\t0\t0\tred\t\t红\t\n");
    Files.copy(folder.resolve("sheet.png"), folder.resolve("other.png"));
    assertThatThrownBy(() -> Emoji.open(folder, 8)).hasMessageContaining("there are 2");
  }
}
