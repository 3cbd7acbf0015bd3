package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A loss that reads another network's output: it teaches, and is not taught. */
class TeacherTest {
  private static final String NETS = """
      net Teacher = input 2 -> dense(16) -> batchnorm -> tanh -> dropout(0.3) -> dense(3)
      net Student = input 2 -> dense(5) -> tanh -> dense(3)
      data points = spirals(classes = 3, count = 120)
      def distill(output, label, Teacher, t = 4) = -pick(log_softmax(output), label) - t ^ 2 * sum(softmax(Teacher / t) * log_softmax(output / t))
      def copy(output, Teacher) = mean((output - Teacher) ^ 2)
      train Teacher on points { epochs = 3; batch = 16; optimizer = adam(0.01) }
      """;

  @TempDir Path folder;

  /** What a script leaves behind. */
  private record Left(Outcome outcome, List<SessionEvent> events, List<Tensor> student) {
    List<Double> losses() {
      return events.stream().filter(SessionEvent.Training.class::isInstance).map(e -> ((SessionEvent.Training) e).event())
          .filter(e -> e instanceof TrainEvent.Epoch p && p.net().equals("Student")).map(e -> ((TrainEvent.Epoch) e).train().loss()).toList();
    }

    List<Code> codes() {
      return events.stream().filter(SessionEvent.Diagnosed.class::isInstance).map(e -> ((SessionEvent.Diagnosed) e).diagnostic())
          .filter(Diagnostic::isError).map(Diagnostic::code).toList();
    }
  }

  private Left run(String script) throws IOException {
    return run(script, 2, KernelSet.VECTOR);
  }

  private Left run(String script, int threads, KernelSet kernels) throws IOException {
    List<SessionEvent> events = new ArrayList<>();
    Path file = folder.resolve("student.safetensors");
    try (Session session = new Session(new Options(threads, OptionalLong.empty(), kernels), events::add)) {
      Outcome outcome = session.run(new Source("x.net", script.replace("FILE", folder.resolve("run.safetensors").toString())));
      List<Tensor> student = List.of();
      if (outcome == Outcome.OK) {
        assertThat(session.run(new Source("y.net", "save(Student, \"" + file + "\")"))).isEqualTo(Outcome.OK);
        student = Safetensors.read(file).tensors();
      }
      return new Left(outcome, events, student);
    }
  }

