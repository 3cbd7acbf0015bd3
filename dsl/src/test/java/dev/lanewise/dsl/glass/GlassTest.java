package dev.lanewise.dsl.glass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.view.walk.Story;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen of a network is what the network computes, however it is asked. */
class GlassTest {
  private static final String CLASSIC = """
      net N {
        input 1x28x28
        conv1: conv(3, 5) -> maxpool(2) -> relu
        flatten -> fc1: dense(12) -> tanh -> dropout(0.5)
        fc2: dense(10)
      }
      data d = mnist("../samples/mnist") { limit = 200; normalize = auto }
      train N on d { epochs = 2; batch = 20; optimizer = sgd(0.05) }
      """;
  private static final String POINTS = """
      net N = input 2 -> dense(5) -> tanh -> dense(2)
      data d = moons(100)
      train N on d { epochs = 3; optimizer = adam(0.05) }
      """;
  private static final String NORMED = """
      net N {
        input 1x28x28
        a: conv(4, 3) -> batchnorm
        add {
          path { b: conv(4, 3, pad = same) }
          path { }
        }
        relu -> avgpool(2) -> flatten -> dense(10)
      }
      data d = mnist("../samples/mnist") { limit = 100 }
      train N on d { epochs = 1 }
      """;

  private static final String TEXTS = """
      data added = sums(digits = 2, count = 300)
      show(added.test.batch(0, size = 2))
      net N {
        source: input added.source
        embed(4)
        memory: gru(6)
        target: input added.target
        embed(4)
        said: gru(6)
        look: attention(2, from = @memory)
        each { dense(added.next.kinds) }
      }
      train N on added { epochs = 1 }
      """;

