package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Folds;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.WorldText;
import dev.lanewise.runtime.data.sound.Cut;
import dev.lanewise.runtime.data.sound.Features;
import dev.lanewise.runtime.data.sound.SoundForm;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundFolderTest {
  private static final Path SOUNDS = Path.of("src/test/resources/dev/lanewise/runtime/data/sound");
  private static final SoundFolder.Wish PLAIN = new SoundFolder.Wish(0, 0.01, Cut.BEGIN, new Features.Wave());

  @TempDir Path folder;

  private void put(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.copy(SOUNDS.resolve(name.contains("stereo") ? "stereo.wav" : "s16.wav"), file);
    }
  }

  /** Each with ten digits' first two, three speakers and four takes. */
  private void speakers() throws IOException {
    for (String speaker : List.of("anna", "bo", "cy")) {
      for (int take = 0; take < 4; take++) {
        put("0_" + speaker + "_" + take + ".wav", "1_" + speaker + "_" + take + ".wav");
      }
    }
  }

  private SoundFolder open(String test, String names, String... group) throws IOException {
    boolean pattern = SoundFolder.isPattern(test);
    return SoundFolder.open(
        new SoundFolder.Place(
            folder, pattern || test.isEmpty() ? Optional.empty() : Optional.of(Path.of(test)), pattern ? test : "",
            names.isEmpty() ? Optional.empty() : Optional.of(SoundNames.of(names)), List.of(group)),
        PLAIN);
  }

  @Test
  void aSubfolderIsAClass() throws IOException {
    put("yes/a.wav", "yes/b.wav", "no/stereo.wav");
    SoundFolder opened = open("", "");
    assertThat(opened.shape()).isEqualTo(Shape.of(1, 80));
    assertThat(opened.hasTest()).isFalse();
    DataSplit split = opened.load();
    assertThat(split.classNames()).containsExactly("no", "yes");
    assertThat(split.train().size()).isEqualTo(3);
    assertThat(split.train().label(0)).isZero();
    assertThat(split.train().label(1)).isEqualTo(1);
    assertThat(split.world().input()).isEqualTo(new World.Input.Sound(new SoundForm(8_000, 80, Cut.BEGIN, new Features.Wave())));
  }

  @Test
  void theClassIsWhatStandsFirstInAName() throws IOException {
    speakers();
    DataSplit split = open("", "").load();
    assertThat(split.classNames()).containsExactly("0", "1");
    assertThat(split.train().size()).isEqualTo(24);
  }

  @Test
  void namesSayWhatIsWhat() throws IOException {
    put("anna-yes-1.wav", "bo-no-2.wav", "cy-yes-3.wav");
    DataSplit split = open("", "{speaker}-{class}-{take}").load();
    assertThat(split.classNames()).containsExactly("no", "yes");
    assertThat(SoundNames.of("{class}_{speaker}_{take}").read("3_van_der_waal_12").orElseThrow()).containsEntry("class", "3").containsEntry("speaker", "van").containsEntry("take", "der_waal_12");
    assertThat(SoundNames.of("{speaker}_nohash_{take}").read("00f0204f_nohash_0").orElseThrow()).containsEntry("speaker", "00f0204f");
    assertThat(SoundNames.of("{class}_{take}").read("seven")).isEmpty();
    assertThatThrownBy(() -> SoundNames.of("{class}{take}")).hasMessage("names: nothing stands between {class} and {take}, so that nobody can tell where one ends");
    assertThatThrownBy(() -> SoundNames.of("class_take")).hasMessageContaining("names is a pattern");
    assertThatThrownBy(() -> open("", "{class}_{take}")).isInstanceOf(IOException.class).hasMessageContaining("anna-yes-1.wav: its name is not of the form {class}_{take}");
  }

  @Test
  void aPatternNamesWhatIsTestedOn() throws IOException {
    speakers();
    for (String pattern : List.of("*_[0-1]", "*_[0-1].wav", "?_{anna,bo,cy}_{0,1}")) {
      DataSplit split = open(pattern, "").load();
      assertThat(split.train().size()).isEqualTo(12);
      assertThat(split.test().size()).isEqualTo(12);
    }
    assertThat(open("*_bo_*", "").load().test().size()).isEqualTo(8);
    assertThatThrownBy(() -> open("*_di_*", "")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("test: no sound has a name of the form \"*_di_*\"; the first is called 0_anna_0.wav");
    assertThatThrownBy(() -> open("*", "")).hasMessageContaining("test: all sounds have a name of the form");
    assertThatThrownBy(() -> open("*[", "")).hasMessageContaining("is no pattern of names");
  }

  private static Set<Integer> groups(Dataset data) {
    Set<Integer> groups = new TreeSet<>();
    for (int i = 0; i < data.size(); i++) {
      groups.add(data.group(i));
    }
    return groups;
  }

  @Test
  void whoBelongsTogetherStaysTogether() throws IOException {
    speakers();
    DataSplit split = open("", "{class}_{speaker}_{take}", "speaker").load();
    assertThat(groups(split.train())).containsExactly(0, 1, 2);
    assertThat(split.train().grouping().orElseThrow().columns()).containsExactly("speaker");
    for (long seed = 1; seed < 6; seed++) {
      DataSplit apart = split.testing(3, seed);
      assertThat(apart.test().size()).isEqualTo(8);
      assertThat(groups(apart.train())).hasSize(2).doesNotContainAnyElementsOf(groups(apart.test()));
      Folds folds = new Folds(split.normalizeAuto().balanced(seed), 3, seed, true);
      List<Integer> tested = new ArrayList<>();
      for (int f = 1; f <= 3; f++) {
        assertThat(groups(folds.get(f).train())).hasSize(2).doesNotContainAnyElementsOf(groups(folds.get(f).test()));
        tested.addAll(groups(folds.get(f).test()));
      }
      assertThat(tested).containsExactlyInAnyOrder(0, 1, 2);
    }
    assertThatThrownBy(() -> new Folds(split, 4, 1, false)).hasMessage("`folds` must be from 2 to 3, the number of groups of examples that stay together, not 4");
    assertThatThrownBy(() -> new Folds(open("", "{class}_{speaker}_{take}", "class").load(), 2, 1, false))
        .hasMessage("`folds` needs each class in two groups of examples or more, but class 0 is in one alone");
  }

  @Test
  void whatIsAmissIsTold() throws IOException {
    assertThatThrownBy(() -> open("", "")).isInstanceOf(IOException.class).hasMessageContaining("there are no sounds in this folder, nor in folders in it");
    put("seven.wav");
    assertThatThrownBy(() -> open("", "")).hasMessageContaining("seven.wav: which class is this?");
    Files.delete(folder.resolve("seven.wav"));
    put("a_1.wav", "b_1.wav", "c_1.wav");
    assertThatThrownBy(() -> open("", "")).hasMessageContaining("each of the 3 sounds would be a class of its own");
    Files.writeString(folder.resolve("b_2.mp3"), "ID3 and so on, as it is there");
    put("a_2.wav");
    SoundFolder opened = open("", "");
    assertThatThrownBy(opened::load).isInstanceOf(IOException.class).hasMessageContaining("b_2.mp3: this is MP3");
    Path archive = Files.writeString(folder.resolve("x.tar.xz"), "x");
    assertThatThrownBy(() -> SoundFolder.open(new SoundFolder.Place(archive, Optional.empty(), "", Optional.empty(), List.of()), PLAIN))
        .hasMessageContaining("x.tar.xz: this is an archive: unpack it, and name the folder that it makes");
  }

  @Test
  void whatIsNotHeardWholeIsTold() throws IOException {
    put("a/1.wav", "b/1.wav");
    List<String> doubts = new ArrayList<>();
    SoundFolder.Place place = new SoundFolder.Place(folder, Optional.empty(), "", Optional.empty(), List.of());
    SoundFolder.open(place, new SoundFolder.Wish(16_000, 0.01, Cut.MIDDLE, new Features.Wave())).load(doubts::add);
    assertThat(doubts).containsExactly(
        "2 of 2 sounds are longer than 0.01 s, and only their middle is heard",
        "2 of 2 sounds have fewer than 16,000 samples a second, so that there is nothing in them above half of what they have");
    doubts.clear();
    SoundFolder.open(place, new SoundFolder.Wish(0, 0.02, Cut.BEGIN, new Features.Wave())).load(doubts::add);
    assertThat(doubts).isEmpty();
  }

  @Test
  void aWorldKnowsHowSoundsAreHeard() throws IOException {
    Features.Bands bands = new Features.Bands(20, 32, 12.5, 50, 3_500, true, 60);
    for (Features features : List.of(new Features.Wave(), new Features.Mel(bands, false), new Features.Mel(bands, true), new Features.Mfcc(13, bands))) {
      World world = new Tones(10, 0.1, features).make(1).world();
      assertThat(WorldText.read(WorldText.of(world))).isEqualTo(world);
    }
  }

  @Test
  void ownSoundsAreHeardAlike() throws IOException {
    put("a_1.wav", "b_1.wav");
    SoundFolder opened = open("", "");
    OwnSounds own = OwnSounds.of(folder, ((World.Input.Sound) opened.load().world().input()).form());
    assertThat(own.names()).containsExactly("a_1.wav", "b_1.wav");
    float[] one = new float[80];
    float[] other = new float[80];
    own.examples().read(0, one, 0, 1);
    opened.load().train().read(0, other, 0, 1);
    assertThat(one).containsExactly(other);
  }
}
