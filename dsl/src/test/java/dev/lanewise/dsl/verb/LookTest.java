package dev.lanewise.dsl.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a network looks at, as a session shows it. */
class LookTest {
  private final List<SessionEvent> events = new ArrayList<>();
  private final Session session = new Session(new Options(1, OptionalLong.of(1), KernelSet.SCALAR), events::add);

  @AfterEach
  void close() {
    session.close();
  }

  private List<Exhibit> shown(String script) {
    events.clear();
    assertThat(session.run(new Source("prompt", script, true))).as("%s", events).isEqualTo(Outcome.OK);
    return events.stream().filter(SessionEvent.Shown.class::isInstance).map(e -> ((SessionEvent.Shown) e).exhibit()).toList();
  }

  private void define() {
    shown("data points = moons(count = 60)\nnet N = input 2 -> dense(8) -> tanh -> dense(2)\nnet One = input 2 -> dense(8) -> tanh -> dense(1)");
  }

  private static double cell(Table table, int row, int column) {
    return Double.parseDouble(table.rows().get(row).get(column).replace(" %", ""));
  }

  /** A line of a table for each number of a row; the scores of a network that is not trained are asked about too. */
  @Test
  void aRowIsToldNumberByNumber() {
    define();
    Table slopes = (Table) shown("saliency(N, points.test.item(0), class = 1)").getFirst();
    assertThat(slopes.title()).isEqualTo("saliency of N for class 1 on points.test, item 0, not trained yet");
    assertThat(slopes.header()).containsExactly("column", "value", "slope", "");
    assertThat(slopes.rows()).hasSize(2);
    shown("train N on points { epochs = 2 }");
    assertThat(((Table) shown("saliency(N, points.test.item(0), class = 1)").getFirst()).title()).doesNotContain("not trained");
  }

  @Test
  void attributionsAddUpToTheDifferenceOfScores() {
    define();
    List<Exhibit> shown = shown("integrated_gradients(N, points.test.item(3))");
    Table sums = (Table) shown.getFirst();
    assertThat(cell(sums, 0, 4)).isLessThan(0.1);
    Table map = (Table) shown.getLast();
    assertThat(cell(map, 0, 2) + cell(map, 1, 2)).isCloseTo(cell(sums, 0, 2), within(2e-3 * Math.max(1, Math.abs(cell(sums, 0, 2)))));
    assertThat(((Table) shown("integrated_gradients(N, points.test.item(3), steps = 7)").getFirst()).rows().getFirst().getLast()).isEqualTo("7");
  }

  /** What speaks for one of two classes speaks against the other. */
  @Test
  void oneOutputTellsTwoClassesApart() {
    define();
    Table yes = (Table) shown("saliency(One, points.test.item(0), class = 1)").getFirst();
    Table no = (Table) shown("saliency(One, points.test.item(0), class = 0)").getFirst();
    assertThat(cell(yes, 0, 2)).isEqualTo(-cell(no, 0, 2)).isNotZero();
  }

  /** Sounds have classes with names, and pictures of time and pitch. */
  @Test
  void mapsLieOverSounds() {
    shown("""
        data voices = tones(count = 40, features = mel(20, hop = 40))
        net Ear = input voices -> conv(4, 3) -> relu -> maxpool(global) -> flatten -> dense(10)
        train Ear on voices { epochs = 1 }
        """);
    Gallery map = (Gallery) shown("saliency(Ear, voices.test.item(0), class = \"ai\")").getFirst();
    assertThat(map.title()).isEqualTo("saliency of Ear for class ai on voices.test, item 0");
    assertThat(map.pictures()).extracting(Picture::caption).contains("map", "over it");
    Picture example = map.pictures().getFirst();
    assertThat(map.pictures().get(1)).extracting(Picture::width, Picture::height).containsExactly(example.width(), example.height());
    assertThat(map.pictures().getLast().caption()).startsWith("0 … ");
    List<Exhibit> checked = spokenFor(k -> "gradcam(Ear.relu1, voices.test.item(0), class = " + k + ", check = true)");
    assertThat(((Table) checked.getFirst()).rows()).extracting(List::getFirst).containsExactly("dense1", "conv1");
    assertThat(((Gallery) checked.getLast()).pictures()).hasSize(4 + 2);
    assertThat(((Gallery) shown("occlusion(Ear, voices.test.item(0), size = 6, stride = 5)").getFirst()).pictures().getLast().caption()).matches("-\\S+ … \\S+");
    assertThat(((Gallery) shown("features(Ear.relu1, voices.test.item(0))").getFirst()).pictures()).hasSize(4 + 1);
    assertThat(((Gallery) shown("dream(Ear.conv1, channel = 1, steps = 3)").getFirst()).pictures()).hasSize(1);
  }