  /** In evaluation mode: dropout is off, and running means stand in for those of the batch. */
  @Test
  void theLossReadsWhatTheTeacherSaysInATest() {
    List<SessionEvent> events = new ArrayList<>();
    try (Session session = new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      assertThat(session.run(new Source("x.net", """
          net Teacher = input 2 -> dense(16) -> batchnorm -> tanh -> dropout(0.3) -> dense(2)
          net Student = input 2 -> dense(2)
          data corners = xor()
          train Teacher on corners { epochs = 30; batch = 4 }
          def copy(output, Teacher) = mean((output - Teacher) ^ 2)
          """))).isEqualTo(Outcome.OK);
      double sum = 0;
      for (String corner : List.of("[0, 0]", "[0, 1]", "[1, 0]", "[1, 1]")) {
        assertThat(session.run(new Source("x.net", "t = Teacher(" + corner + "); s = Student(" + corner + ")", true))).isEqualTo(Outcome.OK);
        double[] t = ((Constant.Items) session.value("t").orElseThrow()).numbers();
        double[] s = ((Constant.Items) session.value("s").orElseThrow()).numbers();
        sum += ((t[0] - s[0]) * (t[0] - s[0]) + (t[1] - s[1]) * (t[1] - s[1])) / 2;
      }
      assertThat(session.run(new Source("x.net", "run = train Student on corners { loss = copy; batch = 4 }\nloss = run.loss", true))).isEqualTo(Outcome.OK);
      assertThat(((Constant.Num) session.value("loss").orElseThrow()).value()).isCloseTo(sum / 4, within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, VECTOR", "3, VECTOR", "2, SCALAR"})
  void theBitsDoNotDependOnThreads(int threads, KernelSet kernels) throws IOException {
    String script = NETS + "train Student on points { loss = distill(t = 2); epochs = 2; batch = 16; optimizer = adam(0.01) }";
    List<Tensor> one = run(script, threads, kernels).student;
    assertThat(one).hasSize(4);
    List<Tensor> other = run(script).student;
    for (int i = 0; i < one.size(); i++) {
      if (kernels == KernelSet.VECTOR) {
        assertThat(one.get(i).values()).isEqualTo(other.get(i).values());
      } else {
        assertThat(one.get(i).values()).usingComparatorWithPrecision(2e-3f).containsExactly(other.get(i).values());
      }
    }
  }

  @Test
  void theStudentLearnsAndStandsByItself() throws IOException {
    Left left = run(NETS + """
        taught = train Student on points { loss = copy; epochs = 40; batch = 16; optimizer = adam(0.02) }
        expect taught.loss < 0.1
        expect test(Student, points).accuracy > 0.3
        expect taught.test.accuracy > 0.3
        report(taught, "FILE.html")
        train Student on points { epochs = 1 }
        """);
    assertThat(left.codes()).isEmpty();
    assertThat(left.outcome).isEqualTo(Outcome.OK);
    assertThat(left.losses().getFirst()).isGreaterThan(3 * left.losses().get(39));
    assertThat(left.student.stream().map(Tensor::name)).containsExactlyInAnyOrder("dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias");
  }

  @Test
  void theTeacherStaysAsItIs() throws IOException {
    String before = "save(Teacher, \"FILE\")";
    Path file = folder.resolve("run.safetensors");
    run(NETS + before);
    List<Tensor> plain = Safetensors.read(file).tensors();
    assertThat(run(NETS + "train Student on points { loss = distill }\n" + before).outcome).isEqualTo(Outcome.OK);
    List<Tensor> after = Safetensors.read(file).tensors();
    for (int i = 0; i < plain.size(); i++) {
      assertThat(after.get(i).values()).isEqualTo(plain.get(i).values());
    }
  }

  /** A scale of the data that the teacher has not learnt is brought to its own: what it says is the same. */
  @Test
  void theTeacherSeesExamplesInItsOwnScale() throws IOException {
    String copy = "train Student on d { loss = copy; optimizer = sgd(1e-9); batch = 120; shuffle = false }";
    // A student that gives 0 learns the mean square of what the teacher says.
    String nets = NETS.replace("net Student = input 2 -> dense(5) -> tanh -> dense(3)", "net Student = input 2 -> dense(3, init = zeros)");
    double plain = run(nets + "data d = spirals(classes = 3, count = 120)\n" + copy).losses().getFirst();
    double scaled = run(nets + "data d = spirals(classes = 3, count = 120) { normalize = [0.25, 0.5] }\n" + copy).losses().getFirst();
    assertThat(scaled).isCloseTo(plain, org.assertj.core.data.Percentage.withPercentage(0.01));
  }

  @Test
  void aTrainingWithATeacherCanBeGoneOnWith() throws IOException {
    String train = "train Student on points { loss = distill; epochs = %d; batch = 16; optimizer = adam(0.01); %s }";
    List<Tensor> whole = run(NETS + train.formatted(3, "")).student;
    assertThat(run(NETS + train.formatted(1, "resume = \"FILE\"")).outcome).isEqualTo(Outcome.OK);
    List<Tensor> parts = run(NETS + train.formatted(3, "resume = \"FILE\"")).student;
    assertThat(whole).hasSize(4);
    for (int i = 0; i < whole.size(); i++) {
      assertThat(parts.get(i).values()).isEqualTo(whole.get(i).values());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "def own(output, Student) = mean((output - Student) ^ 2)\ntrain Student on points { loss = own }",
      "train Student on points { loss = distill; folds = 3 }",
      "run = train Student on points { loss = distill }\nsweep run { optimizer.lr in [0.1, 0.2] }",
      "data two = spirals(classes = 2, count = 60)\nnet Two = input 2 -> dense(2)\ntrain Two on two\ndef own(output, Two) = mean(output) * mean(Two)\ntrain Student on points { loss = own }"})
  void whatCannotTeachIsRefused(String script) throws IOException {
    assertThat(run(NETS + script).codes()).containsExactly(Code.L097);
  }

  @Test
  void theTeacherTakesPartsThatTheExamplesHave() throws IOException {
    Left left = run(NETS + "net Pair { a: input 2; b: input 3; concat(@a); dense(3) }\ndef own(output, Pair) = mean((output - Pair) ^ 2)\ntrain Student on points { loss = own }");
    assertThat(left.codes()).containsExactly(Code.L094);
  }
}
