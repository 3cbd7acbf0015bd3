package dev.lanewise.runtime.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.data.text.Bytes;
import dev.lanewise.runtime.data.text.Characters;
import dev.lanewise.runtime.data.text.Cutting;
import dev.lanewise.runtime.data.text.Tokenizer;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.data.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  @TempDir Path folder;

  private static TextSettings settings(int length, Tokenizer by) {
    return new TextSettings(length, new Cutting.Plain(by), false, 0);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static float[] values(Dataset data, int field, int index) {
    float[] values = new float[data.fields().get(field).shape().size()];
    data.readField(field, index, values, 0, 1);
    return values;
  }

  private static String text(DataSplit split, Dataset data, int field, int index) {
    return split.world().vocabulary(data.fields().get(field).name()).orElseThrow().told(values(data, field, index));
  }

  @Test
  void aTextIsReadInWindows() throws IOException {
    DataSplit split = LongText.open(write("t.txt", "0123456789我"), Optional.empty(), settings(4, new Characters()), 0).load();
    assertThat(split.train().size()).isEqualTo(2);
    assertThat(split.train().fields()).extracting(Field::kind).containsExactly("4 of 11", "4 of 11");
    assertThat(text(split, split.train(), 0, 1)).isEqualTo("4567");
    assertThat(text(split, split.train(), 1, 1)).isEqualTo("5678");
    DataSplit dense = LongText.open(folder.resolve("t.txt"), Optional.empty(), settings(4, new Characters()), 3).load();
    assertThat(IntStream.range(0, dense.train().size()).mapToObj(i -> text(dense, dense.train(), 1, i))).containsExactly("1234", "4567", "789我");
    // A batch is read as its examples are.
    float[] block = new float[4 * 16];
    dense.train().readBlock(new int[] {2, 0}, 0, 2, block, 0);
    assertThat(block[3 * 16]).isEqualTo(values(dense.train(), 0, 2)[3]);
    assertThat(block[3 * 16 + 1]).isEqualTo(values(dense.train(), 0, 0)[3]);
  }

  /** The last windows are set apart, and none before them shares with them what is to be learned. */
  @Test
  void aTextIsSplitByItsPlaces() throws IOException {
    String letters = "abcdefghijklmnopqrstuvwxyz".repeat(4);
    for (int stride : new int[] {1, 3, 5, 8}) {
      DataSplit whole = LongText.of("t", letters, settings(5, new Characters()), stride).load();
      DataSplit split = whole.testing(4, 1).validation(3, 1);
      assertThat(split.test().size()).isEqualTo(4);
      assertThat(split.validation().size()).isEqualTo(3);
      assertThat(values(split.test(), 0, 3)).isEqualTo(values(whole.train(), 0, whole.train().size() - 1));
      int overlap = 4 / stride;
      assertThat(split.train().size()).isEqualTo(whole.train().size() - 7 - 2 * overlap);
      assertThat(values(split.train(), 1, split.train().size() - 1)).isEqualTo(values(whole.train(), 1, split.train().size() - 1));
      // The last token that training asks for stands before the first that validation asks for.
      assertThat((split.train().size() - 1) * stride + 5).isLessThan((whole.train().size() - 7 - overlap) * stride + 1);
    }
    assertThatThrownBy(() -> LongText.of("t", letters, settings(5, new Characters()), 1).load().testing(97, 1)).hasMessageContaining("must leave something to train on");
  }

  /** A file that stays where it is has the tokens of one that is read whole, whatever its pieces are. */
  @Test
  void aMappedTextIsTheSame() throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder();
    while (text.length() < 120_000) {
      text.append(List.of("word", "我们", " ", "  ", "\n", "\n\n", "😀", ".", "don't", "\t", "x\r\n").get(random.nextInt(11)));
    }
    Path file = write("long.txt", text.toString());
    for (Cutting by : List.of(new Cutting.Plain(new Characters()), new Cutting.Plain(new Words()), new Cutting.Plain(new Bytes()), new Cutting.Learned(300))) {
      TextSettings settings = new TextSettings(7, by, false, 0);
      Dataset kept = LongText.open(file, Optional.empty(), settings, 0).load().train();
      Dataset mapped = LongText.open(file, Optional.empty(), settings, 0, 0).load().train();
      assertThat(mapped.isOnDisk()).isTrue();
      assertThat(kept.isOnDisk()).isFalse();
      assertThat(mapped.size()).isEqualTo(kept.size()).isGreaterThan(3_000);
      for (int i = 0; i < kept.size(); i += 3) {
        mapped.touch(i);
        assertThat(values(mapped, 0, i)).isEqualTo(values(kept, 0, i));
        assertThat(values(mapped, 1, i)).isEqualTo(values(kept, 1, i));
      }
    }
  }

  @Test
  void whatIsWrongWithATextIsTold() throws IOException {
    Path empty = write("empty.txt", "");
    assertThatThrownBy(() -> LongText.open(empty, Optional.empty(), settings(4, new Characters()), 0)).isInstanceOf(IOException.class).hasMessage(empty + ": the text is empty");
    Path few = write("few.txt", "abc");
    assertThatThrownBy(() -> LongText.open(few, Optional.empty(), settings(3, new Characters()), 0)).hasMessageContaining("3 characters").hasMessageContaining("length = 1 or less");
    Files.write(folder.resolve("bad.txt"), new byte[] {'a', '\n', (byte) 0x80});
    assertThatThrownBy(() -> LongText.open(folder.resolve("bad.txt"), Optional.empty(), settings(1, new Characters()), 0)).hasMessageContaining("line 2").hasMessageContaining("0x80");
    Path other = write("other.txt", "abcx!");
    assertThatThrownBy(() -> LongText.open(few, Optional.of(other), settings(2, new Characters()), 0)).hasMessageContaining("no character x !").hasMessageContaining("<unknown>");
    TextSettings limited = new TextSettings(2, new Cutting.Plain(new Characters()), false, 8);
    DataSplit split = LongText.open(few, Optional.of(other), limited, 0).load();
    assertThat(text(split, split.test(), 1, 1)).isEqualTo("<unknown><unknown>");
    assertThatThrownBy(() -> new TextSettings(2, new Cutting.Learned(256), false, 0)).hasMessageContaining("no room for pairs");
    assertThatThrownBy(() -> new TextSettings(1 << 20, new Cutting.Learned(400), false, 0)).hasMessageContaining("length must be between");
    assertThatThrownBy(() -> new TextSettings(2, new Cutting.Learned(400), false, 100)).hasMessageContaining("leave it out");
  }

  @Test
  void linesBeginAndEnd() throws IOException {
    OpenedData data = TextLines.read(write("names.txt", "ann\n\n bo\r\n"), Optional.empty(), settings(0, new Characters()));
    DataSplit split = data.load();
    assertThat(data.fields()).extracting(Field::kind).containsExactly("4 of 7 padded", "4 of 7 padded");
    assertThat(text(split, split.train(), 0, 0)).isEqualTo("<begin>ann");
    assertThat(text(split, split.train(), 1, 0)).isEqualTo("ann<end>");
    assertThat(values(split.train(), 1, 1)).containsExactly(4, 6, 2, 0);
    OpenedData cut = TextLines.read(folder.resolve("names.txt"), Optional.empty(), settings(3, new Characters()));
    assertThat(cut.notes()).containsExactly("1 of 2 lines cut to 3");
    assertThat(text(cut.load(), cut.load().train(), 1, 0)).isEqualTo("ann");
    assertThatThrownBy(() -> TextLines.read(folder.resolve("names.txt"), Optional.of(write("more.txt", "zoe")), settings(0, new Characters()))).hasMessageContaining("z e");
  }

  @Test
  void labelledTextsComeFromTables() throws IOException {
    Path tabs = write("a.txt", "Good \"fish\", great\t1\nNot good\t0\n");
    DataSplit split = LabelledTexts.read(List.of(tabs), Optional.empty(), "1", "2", new TextSettings(4, new Cutting.Plain(new Words()), true, 0)).load();
    assertThat(split.classNames()).containsExactly("0", "1");
    assertThat(split.train().label(0)).isEqualTo(1);
    assertThat(text(split, split.train(), 0, 0)).isEqualTo("good \"fish\"");
    assertThat(text(split, split.train(), 0, 1)).isEqualTo("not good");
    Path commas = write("b.csv", "mood,review\nbad,\"slow, dull\"\nfine,quick\n");
    DataSplit named = LabelledTexts.read(List.of(commas), Optional.of(commas), "review", "mood", settings(0, new Words())).load();
    assertThat(named.train().fields()).extracting(Field::name).containsExactly("text", "mood");
    assertThat(text(named, named.test(), 0, 0)).isEqualTo("slow, dull");
    assertThat(named.classNames()).containsExactly("bad", "fine");
    assertThatThrownBy(() -> LabelledTexts.read(List.of(commas), Optional.empty(), "text", "mood", settings(0, new Words()))).hasMessageContaining("no column `text`").hasMessageContaining("`review`");
    assertThatThrownBy(() -> LabelledTexts.read(List.of(write("c.txt", "one\ta\n\tb\n")), Optional.empty(), "1", "2", settings(0, new Words()))).hasMessageContaining("line 2: the text is empty");
    assertThatThrownBy(() -> LabelledTexts.read(List.of(write("d.csv", "a, b,1\nc,0\n")), Optional.empty(), "1", "3", settings(0, new Words()))).hasMessageContaining("line 2: 2 columns").hasMessageContaining("quotes");
    assertThatThrownBy(() -> LabelledTexts.read(List.of(write("e.txt", "one\ta\ntwo\ta\n")), Optional.empty(), "1", "2", settings(0, new Words()))).hasMessageContaining("nothing to tell apart");
    assertThatThrownBy(() -> LabelledTexts.read(List.of(tabs), Optional.of(write("f.txt", "x\t7\n")), "1", "2", settings(0, new Words()))).hasMessageContaining("`7`");
  }

  @Test
  void pairsAreShiftedForADecoder() throws IOException {
    Path file = write("cmn.txt", "Hi.\t嗨。\tx\nHi.\t你好。\tx\nI run.\t我跑。\tx\n");
    OpenedData data = TextPairs.read(file, Optional.empty(), "1", "2", settings(5, new Words()));
    DataSplit split = data.load();
    assertThat(data.fields()).extracting(Field::name).containsExactly("source", "next", "target");
    assertThat(data.fields()).allMatch(Field::padded);
    assertThat(text(split, split.train(), 0, 2)).isEqualTo("I run.");
    assertThat(text(split, split.train(), 2, 2)).isEqualTo("<begin>我跑。");
    assertThat(text(split, split.train(), 1, 2)).isEqualTo("我跑。<end>");
    assertThat(values(split.train(), 1, 0)[3]).isZero();
    assertThat(split.train().source(0)).isEqualTo(split.train().source(1)).isNotEqualTo(split.train().source(2));
    assertThat(split.classNames()).isEqualTo(split.world().vocabulary("target").orElseThrow().tokens());
  }

  @Test
  void madePairsAreRightAndUnseen() {
    for (MadePairs made : List.of(new Sums(2, 2_000), new Sums(1, 50), new Dates(500), new Numerals(100_000, false, 500), new Numerals(1_000, true, 500))) {
      made.check();
      DataSplit split = made.make(3);
      Set<String> seen = new HashSet<>();
      for (Dataset part : List.of(split.train(), split.test())) {
        for (int i = 0; i < part.size(); i++) {
          assertThat(seen.add(text(split, part, 0, i))).as("%s, %d", made, i).isTrue();
          String target = text(split, part, 2, i).replace(Vocabulary.BEGIN, "");
          assertThat(text(split, part, 1, i)).as("nothing is cut").isEqualTo(target + Vocabulary.END);
          if (made instanceof Sums) {
            String[] numbers = text(split, part, 0, i).split("\\+");
            assertThat(target).isEqualTo(Integer.toString(Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1])));
          }
        }
      }
      assertThat(text(split, split.train(), 0, 0)).isNotEqualTo(text(made.make(4), made.make(4).train(), 0, 0));
      assertThat(values(made.make(3).train(), 0, 7)).isEqualTo(values(split.train(), 0, 7));
    }
    assertThatThrownBy(() -> new Sums(1, 90).check()).hasMessageContaining("100 pairs in all");
  }

  @Test
  void numbersAndDatesAreSaidAsPeopleDo() {
    assertThat(List.of(0, 13, 40, 87, 300, 307, 1_000, 2_016, 12_345, 100_000, 999_999).stream().map(Numerals::english)).containsExactly(
        "zero", "thirteen", "forty", "eighty-seven", "three hundred", "three hundred and seven", "one thousand", "two thousand and sixteen",
        "twelve thousand three hundred and forty-five", "one hundred thousand", "nine hundred and ninety-nine thousand nine hundred and ninety-nine");
    assertThat(List.of(0, 7, 10, 15, 40, 105, 110, 307, 1_000, 1_010, 2_016, 10_000, 10_005, 12_345, 100_300, 999_999).stream().map(Numerals::chinese)).containsExactly(
        "零", "七", "十", "十五", "四十", "一百零五", "一百一十", "三百零七", "一千", "一千零一十", "二千零一十六", "一万", "一万零五", "一万二千三百四十五", "十万零三百", "九十九万九千九百九十九");
    LocalDate day = LocalDate.of(2024, 5, 3);
    assertThat(IntStream.range(0, 6).mapToObj(f -> Dates.said(day, f))).containsExactly("3rd of May 2024", "May 3, 2024", "3 May 2024", "Friday, 3 May 2024", "3.5.2024", "2024年5月3日");
    assertThat(Dates.said(LocalDate.of(1999, 12, 11), 0)).isEqualTo("11th of December 1999");
  }

  @Test
  void whatTheProgramMakesIsTheSameEveryTime() throws IOException {
    assertThat(MadeTexts.stories()).isEqualTo(MadeTexts.stories()).hasSizeGreaterThan(100_000);
    assertThat(MadeTexts.names()).doesNotHaveDuplicates().hasSize(2_000).allMatch(n -> n.matches("[a-z]+"));
    DataSplit guests = LabelledTexts.of(MadeTexts.guests(), List.of(), "label", settings(0, new Words())).load();
    int[] counts = DataSplit.counts(guests.train());
    assertThat(counts[0]).isBetween(600, 900);
  }
}
