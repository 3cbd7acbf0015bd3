package dev.lanewise.repl.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.repl.text.Style;
import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.score.FoldScores;
import dev.lanewise.runtime.score.Confusion;
import dev.lanewise.runtime.federate.Privacy;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.Birth;
import dev.lanewise.runtime.train.Journal;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.Withstood;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineRendererTest {
  private final Recorded recorded = new Recorded();
  private final LineRenderer renderer = recorded.lines(recorded.voice(Recorded.window(60, 0), Style.PLAIN));

  @Test
  void showsARunInLines() {
    Recorded.RUN.forEach(renderer::on);
    renderer.finish(Outcome.INTERRUPTED);
    assertThat(recorded.out()).isEqualTo(
        """
        net Cnn: 1x28x28 -> 10, 21,840 parameters
        train Cnn: 21,840 parameters, 60,000 examples in 938 batches
           epoch     loss  accuracy  seconds  examples/s
            1/10   1.0625   65.00 %     1.00      60,000
        stopped in epoch 1 of 10, batch 469 of 938, at loss 1.2500, after 1.00 s: Cnn keeps what it has learned
        test Cnn on digits: accuracy 98.76 %, loss 0.0384 (10,000 examples in 0.25 s)
        holds  test(Cnn, digits).accuracy >= 0.985 (0.9876 and 0.985)

          net  parameters  epochs  seconds  train loss  test loss  test accuracy
          Cnn      21,840       1     1.00      1.0625     0.0384        98.76 %
        interrupted
        """);
    assertThat(recorded.err()).isEmpty();
  }

  @Test
  void tellsEachQuarterOfWhatIsMadeReady() {
    LineRenderer lines = recorded.lines(Recorded.voice(recorded.out, Recorded.window(80, 0), Style.PLAIN, Language.ENGLISH));
    for (int done = 0; done <= 30_000; done += 1_000) {
      lines.on(Recorded.training(new TrainEvent.Preparing("Deep", done, 30_000)));
    }
    lines.on(Recorded.training(new TrainEvent.Preparing("Other", 10, 2_000)));
    assertThat(recorded.out()).isEqualTo(
        """
        Deep is being made ready: kernels for 0 of 30,000 operations
        Deep is being made ready: kernels for 8,000 of 30,000 operations
        Deep is being made ready: kernels for 15,000 of 30,000 operations
        Deep is being made ready: kernels for 23,000 of 30,000 operations
        Deep is being made ready: kernels for 30,000 of 30,000 operations
        Other is being made ready: kernels for 10 of 2,000 operations
        """);
  }

  @Test
  void saysItInChinese() {
    LineRenderer chinese = recorded.lines(Recorded.voice(recorded.out, Recorded.window(80, 0), Style.PLAIN, Language.CHINESE));
    Recorded.RUN.forEach(chinese::on);
    Score half = new Score(0.5, 0.5, 4_000);
    List.of(
        new TrainEvent.Preparing("Cnn", 1_200, 40_001), new TrainEvent.Epoch("Cnn", 2, 10, 0.5, half, half, 0.01), new TrainEvent.RateChanged("Cnn", 2, 11, 0.01, 0.002),
        new TrainEvent.RateLowered("Cnn", 3, 0.001), new TrainEvent.Resumed("Cnn", 4, new Journal(Birth.now(), 4, List.of(), List.of())),
        new TrainEvent.StoppedEarly("Cnn", 9, 6, Measure.named("val.loss").orElseThrow(), 0.25),
        new TrainEvent.OutOfTime("Cnn", 5, 12, 1_938, 60), new TrainEvent.Ended("Cnn", 1, 1.0, true))
        .forEach(e -> chinese.on(Recorded.training(e)));
    chinese.on(new SessionEvent.Wrote("Cnn", Path.of("a.safetensors")));
    chinese.on(new SessionEvent.Read("Cnn", Path.of("a.safetensors")));
    chinese.on(new SessionEvent.Fetching(
        "digits.gz", URI.create("http://there/"), Path.of("here"), 1_000, 2_000_000));
    chinese.on(new SessionEvent.Trial(1, 2, List.of("trial", "val.accuracy"), List.of("1/2", "0.9"), true));
    chinese.on(new SessionEvent.Expected("1 > 2", false, "1", "2", ""));
    chinese.finish(Outcome.INTERRUPTED);
    assertThat(recorded.out()).isEqualTo(
        """
        网络 Cnn：1x28x28 -> 10，21,840 个参数
        训练 Cnn：21,840 个参数，60,000 个样本，938 批
            轮次     损失    准确率       秒     样本/秒
            1/10   1.0625   65.00 %     1.00      60,000
        已停止 第 1/10 轮，第 469/938 批，损失 1.2500，用时 1.00 秒：Cnn 保留已学到的参数
        用 digits 测试 Cnn：准确率 98.76 %，损失 0.0384（10,000 个样本，0.25 秒）
        成立  test(Cnn, digits).accuracy >= 0.985 (0.9876 和 0.985)
        正在准备 Cnn：40,001 个运算中 1,200 个已有计算内核
            2/10   0.5000   50.00 %    0.5000       50.00 %     0.50       8,000
        第 2 轮第 11 批之后，学习率从 0.01 改为 0.002
        没有改善：从第 4 轮起，学习率为 0.001
        从第 4 轮之后继续
        提前停止 第 9 轮之后：Cnn 恢复到第 6 轮之后的参数，val.loss 最好（0.2500）
        时间已到 第 5 轮，第 12/1,938 批，用时 60.0 秒：Cnn 保留已学到的参数
        已停止 第 1/10 轮，第 469/938 批，损失 1.2500，用时 1.00 秒：Cnn 保留已学到的参数
        已把 Cnn 写入 a.safetensors
        已从 a.safetensors 读取 Cnn
        从 http://there/ 下载 digits.gz 到 here：2.0 MB，已有 1.0 kB
              试验  val.accuracy
               1/2           0.9  最好
        不成立  1 > 2 (1 和 2)

          网络  参数量  轮数    秒  训练损失  测试损失  测试准确率
          Cnn   21,840     1  1.00    0.5000         -           -
        已中断
        """);
  }

  @Test
  void isTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      showsARunInLines();
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void showsFoldsAndTheirMean() {
    Recorded.FOLDS.forEach(renderer::on);
    renderer.on(new SessionEvent.Fold(2, 3, List.of(Measure.Kind.LOSS), FoldScores.DIVERGED));
    assertThat(recorded.out()).isEqualTo(
        """
        cross-validation of Cnn: 2 folds of 40 examples
               fold      loss  accuracy
                1/2    0.2500   90.00 %
                2/2    0.5000   80.00 %
               mean    0.3750   85.00 %
          deviation    0.1768    7.07 %
        now Cnn is trained on all 40 examples
                2/3  diverged
        """);
  }

  @Test
  void saysFoldsInChinese() {
    LineRenderer chinese = recorded.lines(Recorded.voice(recorded.out, Recorded.window(80, 0), Style.PLAIN, Language.CHINESE));
    Recorded.FOLDS.forEach(chinese::on);
    chinese.on(new SessionEvent.Fold(2, 3, List.of(Measure.Kind.LOSS), FoldScores.DIVERGED));
    assertThat(recorded.out()).isEqualTo(
        """
        Cnn 的交叉验证：2 折，共 40 个样本
                 折      损失    准确率
                1/2    0.2500   90.00 %
                2/2    0.5000   80.00 %
               平均    0.3750   85.00 %
             标准差    0.1768    7.07 %
        现在用全部 40 个样本训练 Cnn
                2/3  发散
        """);
  }

  /** Numbers to predict have no share that is right; errors are told in their own unit. */
  @Test
  void showsErrors() {
    renderer.on(Recorded.training(new TrainEvent.Tested("Cnn", "prices", Recorded.errors(), 0.25)));
    renderer.on(Recorded.training(new TrainEvent.Started("A", 1, 2, 1, 3, List.of(Measure.Kind.MAE, Measure.Kind.R2), false)));
    Score large = new Score(2, Map.of(Measure.Kind.LOSS, 1.0, Measure.Kind.MAE, 23456.78, Measure.Kind.R2, -0.5));
    renderer.on(Recorded.training(new TrainEvent.Epoch("A", 1, 1, 1, large, null, 0.01)));
    assertThat(recorded.out()).isEqualTo(
        """
        test Cnn on prices: loss 1.0000, mae 1.0000, rmse 1.0000, r2 0.0000 (2 examples in 0.25 s)
        train A: 3 parameters, 2 examples in 1 batch
           epoch     loss       mae        r2  seconds  examples/s
             1/1   1.0000   23456.8   -0.5000     1.00           2
        """);
  }

  /** Of texts that are made of others it is told how many are right as a whole. */
  @Test
  void showsTheShareOfWholeTexts() {
    Confusion confusion = new Confusion(new long[][] {{3, 1}, {0, 4}}, new long[0][], new boolean[2], true, new long[] {1, 2}, true);
    renderer.on(Recorded.training(new TrainEvent.Tested("Adds", "sums", new Score(0.25, 0.875, 2, confusion, null, null, null), 0.25)));
    assertThat(recorded.out()).isEqualTo("test Adds on sums: accuracy 87.50 %, exact 50.00 %, loss 0.2500 (2 examples in 0.25 s)\n");
  }

  @Test
  void showsValidationWhereThereIsOne() {
    renderer.on(Recorded.training(new TrainEvent.Epoch(
        "A", 3, 15, 12.34, new Score(0.5, 0.9, 55_000), new Score(0.25, 1, 5_000), 0.01)));
    assertThat(recorded.out()).isEqualTo(
        """
           epoch     loss  accuracy  val loss  val accuracy  seconds  examples/s
            3/15   0.5000   90.00 %    0.2500      100.00 %     12.3       4,457
        """);
  }

  /** What is trained beside the network's own loss, which validation and tests tell too; and the rate, where it changes by itself. */
  @Test
  void showsTheObjectiveOfHeadsAndTheRateOfASchedule() {
    renderer.on(Recorded.training(new TrainEvent.Started("A", 15, 55_000, 860, 21_840, List.of(Measure.Kind.ACCURACY), true)));
    renderer.on(Recorded.training(new TrainEvent.Epoch(
        "A", 3, 15, 12.34, new Score(0.5, 0.9, 55_000), new Score(0.25, 1, 5_000), 0.00125, 1.5)));
    assertThat(recorded.out()).isEqualTo(
        """
        train A: 21,840 parameters, 55,000 examples in 860 batches
           epoch     loss  objective  accuracy  val loss  val accuracy  seconds  examples/s      rate
            3/15   0.5000     1.5000   90.00 %    0.2500      100.00 %     12.3       4,457   0.00125
        """);
  }

  /** Of hidden clients it is told what each round gives away, and that their number is a mean. */
  @Test
  void showsWhatClientsGiveAway() {
    Privacy privacy = new Privacy(1, 1.1, 1e-5);
    renderer.on(Recorded.training(new TrainEvent.Started(
        "A", 50, 55_000, 10, 21_840, List.of(Measure.Kind.ACCURACY), false, Birth.now(), Optional.empty(), Optional.of(new TrainEvent.Clients(100, 10, true, Optional.of(privacy))))));
    renderer.on(Recorded.training(new TrainEvent.Round("A", 50, 9, 2.5, Optional.of(privacy.spent(0.1, 50)))));
    renderer.on(Recorded.training(new TrainEvent.Epoch("A", 50, 50, 12.34, new Score(0.5, 0.9, 55_000), new Score(0.25, 1, 5_000), 0.01)));
    assertThat(recorded.out()).isEqualTo(
        """
        train A: 21,840 parameters, 55,000 examples at 100 clients, 10 in each round, on average
           round     loss  accuracy  test loss  test accuracy    apart  epsilon  seconds  examples/s
           50/50   0.5000   90.00 %     0.2500       100.00 %   2.5000   4.8991     12.3       4,457
        """);
  }

  /** Of a training by clients rounds are told; the one at work is lost when it is stopped. */
  @Test
  void roundsOfClientsAreGoneOnWithAndStopped() {
    renderer.on(Recorded.training(new TrainEvent.Started(
        "A", 50, 55_000, 10, 21_840, List.of(Measure.Kind.ACCURACY), false, Birth.now(), Optional.empty(), Optional.of(new TrainEvent.Clients(100, 10, true, Optional.empty())))));
    renderer.on(Recorded.training(new TrainEvent.Resumed("A", 7, new Journal(Birth.now(), 7, List.of(), List.of()))));
    renderer.on(Recorded.training(new TrainEvent.Ended("A", 9, 12.34, true)));
    assertThat(recorded.out()).endsWith("goes on after round 7\nstopped in round 10 of 50, after 12.3 s: A is as it was before that round\n");
  }

  /** What a network that learns attacked images withstands stands in columns, and is explained once. */
  @Test
  void showsWhatIsWithstood() {
    TrainEvent.Probe probe = new TrainEvent.Probe(Attack.pgd(0.3, 10), 512);
    renderer.on(Recorded.training(
        new TrainEvent.Started("A", 15, 55_000, 860, 21_840, List.of(Measure.Kind.ACCURACY), false, Birth.now(), Optional.of(probe))));
    renderer.on(Recorded.training(new TrainEvent.Epoch(
        "A", 3, 15, 12.34, new Score(0.5, 0.9, 55_000), null, 0.01, Double.NaN, Optional.of(new Withstood(0.975, 0.875)))));
    assertThat(recorded.out()).isEqualTo(
        """
        train A: 21,840 parameters, 55,000 examples in 860 batches
        of 512 images: `clean` is the share that is right as they are, `attacked` under `pgd(0.3, steps = 10)`
           epoch     loss  accuracy     clean  attacked  seconds  examples/s
            3/15   0.5000   90.00 %   97.50 %   87.50 %     12.3       4,457
        """);
  }

  @Test
  void alignsTables() {
    renderer.on(Recorded.TABLE);
    assertThat(recorded.out()).isEqualTo(
        """
        Net
          layer  parameters
          conv1         260
          total      21,840
        """);
  }

  @Test
  void putsDiagnosticsOnStandardError() {
    renderer.on(Recorded.DIAGNOSED);
    renderer.problem("there is no file b.net");
    assertThat(recorded.out()).isEmpty();
    assertThat(recorded.err()).contains("a.net:2:3 error L006: there is no layer densse", "^^^^^^ dense")
        .endsWith("lanewise: there is no file b.net\n");
  }

  @Test
  void drawsCurves() {
    Figure.Curve line = new Figure.Curve("line", List.of(new Figure.Point(0, 0), new Figure.Point(10, 1)));
    renderer.on(new SessionEvent.Shown(new Figure("line", "x", false, List.of(line))));
    List<String> lines = recorded.out().lines().toList();
    assertThat(lines).hasSize(16).allMatch(l -> l.length() <= 60);
    assertThat(lines.get(1)).startsWith("    1.000 ┤").endsWith("⠤⠊");
    assertThat(lines.get(14)).startsWith("    0.000 ┤⣀⠤⠒⠁");
    assertThat(lines.getLast()).contains("0.000").endsWith("x 10.00");
  }

  /** Without colours, too, points are no curve. */
  @Test
  void drawsPointsByThemselves() {
    Figure.Curve line = new Figure.Curve("N", List.of(new Figure.Point(0, 0), new Figure.Point(10, 0)));
    Figure.Curve training = Figure.Curve.dotted("training", List.of(new Figure.Point(0, 1), new Figure.Point(5, 0), new Figure.Point(3, Double.NaN)));
    Figure.Curve test = Figure.Curve.dotted("test", List.of(new Figure.Point(10, 1)));
    renderer.on(new SessionEvent.Shown(new Figure("fit", "input", false, List.of(line, training, test))));
    List<String> lines = recorded.out().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("fit  N  · training  x test");
    assertThat(lines.get(1)).startsWith("    1.000 ┤·").endsWith(" x");
    assertThat(lines.get(14)).startsWith("    0.000 ┤⣀⣀⣀").doesNotContain("·", " ⣀");
    assertThat(lines.subList(2, 14)).noneMatch(l -> l.contains("·") || l.contains("x"));
  }
}
