package dev.lanewise.dsl.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of other libraries in a script, and the script after what is certain was done. */
class OtherLibrariesTest {
  private static final String IMAGE = "net N = input 1x28x28 -> ";
  private static final String TRAINED = "net N = input 2 -> dense(8) -> tanh -> dense(2)\ndata d = moons(count = 80) { split.val = 20 }\n";

  @ParameterizedTest
  @CsvSource(delimiterString = "=>>", value = {
      "nn.Conv2d(1, 8, 3) -> nn.ReLU() -> nn.Flatten() -> nn.Linear(5408, 10) =>> conv(8, 3) -> relu -> flatten -> dense(10)",
      "Conv2d(1, 10, kernel_size=5) -> flatten -> dense(10) =>> conv(10, kernel = 5) -> flatten -> dense(10)",
      "conv(1, 6, 5) -> maxpool(2) -> relu -> conv(6, 16, 5) -> flatten -> dense(10) =>> conv(6, 5) -> maxpool(2) -> relu -> conv(16, 5) -> flatten -> dense(10)",
      "conv(6, 16, 5, padding=2) -> flatten -> dense(10) =>> conv(6, 16, 5, pad = 2) -> flatten -> dense(10)",
      "conv(6, 5, bias = false) -> batchnorm(6) -> relu -> flatten -> dense(3456, 10) =>> conv(6, 5, bias = false) -> batchnorm -> relu -> flatten -> dense(10)",
      "conv(6, 5) -> layernorm(6) -> flatten(1) -> dense(64, activation=relu) -> dense(10) =>> conv(6, 5) -> layernorm -> flatten -> dense(64) -> relu -> dense(10)",
      "conv(6, 5) -> groupnorm(2, 6) -> flatten -> dense(10) =>> conv(6, 5) -> groupnorm(2) -> flatten -> dense(10)",
      "conv(6, 5) -> Identity() -> flatten -> dense(10) =>> conv(6, 5) -> flatten -> dense(10)",
      "flatten -> dense(10) -> nn.Identity() =>> flatten -> dense(10)",
      "flatten -> dense(64, kernel_initializer='he_normal') -> leaky_relu(negative_slope=0.2) -> dense(10) =>> flatten -> dense(64, init = he_normal) -> leaky_relu(slope=0.2) -> dense(10)",
      "flatten -> new DenseLayer.Builder().nOut(10).activation(relu).build() =>> flatten -> dense(features = 10) -> relu",
      "conv(8, 3, 2) -> flatten -> dense(10) =>> conv(8, 3, 2) -> flatten -> dense(10)"})
  void layers(String written, String meant) {
    assertThat(fixed(IMAGE + written.replace('\'', '"'))).isEqualTo(IMAGE + meant);
  }

  @ParameterizedTest
  @CsvSource(delimiterString = "=>>", value = {
      "train N on d { loss = nn.CrossEntropyLoss() } =>> train N on d { loss = cross_entropy }",
      "train N on d { loss = \"sparse_categorical_crossentropy\" } =>> train N on d { loss = cross_entropy }",
      "train N on d { optimizer = torch.optim.SGD(N.parameters(), lr=0.2, momentum=0.9) } =>> train N on d { optimizer = sgd(lr = 0.2, momentum = 0.9) }",
      "train N on d { optimizer = adamw(0.01, weight_decay=0.05) } =>> train N on d { optimizer = adamw(0.01, decay = 0.05) }",
      "train N on d { optimizer = adam(0.02, betas=[0.8, 0.99]) } =>> train N on d { optimizer = adam(0.02, beta1 = 0.8, beta2 = 0.99) }",
      "train N on d { epochs = 9; schedule = StepLR(3, gamma=0.5) } =>> train N on d { epochs = 9; schedule = step(3, factor = 0.5) }",
      "train N on d { epochs = 9; stop = EarlyStopping(patience=3) } =>> train N on d { epochs = 9; stop = early(val.loss, patience = 3) }",
      "train N on d { clip = clip_grad_norm_(1.0) } =>> train N on d { clip = norm(1.0) }",
      "N.fit(d, epochs=3) =>> train N on d { epochs = 3 }",
      "run = N.fit(d, epochs=3, batch_size=16) =>> run = train N on d { epochs = 3; batch = 16 }",
      "N.summary() =>> show(N)",
      "print(N) =>> show(N)",
      "model_result = N.evaluate(d) =>> model_result = test(N, d)",
      "N.save(\"n.safetensors\") =>> save(N, \"n.safetensors\")",
      "torch.save(N.state_dict(), \"n.safetensors\") =>> save(N, \"n.safetensors\")"})
  void trainings(String written, String meant) {
    assertThat(fixed(TRAINED + written)).isEqualTo(TRAINED + meant);
  }