  /** Some classes no map speaks for, and that is said; not of all. */
  private List<Exhibit> spokenFor(IntFunction<String> call) {
    for (int k = 0; k < 10; k++) {
      events.clear();
      if (session.run(new Source("prompt", call.apply(k), true)) == Outcome.OK) {
        return events.stream().filter(SessionEvent.Shown.class::isInstance).map(e -> ((SessionEvent.Shown) e).exhibit()).toList();
      }
      assertThat(codes()).containsExactly(Code.L128);
    }
    throw new AssertionError("no class is spoken for");
  }

  /** The same again: nothing is drawn by chance, and looking changes nothing. */
  @Test
  void theSameIsShownAgain() {
    shown("""
        data voices = tones(count = 20, features = mel(12, hop = 80))
        net Ear = input voices -> conv(2, 3) -> relu -> flatten -> dense(10)
        """);
    Gallery first = (Gallery) shown("dream(Ear.conv1, channel = 1, steps = 3)").getFirst();
    List<Exhibit> checked = shown("occlusion(Ear, voices.test.item(0), check = true)");
    assertThat(((Gallery) shown("dream(Ear.conv1, channel = 1, steps = 3)").getFirst()).pictures().getFirst().pixels()).isEqualTo(first.pictures().getFirst().pixels());
    assertThat(((Table) shown("occlusion(Ear, voices.test.item(0), check = true)").getFirst()).rows()).isEqualTo(((Table) checked.getFirst()).rows());
  }

  @Test
  void aTextIsToldTokenByToken() {
    shown("""
        data guests = texts() { limit = 100 }
        net Mood = input guests -> embed(4) -> maxpool(global) -> flatten -> dense(2)
        train Mood on guests { epochs = 1 }
        """);
    Table words = (Table) shown("saliency(Mood, guests.test.item(0))").getFirst();
    assertThat(words.header()).containsExactly("place", "token", "counts", "");
    assertThat(words.rows()).hasSizeBetween(2, 9);
    assertThat(words.rows()).anyMatch(r -> Double.parseDouble(r.get(2)) > 0);
  }

  @Test
  void examplesLieWhereALayerPutsThem() {
    define();
    Figure plane = (Figure) shown("plot(N.tanh1, points.train)").getFirst();
    assertThat(plane.title()).isEqualTo("points.train where N.tanh1 puts it, not trained yet");
    assertThat(plane.curves()).hasSize(2).allMatch(Figure.Curve::isDotted);
    assertThat(plane.curves().stream().mapToInt(c -> c.points().size()).sum()).isEqualTo(60);
    assertThat(((Figure) shown("plot(N.dense1, points)").getFirst()).title()).startsWith("points.test where N.dense1 puts it");
  }

  @Test
  void whatIsNotThereIsSaid() {
    define();
    events.clear();
    session.run(new Source("prompt", "saliency(N, points.test.item(0), class = \"three\")", true));
    assertThat(codes()).containsExactly(Code.L124);
    events.clear();
    session.run(new Source("prompt", "saliency(N, points.test.item(5_000))", true));
    assertThat(codes()).containsExactly(Code.L015);
    events.clear();
    session.run(new Source("prompt", "plot(N.dense9, points.test)", true));
    assertThat(codes()).containsExactly(Code.L006);
  }

  private List<Code> codes() {
    return events.stream().filter(SessionEvent.Diagnosed.class::isInstance).map(e -> ((SessionEvent.Diagnosed) e).diagnostic().code()).toList();
  }
}
