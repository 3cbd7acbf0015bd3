package dev.lanewise.dsl.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses, ends of networks, settings and optimisers: what is mended. */
class TrainingsTest {
  private static final String HEAD = "net N = input 2 -> dense(8) -> tanh -> dense(2)\ndata d = moons(count = 100)\n";

  private static List<Diagnostic> check(Source source) {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), _ -> { })) {
      return session.check(source);
    }
  }

  private static String mended(String text) {
    Fix fix = Fix.of(new Source("a.net", text + "\n"), TrainingsTest::check);
    assertThat(fix.left()).as(fix.text()).isEmpty();
    return fix.text().stripTrailing();
  }

  /** The end of a network of two classes, and its loss. */
  @ParameterizedTest
  @CsvSource(delimiter = '\t', value = {
    "dense(2) -> softmax\tcross_entropy\tdense(2)\tcross_entropy",
    "dense(2) -> softmax\tfocal\tdense(2)\tfocal",
    "dense(2) -> sigmoid\tcross_entropy\tdense(2)\tcross_entropy",
    "dense(2) -> sigmoid\tbce_with_logits\tdense(2)\tbce_with_logits",
    "dense(2) -> relu\tcross_entropy\tdense(2)\tcross_entropy",
    "dense(2) -> relu\thinge\tdense(2)\thinge",
    "dense(2) -> tanh\tfocal\tdense(2)\tfocal",
    "dense(2) -> log_softmax\tcross_entropy\tdense(2)\tcross_entropy",
    "dense(2)\tnll\tdense(2) -> log_softmax\tnll",
    "dense(2) -> softmax\tnll\tdense(2) -> log_softmax\tnll",
    "dense(2)\tbce\tdense(2)\tbce_with_logits",
    "dense(2) -> tanh\tbce\tdense(2) -> sigmoid\tbce",
    "dense(2) -> softmax\ttriplet\tdense(2)\ttriplet",
    "dense(2)\tmse\tdense(2)\tcross_entropy",
    "dense(2) -> softmax\tl1\tdense(2)\tcross_entropy",
    "dense(2)\t\"cross_entropy\"\tdense(2)\tcross_entropy",
    "dense(2)\tcross_entropy(smooth = 1)\tdense(2)\tcross_entropy(smooth = 0.1)",
    "dense(2)\tcross_entropy(weights = [2])\tdense(2)\tcross_entropy(weights = [2, 1])",
    "dense(2) -> dropout(0.5)\tcross_entropy\tdense(2)\tcross_entropy",
    "dense(2) -> softmax -> dense(2)\tcross_entropy\tdense(2) -> relu -> dense(2)\tcross_entropy",
  })
  void anEndThatDoesNotSuitItsLoss(String end, String loss, String meantEnd, String meantLoss) {
    String text = "net N = input 2 -> dense(8) -> tanh -> %s\ndata d = moons(count = 100)\ntrain N on d { loss = %s }";
    assertThat(mended(text.formatted(end, loss))).isEqualTo(text.formatted(meantEnd, meantLoss));
  }

  /** Of a wave from -1 to 1. */
  @ParameterizedTest
  @CsvSource(delimiter = '\t', value = {
    "dense(1) -> sigmoid\tmse\tdense(1)\tmse",
    "dense(1) -> relu\thuber\tdense(1)\thuber",
    "dense(1)\tcross_entropy\tdense(1)\tmse",
    "dense(1)\tbce_with_logits\tdense(1)\tmse",
    "dense(1)\tbce\tdense(1)\tmse",
  })
  void numbersToPredict(String end, String loss, String meantEnd, String meantLoss) {
    String text = "net N = input 1 -> dense(8) -> tanh -> %s\ndata d = sine(count = 100)\ntrain N on d { loss = %s }";
    assertThat(mended(text.formatted(end, loss))).isEqualTo(text.formatted(meantEnd, meantLoss));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '\t', value = {
    "optimizer = \"adam\"\toptimizer = adam",
    "optimizer = sgd(-0.3)\toptimizer = sgd(0.3)",
    "optimizer = sgd(\"0.3\")\toptimizer = sgd(0.3)",
    "optimizer = sgd(50)\toptimizer = sgd(0.01)",
    "optimizer = adam(1e-9)\toptimizer = adam(0.001)",
    "optimizer = lion(0.5)\toptimizer = lion(1e-4)",
    "optimizer = sgd(0.1, momentum = 1)\toptimizer = sgd(0.1, momentum = 0.9)",
    "optimizer = sgd(0.1, momentum = 90)\toptimizer = sgd(0.1, momentum = 0.9)",
    "optimizer = sgd(0.1, decay = 1)\toptimizer = sgd(0.1, decay = 0.0001)",
    "lr = 0.02\toptimizer = sgd(0.02)",
    "optimizer = adam; learning_rate = 0.02\toptimizer = adam(0.02)",
    "optimizer = sgd(0.1); momentum = 0.9\toptimizer = sgd(0.1, momentum = 0.9)",
    "bs = 32\tbatch = 32",
    "num_epochs = 4\tepochs = 4",
    "epochs = \"4\"\tepochs = 4",
    "epochs = 0\tepochs = 1",
    "epochs = 1e9\tepochs = 10",
    "seed = 3; epochs = 2; seed = 3\tseed = 3; epochs = 2",
    "batch = 640\tbatch = 64",
    "clip = 1.0\tclip = norm(1.0)",
    "clip = norm(0)\tclip = norm(1)",
    "max_grad_norm = 1\tclip = norm(1)",
    "average = 0.99\taverage = ema(0.99)",
    "early_stopping = 3\tstop = early(loss, patience = 3)",
    "epochs = 9; stop = 3\tepochs = 9; stop = early(loss, patience = 3)",
    "save = \"best.safetensors\"\tsave = best(\"best.safetensors\", by = accuracy)",
    "metrics = [\"accuracy\"]\tmetrics = [accuracy]",
    "metrics = [acc, f1]\tmetrics = [accuracy, f1]",
    "metrics = [accuracy, topk(3)]\tmetrics = [accuracy, top3]",
    "log = [console, \"run.csv\"]\tlog = [console, csv(\"run.csv\")]",
    "epochs = 4; schedule = step(30)\tepochs = 4; schedule = step(2)",
    "epochs = 4; stop = early(loss, patience = 20)\tepochs = 4; stop = early(loss, patience = 2)",
    "device = \"cuda\"; epochs = 2\tepochs = 2",
    "optimizer = adam(0.01, momentum = 0.8)\toptimizer = adam(0.01, beta1 = 0.8)",
    "optimizer = sgd(0.05, 0.9, nesterov)\toptimizer = sgd(0.05, 0.9, nesterov = true)",
    "epochs = 9; stop = early(loss, patience = 3, min_delta = 0.001)\tepochs = 9; stop = early(loss, patience = 3)",
    "epochs = 9; stop = early(loss, mode = \"min\")\tepochs = 9; stop = early(loss)",
    "epochs = 9; stop = early(accuracy, patience = -2)\tepochs = 9; stop = early(accuracy, patience = 2)",
    "epochs = 50; schedule = warm_up(5)\tepochs = 50; schedule = warm_up(0.1)",
    "loss = [hinge]\tloss = hinge",
    "optimizer = [\"adam\"]\toptimizer = adam",
    "log = [tensorboard]\tlog = [tensorboard(\"runs\")]",
    "log = csv\tlog = csv(\"run.csv\")",
    "epochs = 9; callbacks = [EarlyStopping(monitor = \"loss\", patience = 3)]\tepochs = 9; stop = early(loss, patience = 3)",
    "callbacks = [ModelCheckpoint(\"n.safetensors\", monitor = \"accuracy\")]\tsave = best(\"n.safetensors\", by = accuracy)",
  })
  void settings(String written, String meant) {
    assertThat(mended(HEAD + "train N on d { " + written + " }")).isEqualTo(HEAD + "train N on d { " + meant + " }");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '\t', value = {
    "train d on N\ttrain N on d",
    "train N on d.train\ttrain N on d",
    "train N on d|expect test(N, d).accuracy > 85\ttrain N on d|expect test(N, d).accuracy > 0.85",
    "train N on d|expect test(N, d).acc > 0.5\ttrain N on d|expect test(N, d).accuracy > 0.5",
    "train N on d|expect test(N, d) > 0.5\ttrain N on d|expect test(N, d).accuracy > 0.5",
    "train N on d|test(N, d.test)\ttrain N on d|test(N, d)",
    "train N on d|confusion(N, d.test)\ttrain N on d|confusion(N, d)",
    "train N on d|accuracy(N, d)\ttrain N on d|test(N, d).accuracy",
    "train N on d|expect accuracy > 0.5\ttrain N on d|expect test(N, d).accuracy > 0.5",
    "train N on d|expect 0.5 < acc\ttrain N on d|expect 0.5 < test(N, d).accuracy",
    "run = train N on d|expect loss < 2\trun = train N on d|expect test(N, d).loss < 2",
    "train N on d|expect N.accuracy > 0.5\ttrain N on d|expect test(N, d).accuracy > 0.5",
    "train N on d|expect base.accuracy > 0.5\tbase = train N on d|expect base.accuracy > 0.5",
    "train N on d|expect test(N, d)[\"accuracy\"] > 0.5\ttrain N on d|expect test(N, d).accuracy > 0.5",
    "train N on d|expect test(N, d).accuracy = 1\ttrain N on d|expect test(N, d).accuracy == 1",
    "train N on d|predict(N, 0.5, 0.2)\ttrain N on d|predict(N, [0.5, 0.2])",
    "train N on d|show(N.dense1.weights)\ttrain N on d|show(N.dense1.weight)",
  })
  void statements(String written, String meant) {
    assertThat(mended(HEAD + written.replace('|', '\n'))).isEqualTo(HEAD + meant.replace('|', '\n'));
  }

  /** Somebody may want to see what a network knows that has learnt nothing: it is told, and left. */
  @ParameterizedTest
  @ValueSource(strings = {"test(N, d)", "confusion(N, d)", "mistakes(N, d)"})
  void askedBeforeItHasLearnt(String statement) {
    Fix fix = Fix.of(new Source("a.net", HEAD + statement + "\n"), TrainingsTest::check);
    assertThat(fix.text()).isEqualTo(HEAD + statement + "\n");
    assertThat(fix.left()).extracting(Diagnostic::code).containsExactly(Code.L137);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '\t', value = {
    "input 1x8x8 -> conv(4, 3) -> relu -> maxpool(1) -> flatten -> dense(2)\tinput 1x8x8 -> conv(4, 3) -> relu -> flatten -> dense(2)",
    "input 1x8x8 -> conv(4, 3) -> relu -> avgpool(size = 1) -> flatten -> dense(2)\tinput 1x8x8 -> conv(4, 3) -> relu -> flatten -> dense(2)",
    "input 1x8x8 -> flatten -> flatten -> dense(2)\tinput 1x8x8 -> flatten -> dense(2)",
    "input 4 -> dense(8) -> relu -> dropout(0) -> dense(2)\tinput 4 -> dense(8) -> relu -> dense(2)",
    "input 4 -> dense(8) -> relu -> dropout(0.99) -> dense(2)\tinput 4 -> dense(8) -> relu -> dropout(0.5) -> dense(2)",
  })
  void layersThatDoNothing(String written, String meant) {
    assertThat(mended("net N = " + written)).isEqualTo("net N = " + meant);
  }

  /** What belongs to the data goes there. */
  @ParameterizedTest
  @CsvSource(delimiter = '\t', value = {
    "epochs = 9; stop = early(val.loss)\tepochs = 9; stop = early(val.loss)\tsplit.val = 20",
    "epochs = 2; validation_split = 0.1\tepochs = 2\tsplit.val = 10",
    "epochs = 2; split.val = 30\tepochs = 2\tsplit.val = 30",
  })
  void settingsOfData(String written, String meant, String ofData) {
    assertThat(mended(HEAD + "train N on d { " + written + " }"))
        .isEqualTo(HEAD.stripTrailing() + " { " + ofData + " }\ntrain N on d { " + meant + " }");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '\t', value = {
    "dense(8) -> relu -> relu -> dense(2)\tdense(8) -> relu -> dense(2)",
    "dense(8) -> relu -> sigmoid -> dense(2)\tdense(8) -> sigmoid -> dense(2)",
    "dense(8) -> dense(2)\tdense(8) -> relu -> dense(2)",
    "dense(8) -> batchnorm -> relu -> dense(2)\tdense(8, bias = false) -> batchnorm -> relu -> dense(2)",
    "dense(8, init = zeros) -> relu -> dense(2, init = zeros)\tdense(8) -> relu -> dense(2)",
    "dense(8) -> sigmoid -> dense(8) -> sigmoid -> dense(8) -> sigmoid -> dense(8) -> sigmoid -> dense(2)\tdense(8) -> relu -> dense(8) -> relu -> dense(8) -> relu -> dense(8) -> relu -> dense(2)",
  })
  void layers(String written, String meant) {
    assertThat(mended("net N = input 8 -> " + written)).isEqualTo("net N = input 8 -> " + meant);
  }

  /** Somebody may want to see what a network knows before it is trained: that is told, and left. */
  @Test
  void anUntrainedNetworkIsLeft() {
    Source source = new Source("a.net", HEAD + "test(N, d)\n");
    assertThat(Fix.of(source, TrainingsTest::check)).satisfies(f -> {
      assertThat(f.text()).isEqualTo(source.text());
      assertThat(f.left()).extracting(Diagnostic::code).containsExactly(Code.L137);
    });
  }

  /** What a teacher would not change. */
  @ParameterizedTest
  @ValueSource(strings = {
    "net N = input 2 -> dense(8) -> tanh -> dense(1) -> sigmoid\ndata d = xor()\ntrain N on d { loss = mse }",
    "net N = input 1 -> dense(8) -> tanh -> dense(1) -> tanh\ndata d = sine(count = 100)\ntrain N on d",
    "net N = input 2 -> dense(8) -> tanh -> dense(2) -> sigmoid\ndata d = moons(count = 100)\ntrain N on d { loss = bce }",
    "net N = input 3x8x8 -> conv(8, 3, groups = 1) -> relu -> conv(4, 3) -> flatten -> dense(2)",
    "net N = input 8 -> dense(2) -> dense(8)",
    "net N = input 2 -> dense(8) -> tanh -> dense(2)\ndata d = moons(count = 100)\ntest(N, d)\ntrain N on d",
  })
  void nothingToMend(String script) {
    assertThat(check(new Source("a.net", script + "\n"))).isEmpty();
  }
}
