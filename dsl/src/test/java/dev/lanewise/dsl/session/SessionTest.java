package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a session remembers from one entry to the next, and how training in it can be stopped. */
class SessionTest {
  private static final String XOR = "net X { input 2 -> dense(8) -> tanh -> dense(2) }\ndata t = xor()\n";
  private static final String TRAIN = "train X on t { epochs = 300; batch = 4; optimizer = sgd(0.5, momentum = 0.9) }\n";

  private final List<SessionEvent> events = new ArrayList<>();
  private int interruptAtBatch = Integer.MAX_VALUE;
  private boolean interruptAtTest;
  private final Session session =
      new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), this::on);

  private void on(SessionEvent event) {
    events.add(event);
    if (event instanceof SessionEvent.Training(TrainEvent.Batch _) && batches() == interruptAtBatch) {
      session.interrupt();
    }
    if (event instanceof SessionEvent.Training(TrainEvent.Tested _) && interruptAtTest) {
      session.interrupt();
    }
  }

  private long batches() {
    return events.stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Batch _)).count();
  }

  private Outcome prompt(String text) {
    return session.run(new Source("prompt", text));
  }

  private List<Code> codes() {
    return Diagnosed.in(events).stream().map(Diagnostic::code).toList();
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void entriesBuildOnEachOther() {
    assertThat(prompt(XOR)).isEqualTo(Outcome.OK);
    assertThat(prompt(TRAIN)).isEqualTo(Outcome.OK);
    assertThat(prompt("expect test(X, t).accuracy == 1")).as("%s", codes()).isEqualTo(Outcome.OK);
  }

  /** Its 20 points are a whole block and a quarter of one; at a point that is all zeros, the gradient would be infinite. */
  @Test
  void lanesWithoutAnExampleDoNoHarm() {
    String script = """
        layer Norm(n) {
          weight W : [in.features, n] ~ ones
          out = sqrt((in * in) @ W)
        }
        net N = input 2 -> Norm(2) -> dense(2)
        data d = moons(count = 20)
        train N on d { epochs = 2; batch = 20 }
        """;
    assertThat(prompt(script)).as("%s", codes()).isEqualTo(Outcome.OK);
  }

  @Test
  void anInterruptStopsAfterTheCurrentBatchAndTheNetStaysUsable() {
    interruptAtBatch = 7;
    assertThat(session.run(new Source("x.net", XOR + TRAIN + "n = 1\n"))).isEqualTo(Outcome.INTERRUPTED);
    assertThat(batches()).isEqualTo(7);
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            SessionEvent.Training.class,
            e -> assertThat(e.event()).isInstanceOfSatisfying(TrainEvent.Ended.class, x -> assertThat(x.interrupted()).isTrue()));
    interruptAtBatch = Integer.MAX_VALUE;
    assertThat(prompt("test(X, t)")).as("%s", codes()).isEqualTo(Outcome.OK);
    assertThat(prompt(TRAIN)).isEqualTo(Outcome.OK);
    assertThat(batches()).isEqualTo(7 + 300);
  }

  /** The first of two tests is told of, and then somebody interrupts. */
  @Test
  void anInterruptGivesUpWhatHasNoResultYet() {
    assertThat(prompt(XOR + TRAIN)).isEqualTo(Outcome.OK);
    int told = events.size();
    interruptAtTest = true;
    assertThat(prompt("b = test(X, t).loss + test(X, t).loss; n = 1")).isEqualTo(Outcome.ABANDONED);
    assertThat(events.subList(told, events.size())).hasSize(2).last().isEqualTo(new SessionEvent.Stopped("b has no value"));
    assertThat(prompt("expect test(X, t).loss + test(X, t).loss < 100")).isEqualTo(Outcome.ABANDONED);
    assertThat(events.getLast()).isEqualTo(
        new SessionEvent.Stopped("it is not known whether test(X, t).loss + test(X, t).loss < 100 holds"));
    interruptAtTest = false;
    assertThat(prompt("b + 1")).isEqualTo(Outcome.MISTAKE);
    assertThat(prompt("b = test(X, t).loss")).isEqualTo(Outcome.OK);
    assertThat(session.script()).contains("b = test(X, t).loss").doesNotContain("+ test");
  }

  @Test
  void aSweepThatIsInterruptedLeavesTheNetAsItWas() {
    String sweep = "r = train X on t { epochs = 2 }\nsweep r { epochs in [3, 5]; pick = max(accuracy) }\n";
    interruptAtBatch = 3;
    assertThat(session.run(new Source("x.net", XOR + sweep))).as("%s", codes()).isEqualTo(Outcome.INTERRUPTED);
    assertThat(events).noneMatch(SessionEvent.Trial.class::isInstance);
    interruptAtBatch = Integer.MAX_VALUE;
    assertThat(prompt("test(X, t)")).as("%s", codes()).isEqualTo(Outcome.OK);
  }

  private Table shown() {
    return events.reversed().stream()
        .filter(SessionEvent.Shown.class::isInstance)
        .map(e -> (Table) ((SessionEvent.Shown) e).exhibit())
        .findFirst()
        .orElseThrow();
  }

  private static final String CNN =
      """
      net Cnn = input 1x8x8 -> conv(3, 3) -> maxpool(2) -> relu -> flatten -> dense(2)
      """;

  @Test
  void thePlanShowsWhatWasFusedAndWhatMemoryIsSaved() {
    assertThat(prompt(CNN + "show(Cnn, plan)")).as("%s", codes()).isEqualTo(Outcome.OK);
    assertThat(shown().rows()).anyMatch(r -> r.get(1).equals("conv+maxpool+relu"));
    assertThat(shown().rows()).anyMatch(r -> r.get(1).equals("maxpool.dx+conv.dWeight"));
    assertThat(shown().rows()).anyMatch(r -> r.get(0).equals("saved by sharing") && r.get(1).endsWith(" kB"));
  }

  @Test
  void gradientsAreCheckedAgainstDifferenceQuotients() {
    String script =
        """
        def swish(x, beta = 1) = x * sigmoid(beta * x)
        net Branched {
          input 2x6x6
          stem: conv(3, 3, pad = same) -> swish(beta = 1.5)
          add { path { conv(3, 3, pad = same) -> tanh } path { } }
          concat(@stem)
          maxpool(2) -> dropout2d(0.3) -> flatten -> dense(3)
        }
        gradcheck(Branched)
        """;
    assertThat(prompt(script)).as("%s", codes()).isEqualTo(Outcome.OK);
    assertThat(shown().rows()).hasSizeGreaterThan(20);
    assertThat(shown().rows()).allMatch(r -> Double.parseDouble(r.get(4)) < 1e-5);
    assertThat(prompt("gradcheck(swish)")).isEqualTo(Outcome.OK);
    assertThat(shown().rows()).hasSize(9).allMatch(r -> Double.parseDouble(r.get(4)) < 1e-7);
  }

  /** Values of torch.nn.functional at 0.5 and -1.5, PyTorch 1.13. */
  @Test
  void thePreludesFunctionsAreThoseOfPyTorch() {
    check("gelu", 0.34573123, -0.10021080);
    check("silu", 0.31122967, -0.27363829);
    check("elu", 0.5, -0.77686984);
    check("selu", 0.52535049, -1.36581435);
    check("softplus", 0.97407698, 0.20141328);
    check("leaky_relu", 0.5, -0.015);
  }

  /** The function's values, from a network that is nothing but it. */
  private void check(String function, double atHalf, double atMinusOneAndAHalf) {
    Checked checked = Checker.check(
        new Source("prompt", "net F = input 2 -> " + function), ScriptParser.parse(new Source("prompt", "net F = input 2 -> " + function)).script(), new Scope());
    CheckedNet net = ((Action.DefineNet) checked.actions().getFirst()).net();
    double[][] out = {new double[2]};
    ((Operation) net.layers().getFirst().computation()).evaluate(null, new double[][] {{0.5, -1.5}}, out);
    assertThat(out[0]).as(function).containsExactly(new double[] {atHalf, atMinusOneAndAHalf}, within(1e-7));
  }

  /** Small scripts that stand for something enormous: refused, and soon. */
  @Test
  void whatUnfoldsWithoutEndIsRefused() {
    assertRefused("net N {\n input 4\n repeat 20000 { repeat 20000 { } }\n dense(2)\n}", Code.L017);
    assertRefused("net N {\n input 4\n repeat 10000000 { relu }\n dense(2)\n}", Code.L037);
    assertRefused("net N {\n input 4\n repeat 20000 { relu }\n relu\n}", Code.L017);
    assertRefused(doubling("block B0 { }", "block B%d { B%d; B%d }", 60) + "net N = input 4 -> B60", Code.L017);
    assertRefused(doubling("block B0 { }", "block B%d { B%d }", 200) + "net N = input 4 -> B200", Code.L005);
    assertRefused(doubling("def f0(x) = x", "def f%d(x) = f%d(x) * f%d(x)", 40) + "net N = input 4 -> f40", Code.L017);
    assertRefused("def f(x) = f(x) * f(x)\nshow(f)", Code.L027);
  }

  private static String doubling(String first, String next, int times) {
    StringBuilder text = new StringBuilder(first).append('\n');
    for (int i = 1; i <= times; i++) {
      text.append(String.format(next, i, i - 1, i - 1)).append('\n');
    }
    return text.toString();
  }

  private void assertRefused(String script, Code code) {
    assertThat(prompt(script)).isEqualTo(Outcome.MISTAKE);
    assertThat(codes()).as(script).contains(code);
    events.clear();
  }

  @Test
  void passesAndMemoryAreShown() {
    assertThat(prompt(CNN + "show(Cnn, passes)")).as("%s", codes()).isEqualTo(Outcome.OK);
    assertThat(shown().rows()).contains(List.of("", "- relu1 = relu  3x3x3"), List.of("", "+ conv1+maxpool1+relu1 = conv+maxpool+relu  3x3x3"));
    assertThat(prompt("show(Cnn, memory)")).isEqualTo(Outcome.OK);
    assertThat(shown().rows().getFirst()).startsWith("input", "12", "4.0", "the beginning", "the end");
  }

  @Test
  void aTrainingIsFollowedByItsProfileWhereThatIsAsked() {
    Options profiled = new Options(1, OptionalLong.empty(), KernelSet.VECTOR, true, Language.ENGLISH);
    try (Session other = new Session(profiled, this::on)) {
      assertThat(other.run(new Source("prompt", XOR + "train X on t { epochs = 1 }"))).as("%s", codes()).isEqualTo(Outcome.OK);
    }
    assertThat(shown().title()).startsWith("X: a block of 16 examples on one thread");
  }

  @Test
  void theKernelsOfALayerAreShownAsPseudoCode() {
    assertThat(prompt(CNN + "show(Cnn, kernel = conv1)")).as("%s", codes()).isEqualTo(Outcome.OK);
    assertThat(code())
        .contains("# conv1+maxpool1+relu1: conv+maxpool+relu", "# dconv1.weight: maxpool.dx+conv.dWeight", "bytecode:")
        .anyMatch(l -> l.contains("sum0_0 = weight * x_0 + sum0_0"))
        .anyMatch(l -> l.endsWith("  invokevirtual FloatVector.fma"));
  }

  @Test
  void theKernelsOfALayerIncludeTheGradientOfItsInput() {
    String two = "net Two = input 1x8x8 -> conv(3, 3) -> relu -> conv(2, 3) -> relu -> flatten -> dense(4) -> dense(2)\n";
    assertThat(prompt(two + "show(Two, kernel = conv2)")).as("%s", codes()).isEqualTo(Outcome.OK);
    assertThat(code()).filteredOn(l -> l.startsWith("#")).anyMatch(l -> l.endsWith(": conv.dx"));
    assertThat(prompt("show(Two, kernel = dense2)")).isEqualTo(Outcome.OK);
    assertThat(code()).filteredOn(l -> l.startsWith("#")).anyMatch(l -> l.endsWith(": dense.dx"));
  }

  private List<String> code() {
    return shown().rows().stream().map(List::getFirst).toList();
  }

  @Test
  void aProfileAddsUp() {
    assertThat(prompt(XOR + "profile(X, t)")).as("%s", codes()).isEqualTo(Outcome.OK);
    double total = 0;
    for (List<String> row : shown().rows()) {
      double share = Double.parseDouble(row.get(3).replace(" %", ""));
      assertThat(share).isNotNegative();
      total += row.getFirst().equals("total") ? 0 : share;
    }
    assertThat(total).isCloseTo(100, org.assertj.core.api.Assertions.within(1.0));
  }

  @Test
  void showSaysWhatItCanShow() {
    assertThat(prompt(CNN)).isEqualTo(Outcome.OK);
    assertThat(prompt("show(Cnn, kernel = conv2)")).isEqualTo(Outcome.MISTAKE);
    assertThat(codes()).containsExactly(Code.L006);
    assertThat(prompt("show(Cnn, 3)")).isEqualTo(Outcome.MISTAKE);
    assertThat(codes()).containsExactly(Code.L006, Code.L073);
  }

  @Test
  void aFalseExpectEndsTheRunAndShowsBothSides() {
    assertThat(session.run(new Source("x.net", "n = 3\nexpect n == 4\nm = 1\n"))).isEqualTo(Outcome.EXPECTATION_FAILED);
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            SessionEvent.Expected.class,
            e -> {
              assertThat(e.holds()).isFalse();
              assertThat(List.of(e.left(), e.right())).containsExactly("3", "4");
            });
  }

  @Test
  void aNameMayBeBoundAgainAtThePromptButNotInAFile() {
    assertThat(prompt("n = 1")).isEqualTo(Outcome.OK);
    assertThat(prompt("n = 2")).isEqualTo(Outcome.OK);
    assertThat(prompt("expect n == 2")).isEqualTo(Outcome.OK);
    assertThat(session.run(new Source("x.net", "m = 1\nm = 2\n"))).isEqualTo(Outcome.MISTAKE);
    assertThat(codes()).containsExactly(Code.L007);
  }

  @Test
  void aMistakeIsFoundBeforeAnythingRuns() {
    assertThat(session.run(new Source("x.net", XOR + TRAIN + "dense 10\n"))).isEqualTo(Outcome.MISTAKE);
    assertThat(events).allMatch(SessionEvent.Diagnosed.class::isInstance);
  }

  @Test
  void theSeedOptionOverridesTheScripts() {
    assertThat(prompt(XOR + TRAIN.replace("300", "3"))).isEqualTo(Outcome.OK);
    double first = loss();
    assertThat(otherSession(OptionalLong.of(5))).isNotEqualTo(first);
    assertThat(otherSession(OptionalLong.of(1))).isEqualTo(first);
  }

  private double otherSession(OptionalLong seed) {
    events.clear();
    try (Session other = new Session(new Options(1, seed, KernelSet.VECTOR), this::on)) {
      assertThat(other.run(new Source("x.net", XOR + TRAIN.replace("300", "3")))).isEqualTo(Outcome.OK);
    }
    return loss();
  }

  private double loss() {
    return events.stream()
        .filter(e -> e instanceof SessionEvent.Training(TrainEvent.Epoch _))
        .mapToDouble(e -> ((TrainEvent.Epoch) ((SessionEvent.Training) e).event()).train().loss())
        .reduce(0, (a, b) -> b);
  }
}
