package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.text.BytePairs;
import dev.lanewise.runtime.data.text.Characters;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.data.text.Words;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTest {
  private static DataSplit split(String name, int... labels) {
    float[][] values = new float[labels.length][];
    Arrays.setAll(values, i -> new float[] {i, 2 * i});
    Points points = new Points(Shape.of(2), values, labels, 1 + IntStream.of(labels).max().orElseThrow());
    return new DataSplit(name, points, null, points);
  }

  private static List<Integer> labels(Dataset data) {
    return IntStream.range(0, data.size()).mapToObj(data::label).toList();
  }

  /** Whatever the order and number of the classes, an example keeps its class's name. */
  @Test
  void classesAreMatchedByName() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int known = 2 + random.nextInt(20);
      List<String> names = new java.util.ArrayList<>(IntStream.range(0, known).mapToObj(i -> "class " + i).toList());
      java.util.Collections.shuffle(names, random);
      World world = new World(new World.Input.Numbers(), Normalization.none(Shape.of(2)), new World.Output.Classes(names));
      List<String> own = new java.util.ArrayList<>(names.subList(0, 1 + random.nextInt(known)));
      java.util.Collections.shuffle(own, random);
      int[] labels = random.ints(30, 0, own.size()).toArray();
      labels[0] = own.size() - 1;
      DataSplit data = split("d", labels).classesNamed(own);
      DataSplit shown = world.shown(data, "Net");
      assertThat(shown.train().classes()).as("seed %d", seed).isEqualTo(known);
      for (int i = 0; i < labels.length; i++) {
        assertThat(shown.className(shown.train().label(i))).as("seed %d", seed).isEqualTo(own.get(labels[i]));
        assertThat(shown.test().target().classes()).isEqualTo(known);
      }
    }
  }

  @Test
  void fewerClassesThatAreCalledByNumbersAreTheOutputsOfThese() {
    DataSplit threesAndSevens = split("d", 0, 1, 1).classesNamed(List.of("3", "7"));
    World ten = World.first(threesAndSevens, Shape.of(10));
    assertThat(ten.classes()).hasSize(10).endsWith("9");
    assertThat(labels(ten.shown(threesAndSevens, "Net").train())).containsExactly(3, 7, 7);
    World two = World.first(threesAndSevens, Shape.of(2));
    assertThat(two.classes()).containsExactly("3", "7");
    assertThat(labels(two.shown(threesAndSevens, "Net").train())).containsExactly(0, 1, 1);
  }

  @Test
  void aClassThatIsNotKnownIsRefusedByName() {
    World pets = new World(new World.Input.Numbers(), Normalization.none(Shape.of(2)), new World.Output.Classes(List.of("cat", "dog")));
    assertThatThrownBy(() -> pets.shown(split("wild", 0, 1).classesNamed(List.of("cat", "wolf")), "Net"))
        .isInstanceOf(World.StrangeException.class).hasMessage("Net tells apart cat, dog, but wild has the class wolf");
    assertThatThrownBy(() -> pets.shown(split("wild", 0, 1).reconstruction(), "Net"))
        .hasMessage("Net tells apart cat, dog, but the examples of wild have numbers to predict");
    assertThatThrownBy(() -> split("wild", 0, 1).reconstruction().world().shown(split("own", 0, 1), "Net"))
        .hasMessage("Net predicts numbers, but the examples of own have classes");
  }

  @Test
  void examplesAreNormalisedAsThoseOfTheFirstTraining() {
    World world = split("d", 0, 1).normalize(1, 2).world();
    float[] seen = new float[2];
    world.shown(split("e", 0, 1, 1).normalizeAuto(), "Net").train().read(2, seen, 0, 1);
    assertThat(seen).containsExactly(0.5f, 1.5f);
  }

  @Test
  void textBringsEveryBitBack() throws IOException {
    World world = split("d", 0, 1, 2).normalize(0.1f, 1 / 3f).classesNamed(List.of("\u732b \"cat\"", "dog\\", "b\tird"))
        .pictures(World.Preparation.DIGIT).world();
    World back = WorldText.read(WorldText.of(world));
    assertThat(back.classes()).isEqualTo(world.classes());
    assertThat(back.input()).isEqualTo(world.input());
    assertThat(back).isEqualTo(world);
    assertThat(WorldText.of(WorldText.read(WorldText.of(split("e", 0, 1).reconstruction().world())))).contains("\"output\":\"numbers\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "1", "{\"input\":\"cube\",\"mean\":[\"0\"],\"std\":[\"1\"],\"output\":\"numbers\"}",
      "{\"input\":\"numbers\",\"mean\":[\"x\"],\"std\":[\"1\"],\"output\":\"numbers\"}", "{\"input\":\"numbers\",\"mean\":[\"0\"],\"std\":[\"0\"],\"output\":\"numbers\"}",
      "{\"input\":\"numbers\",\"mean\":[0],\"std\":[\"1\"],\"output\":\"numbers\"}"})
  void brokenTextIsTold(String text) {
    assertThatThrownBy(() -> WorldText.read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void vocabulariesOfPartsAreInTheFile() throws IOException {
    Vocabulary words = Vocabulary.of(new Words(), List.of("no \"b\" 我"), List.of(Vocabulary.PADDING, Vocabulary.UNKNOWN), 0, true);
    Vocabulary pairs = Vocabulary.of(
        new BytePairs(List.of(new BytePairs.Merge("a", "b"), new BytePairs.Merge("ab", "c")), "\\w+", List.of("<|end|>")), List.of(), List.of(Vocabulary.END), 0, false);
    Field source = new Field("source", Shape.of(2), words.size(), true);
    Field next = new Field("next", Shape.of(2), pairs.size(), true);
    Dataset texts = new Points(Shape.of(2), new float[][] {{2, 0}});
    DataSplit data = new DataSplit("texts", new Parts(new Paired(texts, texts, Target.classes(Shape.of(2), pairs.size())), List.of(source, next), List.of()), null, null)
        .inParts(Set.of()).spoken(Map.of("source", words, "next", pairs));
    World read = WorldText.read(WorldText.of(data.world()));
    assertThat(read).isEqualTo(data.world());
    assertThat(read.vocabulary("source")).contains(words);
    assertThat(read.vocabulary("next").orElseThrow().by()).isEqualTo(pairs.by());
    assertThat(read.classes()).isEqualTo(pairs.tokens());
    assertThat(read.parts().getFirst().field().kind()).isEqualTo("2 of " + words.size() + " padded");
  }

  /** A network reads texts of another vocabulary by what tokens stand for, what is learned from and what is to be learned alike. */
  @Test
  void tokensOfOtherDataAreThoseOfTheNetwork() {
    World own = spoken("abcd", 0).world();
    DataSplit shown = own.shown(spoken("db", 2, 1), "N");
    float[] values = new float[2];
    shown.train().readField(0, 0, values, 0, 1);
    assertThat(values).containsExactly(4, 2);
    shown.train().readField(1, 0, values, 0, 1);
    assertThat(values).containsExactly(4, 2);
    shown.train().readTarget(0, values, 0, 1);
    assertThat(values).containsExactly(4, 2);
    assertThat(shown.train().target()).isEqualTo(Target.classes(Shape.of(2), 5));
    assertThat(shown.train().fields()).extracting(Field::bound).containsExactly(5, 5);
    assertThatThrownBy(() -> own.shown(spoken("ax", 1), "N")).isInstanceOf(World.StrangeException.class).hasMessageContaining("no character x");
  }

  private static DataSplit spoken(String characters, float... tokens) {
    Vocabulary all = Vocabulary.of(new Characters(), List.of(characters), List.of(Vocabulary.PADDING), 0, false);
    float[] two = Arrays.copyOf(tokens, 2);
    Dataset texts = new Points(Shape.of(2), new float[][] {two});
    List<Field> fields = List.of(new Field("text", Shape.of(2), all.size(), true), new Field("next", Shape.of(2), all.size(), true));
    return new DataSplit("texts", new Parts(new Paired(texts, texts, Target.classes(Shape.of(2), all.size())), fields, List.of()), null, null)
        .inParts(Set.of()).spoken(Map.of("text", all, "next", all));
  }
}