  private static Session prepared(String script) {
    List<String> told = new ArrayList<>();
    Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), e -> {
      told.add(e.toString());
      if (e instanceof SessionEvent.Failed f) {
        throw new AssertionError(f.cause());
      }
    });
    assertThat(session.prepare(new Source("play.net", script))).as(told::toString).isEqualTo(Outcome.OK);
    return session;
  }

  private static int[] places(Shape shape) {
    Random random = new Random(shape.size());
    return random.ints(6, 0, shape.size()).toArray();
  }

  /** Kernels and formulas agree; a sum is what it is made of; the ways of a gradient add up to it. */
  @ParameterizedTest
  @ValueSource(strings = {CLASSIC, POINTS, NORMED})
  void everyNumberHasItsStory(String script) {
    try (Session session = prepared(script); Glass glass = new Glass(session.scene().orElseThrow(), KernelSet.VECTOR)) {
      assertThat(glass.isDifferentiable()).isTrue();
      Glimpse.Shown example = glass.example(3);
      for (String layer : List.of("dense1", "fc1", "conv1", "relu1", "maxpool1", "a", "fc2", "tanh1", "batchnorm1")) {
        if (glass.shape(layer).isEmpty()) {
          continue;
        }
        for (int place : places(glass.shape(layer).get())) {
          Story story = glass.walkthrough(example).story(layer, place).orElseThrow();
          double value = story.of().value();
          assertThat(glass.computed(example, layer, place)).isCloseTo(value, within(1e-4 * Math.max(1, Math.abs(value))));
          if (story.formula().isEmpty()) {
            assertThat(story.sum()).isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
          }
          Story.Backward back = story.backward().orElseThrow();
          if (!back.terms().isEmpty()) {
            assertThat(back.terms().stream().mapToDouble(Story.Term::product).sum()).isCloseTo(back.sum(), within(1e-9));
          }
          double along = back.steps().stream().mapToDouble(Story.Step::slope).reduce(1, (x, y) -> x * y) * back.sum();
          assertThat(back.gradient()).isCloseTo(along, within(1e-9));
          assertThat(back.gradient() == 0 && back.terms().isEmpty()).isEqualTo(!back.stopped().isEmpty());
        }
      }
    }
  }

  /** A term is called by a name that can be asked about in turn. */
  @Test
  void termsLeadOn() {
    try (Session session = prepared(CLASSIC); Glass glass = new Glass(session.scene().orElseThrow(), KernelSet.VECTOR)) {
      Story story = glass.walkthrough(glass.example(0)).story("fc1", 4).orElseThrow();
      assertThat(story.terms()).hasSize(3 * 12 * 12).allSatisfy(t -> {
        assertThat(t.number().name()).isEqualTo("relu1");
        assertThat(t.number().at()).hasSize(3);
      });
      assertThat(story.bias()).isPresent();
      assertThat(glass.walkthrough(glass.example(0)).story("dropout1", 0)).isEmpty();
      assertThat(glass.walkthrough(glass.example(0)).story("nothing", 0)).isEmpty();
      assertThat(glass.walkthrough(glass.example(0)).story("fc1", 12)).isEmpty();
      assertThat(glass.walkthrough(glass.example(0)).story("input", 5).orElseThrow().terms()).isEmpty();
    }
  }

  @Test
  void trainingDoesNotChangeWhatIsSeenUntilItIsTaken() {
    try (Session session = prepared(CLASSIC); Glass glass = new Glass(session.scene().orElseThrow(), KernelSet.VECTOR)) {
      float[] before = glass.look(glass.example(0)).values().get("fc2").values(), second = glass.look(glass.example(1)).values().get("fc2").values();
      double walked = glass.walkthrough(glass.example(0)).story("fc2", 3).orElseThrow().of().value();
      assertThat(session.goOn()).isEqualTo(Outcome.OK);
      assertThat(glass.look(glass.example(0)).values().get("fc2").values()).containsExactly(before);
      assertThat(glass.isOf(session.learner().orElseThrow())).isTrue();
      // Made before, and gone through later, elsewhere: it is of the values that there were.
      Walkthrough kept = glass.walkthrough(glass.example(1));
      glass.take(session.learner().orElseThrow());
      assertThat(CompletableFuture.supplyAsync(() -> kept.story("fc2", 3).orElseThrow().of().value()).join()).isCloseTo(second[3], within(1e-4));
      float[] after = glass.look(glass.example(0)).values().get("fc2").values();
      assertThat(after).isNotEqualTo(before);
      assertThat(glass.walkthrough(glass.example(0)).story("fc2", 3).orElseThrow().of().value()).isNotEqualTo(walked).isCloseTo(after[3], within(1e-4));
      try (Glass again = new Glass(session.scene().orElseThrow(), KernelSet.VECTOR)) {
        assertThat(again.look(again.example(0)).values().get("fc2").values()).containsExactly(after);
      }
    }
  }

  @Test
  void aDrawingIsAnExampleLikeAnyOther() {
    try (Session session = prepared(CLASSIC); Glass glass = new Glass(session.scene().orElseThrow(), KernelSet.VECTOR)) {
      Glimpse of = glass.look(glass.example(5)), own = glass.look(glass.own(glass.example(5).pixels()));
      assertThat(own.answer().values()).containsExactly(of.answer().values());
      assertThat(own.example().label()).isEmpty();
      assertThat(glass.backward(own.example()).values()).containsKey("conv1").containsKey("input");
      assertThatThrownBy(() -> glass.own(new float[3])).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("784");
    }
  }

  @Test
  void anAttackStaysNear() {
    try (Session session = prepared(CLASSIC); Glass glass = new Glass(session.scene().orElseThrow(), KernelSet.VECTOR)) {
      Glimpse.Shown example = glass.example(1), attacked = glass.attacked(example, 0.1);
      int label = example.label().orElseThrow();
      double moved = 0;
      for (int i = 0; i < 784; i++) {
        moved = Math.max(moved, Math.abs(attacked.pixels()[i] - example.pixels()[i]));
        assertThat(attacked.pixels()[i]).isBetween(-1e-5f, 1.00001f);
      }
      assertThat(moved).isCloseTo(0.1, within(1e-4));
      assertThat(glass.look(attacked).answer().probabilities()[label]).isLessThan(glass.look(example).answer().probabilities()[label]);
      assertThat(glass.attacked(example, 0)).isEqualTo(example);
      assertThat(glass.saliency(example).orElseThrow().shape()).isEqualTo(Shape.of(28, 28));
    }
  }

  /** Each unit is a picture of the plane: at a point it is what the network makes of that point. */
  @Test
  void unitsArePicturesOfThePlane() {
    try (Session session = prepared(POINTS); Glass glass = new Glass(session.scene().orElseThrow(), KernelSet.VECTOR)) {
      assertThat(glass.isPlane()).isTrue();
      Plane.Sides sides = glass.plane().sides();
      int at = 7 * Glass.SIDE + 11;
      float[] point = glass.plane().grid(Glass.SIDE).get(at);
      assertThat(point[0]).isCloseTo((float) (sides.left() + 11.5 / Glass.SIDE * (sides.right() - sides.left())), within(1e-5f));
      Glimpse there = glass.look(glass.own(point));
      Glimpse.Numbers maps = there.values().get("dense1");
      assertThat(maps.shape()).isEqualTo(Shape.of(5, Glass.SIDE, Glass.SIDE));
      for (int u = 0; u < 5; u++) {
        assertThat((double) maps.values()[u * Glass.SIDE * Glass.SIDE + at])
            .isCloseTo(glass.walkthrough(there.example()).story("dense1", u).orElseThrow().of().value(), within(1e-4));
      }
      assertThat(glass.plane().points()).isNotEmpty().allMatch(p -> p[0] > sides.left() && p[0] < sides.right() && p[1] > sides.bottom() && p[1] < sides.top());
    }
  }

  @Test
  void aTestTellsWhatIsMistaken() {
    try (Session session = prepared(CLASSIC); Exam exam = new Exam(session.scene().orElseThrow(), KernelSet.VECTOR)) {
      Glimpse.Tested tested = exam.of(session.learner().orElseThrow().still(), 150, 4).orElseThrow();
      assertThat(tested.examples()).isEqualTo(150);
      int right = 0, all = 0;
      for (int i = 0; i < 10; i++) {
        right += tested.confusion()[i][i];
        for (int n : tested.confusion()[i]) {
          all += n;
        }
      }
      assertThat(all).isEqualTo(150);
      assertThat(tested.accuracy()).isEqualTo(right / 150.0, within(1e-12));
      assertThat(tested.worst()).hasSize(4).allMatch(w -> w.label() != w.says());
    }
  }

  @Test
  void columnsFollowTheLines() {
    try (Session session = prepared(NORMED)) {
      List<Columns.Column> columns = Columns.of(session.scene().orElseThrow().trained().net());
      assertThat(columns).extracting(Columns.Column::label).startsWith("input", "a");
      Columns.Column add = columns.stream().filter(c -> c.from().size() == 2).findFirst().orElseThrow();
      assertThat(add.from()).extracting(i -> columns.get(i).label()).containsExactlyInAnyOrder("a", "b");
      assertThat(columns.getLast().chips().getLast().form()).isEqualTo(Columns.Form.BARS);
    }
  }

  /** What is left of a script is run once more from what has been learnt. */
  @Test
  void aTrainingGoesOn() {
    try (Session session = prepared(CLASSIC)) {
      session.goOn();
      float[] once = session.learner().orElseThrow().still().model().values("fc2.weight");
      session.goOn();
      assertThat(session.learner().orElseThrow().model().values("fc2.weight")).isNotEqualTo(once);
      assertThat(session.prepare(new Source("play.net", CLASSIC))).isEqualTo(Outcome.OK);
      session.goOn();
      assertThat(session.learner().orElseThrow().model().values("fc2.weight")).containsExactly(once);
      assertThat(session.prepare(new Source("play.net", "net N = input 2 -> dens(3)"))).isEqualTo(Outcome.MISTAKE);
      assertThat(session.learner()).isPresent();
    }
  }

  /** Texts, and examples in several parts: those of the data, but none of one's own. */
  @Test
  void whatCannotBeDrawnCanBeSeen() {
    try (Session session = prepared(TEXTS);
        Glass glass = new Glass(session.scene().orElseThrow(), KernelSet.VECTOR)) {
      assertThat(glass.takesOwn()).isFalse();
      Glimpse seen = glass.look(glass.example(1));
      assertThat(seen.words()).isNotEmpty();
      assertThat(seen.values()).isNotEmpty();
      assertThat(glass.saliency(seen.example())).isEmpty();
      assertThatThrownBy(() -> glass.own(new float[glass.example(1).pixels().length])).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("examples of its data");
    }
  }
}