  @Test
  void whatIsNotTheSameIsLeftToTheAuthor() {
    String script = IMAGE + "nn.Conv2d(1, 8, 3, padding_mode=\"reflect\") -> flatten -> dense(10)";
    assertThat(fixed(script)).isEqualTo(script);
    assertThat(check(new Source("a.net", script)).getFirst().remedy().edits()).isNotEmpty();
  }

  @Test
  void aNameOfOnesOwnIsNoOthers() {
    assertThat(check(new Source("a.net", "block Linear(n) { dense(n) -> relu }\n" + IMAGE + "flatten -> Linear(10)"))).isEmpty();
  }

  @Test
  void aHeadingIsTakenAway() {
    assertThat(fixed("net N = input 4 -> dense(2)\n[net]\nsize = 3")).isEqualTo("net N = input 4 -> dense(2)\n\nsize = 3");
  }

  @ParameterizedTest
  @CsvSource(delimiterString = "=>>", value = {
      "import torch|from torch import nn|class Net(nn.Module):|    def __init__(self):|        self.a = nn.Conv2d(1, 8, 3)|        self.b = nn.Linear(1352, 10)|    def forward(self, x):|        x = F.max_pool2d(F.relu(self.a(x)), 2)|        return self.b(x.flatten(1))"
          + " =>> a Python script (PyTorch) =>> net Net { input 1x28x28; conv(8, 3); relu; maxpool(2); flatten; dense(10) }",
      "model = nn.Sequential(|  nn.Linear(30, 16), nn.ReLU(),|  nn.Linear(16, 2))|optimizer = torch.optim.SGD(model.parameters(), lr=0.1) =>> a Python script (PyTorch) =>> net N { input 30; dense(16); relu; dense(2) }",
      "from tensorflow import keras|model = keras.Sequential()|model.add(keras.layers.Flatten(input_shape=(28, 28)))|model.add(keras.layers.Dense(10, activation='relu'))"
          + " =>> a Python script (Keras) =>> net N { input 1x28x28; flatten; dense(10) -> relu }",
      "[net]|height=28|width=28|channels=1|[convolutional]|filters=8|size=3|activation=leaky|[connected]|output=10"
          + " =>> a darknet cfg =>> net N { input 1x28x28; conv(channels = 8, kernel = 3) -> leaky_relu(0.1); flatten; dense(features = 10) }",
      "name: \"D\"|input_dim: 1|input_dim: 3|input_dim: 8|input_dim: 8|layer { type: \"Convolution\" convolution_param { num_output: 4 kernel_size: 3 } }|layer { type: \"ReLU\" }"
          + " =>> a Caffe prototxt =>> net D { input 3x8x8; conv(channels = 4, kernel = 3); relu }",
      "net:|  input: 1x28x28|  layers:|    - flatten|    - dense: 10 =>> YAML =>> net N { input 1x28x28; flatten; dense(10) }",
      "{\"input\": [1, 28, 28], \"layers\": [{\"type\": \"flatten\"}, {\"type\": \"dense\", \"units\": 10}]} =>> JSON =>> net N { input 1x28x28; flatten; dense(features = 10) }",
      "<!DOCTYPE html>|<p>a</p> =>> a web page =>> net N { input 1x28x28; flatten; dense(10) }",
      "a,b,c|1,2,3|4,5,6 =>> a table (CSV) =>> net N { input 1x28x28; flatten; dense(10) }"})
  void aWholeFileIsToldOnce(String file, String what, String network) {
    List<Diagnostic> found = check(new Source("a.net", file.replace('|', '\n')));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().code()).isEqualTo(Code.L129);
    assertThat(found.getFirst().message()).isEqualTo("this is " + what + ", not a script");
    assertThat(found.getFirst().remedy().text()).isEqualTo("a network is written `" + network + "`");
  }

  private static String fixed(String script) {
    return Fix.of(new Source("a.net", script), OtherLibrariesTest::check).text();
  }

  private static List<Diagnostic> check(Source source) {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR, false, Language.ENGLISH), _ -> {})) {
      return session.check(source);
    }
  }
}
