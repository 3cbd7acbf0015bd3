package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
}
