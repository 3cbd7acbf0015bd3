package dev.lanewise.dsl.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What calls of other libraries are here: single ones as they are read, and every line of the table. */
class TableTest {
  /** What is given for a parameter that must be, by its name: calls of every line are made of these. */
  private static final Map<String, String> GIVEN = Map.ofEntries(
      Map.entry("in_channels", "4"), Map.entry("out_channels", "8"), Map.entry("kernel_size", "3"), Map.entry("kernel_shape", "3"), Map.entry("filters", "8"), Map.entry("channels", "8"),
      Map.entry("num_filter", "8"), Map.entry("kernel", "3"), Map.entry("output_channels", "8"), Map.entry("filterSize", "3"), Map.entry("numFilters", "8"), Map.entry("kernelSize", "3"),
      Map.entry("rows", "3"), Map.entry("columns", "3"), Map.entry("height", "3"), Map.entry("width", "3"), Map.entry("in_features", "12"), Map.entry("out_features", "5"), Map.entry("units", "5"), Map.entry("features", "5"),
      Map.entry("output_size", "5"), Map.entry("num_hidden", "5"), Map.entry("num_output", "5"), Map.entry("output", "5"), Map.entry("nOut", "5"), Map.entry("outputSize", "5"), Map.entry("size", "3"),
      Map.entry("pool_size", "2"), Map.entry("window_shape", "2"), Map.entry("poolSize", "2"), Map.entry("strides", "2"), Map.entry("stride", "2"), Map.entry("padding", "1"), Map.entry("pool_type", "\"avg\""),
      Map.entry("num_features", "4"), Map.entry("normalized_shape", "4"), Map.entry("num_groups", "2"), Map.entry("num_channels", "4"), Map.entry("rate", "0.3"), Map.entry("keep_prob", "0.8"), Map.entry("keep", "0.8"),
      Map.entry("alpha", "0.2"), Map.entry("activation", "\"relu\""), Map.entry("act_type", "\"relu\""), Map.entry("scale_factor", "2"), Map.entry("cropping", "1"), Map.entry("target_shape", "(16, 16, 4)"),
      Map.entry("unflattened_size", "(4, 16, 16)"), Map.entry("shape", "(16, 16, 4)"), Map.entry("input_shape", "(16, 16, 4)"), Map.entry("num_embeddings", "20"), Map.entry("embedding_dim", "6"),
      Map.entry("input_dim", "20"), Map.entry("output_dim", "6"), Map.entry("vocab_size", "20"), Map.entry("embed_dim", "4"), Map.entry("input_size", "4"), Map.entry("hidden_size", "6"),
      Map.entry("num_heads", "2"), Map.entry("key_dim", "2"), Map.entry("d_model", "4"), Map.entry("nhead", "2"), Map.entry("learning_rate", "0.01"), Map.entry("betas", "(0.8, 0.95)"),
      Map.entry("step_size", "2"), Map.entry("gamma", "0.5"), Map.entry("max_lr", "0.1"), Map.entry("decay_rate", "0.9"), Map.entry("degrees", "10"), Map.entry("factor", "0.1"),
      Map.entry("brightness", "0.2"), Map.entry("sigma", "0.1"), Map.entry("stddev", "0.1"), Map.entry("height_factor", "0.1"), Map.entry("time_mask_param", "4"), Map.entry("filepath", "\"n.safetensors\""),
      Map.entry("max_norm", "1"), Map.entry("clip_value", "0.5"), Map.entry("decay", "0.99"), Map.entry("layers", "here"), Map.entry("from", "here"), Map.entry("num_layers", "2"));

  @ParameterizedTest
  @CsvSource(delimiterString = "=>", value = {
      "nn.Conv2d(1, 8, 3) => conv(8, 3)",
      "Conv2d(1, 10, kernel_size=5) => conv(10, kernel = 5)",
      "torch.nn.Conv2d(in_channels=1, out_channels=8, kernel_size=(3, 5), padding='same', bias=False) => conv(channels = 8, kernel = 3x5, pad = same, bias = false)",
      "nn.Conv2d(3, 8, 3, 2, 1) => conv(8, 3, stride = 2, pad = 1)",
      "ConvTranspose2d(4, 2, 2, stride=2) => transposed_conv(2, 2, stride = 2)",
      "AdaptiveAvgPool2d(1) => avgpool(to = 1)",
      "nn.AdaptiveAvgPool2d((2, 2)) => avgpool(to = 2)",
      "max_pool2d(2) => maxpool(2)",
      "F.max_pool2d(x, 2) => maxpool(2)",
      "nn.BatchNorm2d(16, momentum=0.05) => batchnorm(momentum = 0.05)",
      "nn.Dropout(p=0.25) => dropout(p = 0.25)",
      "F.dropout(x, 0.3) => dropout(0.3)",
      "nn.LSTM(10, 20, num_layers=2, batch_first=True, bidirectional=True) => lstm(20, layers = 2, both = true)",
      "nn.Embedding(1000, 64) => embed(64)",
      "tf.keras.layers.Dense(64, activation=tf.nn.relu) => dense(64) -> relu",
      "layers.Dense(64, 'relu', kernel_initializer='he_normal') => dense(64, init = he_normal) -> relu",
      "Dense(10, activation=None) => dense(10)",
      "Conv2D(8, (3, 3), strides=(2, 2), padding='same', activation='relu') => conv(8, 3, stride = 2, pad = same) -> relu",
      "MaxPooling2D() => maxpool(2)",
      "MaxPooling2D((2, 2)) => maxpool(2)",
      "LSTM(32, return_sequences=True) => lstm(32)",
      "LSTM(32) => lstm(32) -> last",
      "Input(shape=(28, 28, 1)) => input 1x28x28",
      "InputLayer((784,)) => input 784",
      "LeakyReLU() => leaky_relu",
      "keras.layers.LeakyReLU() => leaky_relu(0.3)",
      "BatchNormalization(momentum=0.9) => batchnorm",
      "nn.Conv(features=8, kernel_size=(3, 3), padding='SAME') => conv(channels = 8, kernel = 3, pad = same)",
      "hk.Linear(10) => dense(10)",
      "jax.nn.silu => silu",
      "Convolution(num_output=20, kernel_size=5) => conv(channels = 20, kernel = 5)",
      "Pooling(pool=AVE, kernel_size=2, stride=2) => avgpool(size = 2, stride = 2)",
      "convolutional(filters=16, size=3, pad=1, batch_normalize=1, activation=leaky) => conv(channels = 16, kernel = 3, pad = same, bias = false) -> batchnorm -> leaky_relu(0.1)",
      "DenseLayer(nIn = 20, nOut = 3) => dense(features = 3)",
      "mx.sym.FullyConnected(data, num_hidden=10) => dense(features = 10)"})
  void layers(String there, String here) {
    assertThat(translated(Room.LAYER, there).text()).isEqualTo(here);
  }

  @ParameterizedTest
  @CsvSource(delimiterString = "=>", value = {
      "LOSS: nn.CrossEntropyLoss(label_smoothing=0.1) => cross_entropy(smooth = 0.1)",
      "LOSS: nn.CrossEntropyLoss(weight=[1, 2]) => cross_entropy(weights = [1, 2])",
      "LOSS: 'sparse_categorical_crossentropy' => cross_entropy",
      "LOSS: keras.losses.BinaryCrossentropy(from_logits=True) => bce_with_logits",
      "LOSS: BinaryCrossentropy() => bce",
      "OPTIMIZER: torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9) => sgd(lr = 0.1, momentum = 0.9)",
      "OPTIMIZER: Adam(1e-3, betas=(0.9, 0.99)) => adam(1e-3, beta1 = 0.9, beta2 = 0.99)",
      "OPTIMIZER: keras.optimizers.Adam(learning_rate=0.01) => adam(lr = 0.01)",
      "OPTIMIZER: optax.adamw(1e-2, weight_decay=0.1) => adamw(1e-2, decay = 0.1)",
      "SCHEDULE: StepLR(optimizer, 3, 0.5) => step(3, factor = 0.5)",
      "SCHEDULE: CosineAnnealingLR(T_max=10) => cosine",
      "AUGMENT: transforms.RandomRotation(10) => rotate(10)",
      "AUGMENT: RandomCrop(28, padding=4) => shift(pixels = 4)",
      "AUGMENT: ColorJitter(brightness=0.2) => brightness(least = 0.8, most = 1.2)",
      "DATA: torchvision.datasets.MNIST('data', train=True, download=True) => mnist()",
      "DATA: keras.datasets.mnist.load_data() => mnist()",
      "DATA: make_moons(n_samples=300, noise=0.15) => moons(count = 300, noise = 0.15)",
      "DATA: make_circles(200) => circles(count = 200)",
      "INIT: keras.initializers.RandomNormal(stddev=0.02) => normal(deviation = 0.02)",
      "WATCH: EarlyStopping(monitor='val_accuracy', patience=5) => early(val.accuracy, patience = 5)",
      "VERB: torch.save(N.state_dict(), 'n.safetensors') => save(N, \"n.safetensors\")",
      "VERB: fit(N, digits, epochs=3) => train N on digits { epochs = 3 }"})
  void others(String there, String here) {
    String[] parts = there.split(": ", 2);
    assertThat(translated(Room.valueOf(parts[0]), parts[1]).text()).isEqualTo(here);
  }

  private static Translation translated(Room room, String there) {
    return Table.translate(room, Written.of(there).orElseThrow()).orElseThrow();
  }

  @Test
  void aCallThatLacksSomethingIsNotGuessed() {
    assertThat(Table.translate(Room.LAYER, Written.of("nn.Conv2d(1, 8)").orElseThrow())).isEmpty();
    assertThat(Table.translate(Room.LAYER, Written.of("Conv2d(1, 8)").orElseThrow()).filter(Translation::sure)).isEmpty();
    assertThat(Table.translate(Room.LAYER, Written.of("other.Linear(1, 8)").orElseThrow())).isEmpty();
  }

  @Test
  void whatThereIsNothingForIsNamed() {
    assertThat(translated(Room.LAYER, "nn.Conv2d(1, 8, 3, padding_mode='reflect')").lost()).containsExactly("padding_mode");
    assertThat(translated(Room.LAYER, "nn.Conv2d(1, 8, 3, padding_mode='zeros')").lost()).isEmpty();
    assertThat(translated(Room.LAYER, "nn.Linear(4, 8, odd=3)").lost()).containsExactly("odd");
  }

  @Test
  void defaultsThatDifferAreTold() {
    assertThat(translated(Room.LAYER, "BatchNormalization()").differing())
        .containsExactly(new Translation.Differing("momentum", "0.01", "0.1"), new Translation.Differing("eps", "1e-3", "1e-5"));
    assertThat(translated(Room.OPTIMIZER, "torch.optim.Adam()").differing()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiterString = "=>", value = {
      "conv(in_channels=1, out_channels=6, kernel_size=3) => conv(channels = 6, kernel = 3)",
      "conv(8, 3, strides=2, padding='same') => conv(8, 3, stride = 2, pad = same)",
      "conv(3, 8, kernel_size=3) => conv(8, kernel = 3)"})
  void argumentsOfOthersInCallsOfOurOwn(String there, String here) {
    assertThat(Table.ofArguments(Room.LAYER, Written.of(there).orElseThrow(), List.of("channels", "kernel", "stride", "pad")).orElseThrow().text()).isEqualTo(here);
  }

  /** Every name of every line, called with what it must have. */
  static Stream<Example> examples() {
    return Table.entries().stream().filter(e -> e.room() == Room.LAYER || e.room() == Room.OPTIMIZER || e.room() == Room.SCHEDULE || e.room() == Room.INIT || e.room() == Room.AUGMENT)
        .flatMap(e -> e.names().stream().map(n -> new Example(e, n)));
  }

  record Example(Entry entry, String name) {
    Written call() {
      List<Written.Piece> pieces = new ArrayList<>();
      entry.parameters().stream().filter(Parameter::isRequired)
          .forEach(p -> pieces.add(new Written.Piece(p.name(), p.fixed() ? p.fallback().orElseThrow() : GIVEN.getOrDefault(p.name(), "3"))));
      return new Written(name, pieces);
    }

    String text() {
      return entry.translate(call(), false, Table::rewritten).orElseThrow().text();
    }

    @Override
    public String toString() {
      return call().toString();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyLineMakesWhatIsRightHere(Example example) {
    String script = script(example);
    assertThat(checked(script).diagnostics().stream().filter(Diagnostic::isError).map(Diagnostic::message)).as(script).isEmpty();
  }

  private static String script(Example example) {
    String text = example.text();
    return switch (example.entry().room()) {
      case LAYER -> text.startsWith("input") ? "net N = " + text + " -> flatten -> dense(2)" : text.isEmpty() ? "net N = input 4 -> dense(2)" : "net N { input " + input(text) + "; here: " + before(text) + text + " }";
      case OPTIMIZER -> training("optimizer = " + text);
      case SCHEDULE -> training("schedule = " + text);
      case INIT -> "net N = input 4 -> dense(2, init = " + text + ")";
      default -> "data d = " + (text.startsWith("mask") ? "tones(features = mel(20))" : "mnist()") + " { augment = [" + text + "] }";
    };
  }

  private static String before(String text) {
    return text.startsWith("concat") || text.startsWith("add") ? "relu; conv(4, 1); " : "";
  }

  private static String training(String setting) {
    return "data truth = moons(count = 80) { split.val = 20 }\nnet N = input 2 -> dense(4) -> tanh -> dense(2)\ntrain N on truth { " + setting + " }";
  }

  private static String input(String text) {
    String name = text.split("[( ]")[0];
    return switch (name) {
      case "dense", "softmax", "log_softmax" -> "12";
      case "groupnorm" -> "32x4x4";
      case "embed", "onehot" -> "10 of 20";
      case "rnn", "lstm", "gru", "attention", "transformer" -> "4x10";
      case "reshape" -> "1024";
      default -> "4x16x16";
    };
  }

  private static Checked checked(String script) {
    Source source = new Source("example.net", script);
    Parsed parsed = ScriptParser.parse(source);
    assertThat(parsed.diagnostics()).as(script).isEmpty();
    return Checker.check(source, parsed.script(), new Scope());
  }

  /** What a layer has by the formulas of the library that it comes from. */
  @ParameterizedTest
  @CsvSource(delimiterString = "=>", value = {
      // out (in / groups) k k + out
      "nn.Conv2d(4, 8, 3) => 296", "nn.Conv2d(4, 8, (3, 5), groups=2, bias=False) => 240", "nn.Conv1d(4, 8, 3) => 104",
      "keras.layers.Conv2D(8, 3, activation='relu') => 296", "flax.linen.Conv(features=8, kernel_size=(3, 3)) => 296", "hk.Conv2D(8, 3) => 296",
      "mx.gluon.nn.Conv2D(8, 3) => 296", "caffe.Convolution(num_output=8, kernel_size=3) => 296", "darknet.convolutional(filters=8, size=3) => 296",
      // without a bias, and 2 for each channel
      "darknet.convolutional(filters=8, size=3, batch_normalize=1) => 304",
      // in out k k + out
      "nn.ConvTranspose2d(4, 8, 2, stride=2) => 136", "keras.layers.Conv2DTranspose(8, 2, strides=2) => 136",
      // k k in + in
      "keras.layers.DepthwiseConv2D(3) => 40",
      // out in + out
      "nn.Linear(12, 5) => 65", "nn.Linear(12, 5, bias=False) => 60", "keras.layers.Dense(5, activation='tanh') => 65", "flax.linen.Dense(features=5) => 65", "hk.Linear(5) => 65",
      "mx.gluon.nn.Dense(5) => 65", "caffe.InnerProduct(num_output=5) => 65", "darknet.connected(output=5) => 65", "dl4j.DenseLayer(nIn=12, nOut=5) => 65",
      // a scale and a shift for each channel, or for each value
      "nn.BatchNorm2d(4) => 8", "keras.layers.BatchNormalization() => 8", "nn.GroupNorm(2, 32) => 64",
      // rows times columns
      "nn.Embedding(20, 6) => 120", "keras.layers.Embedding(20, 6) => 120",
      // gates (h in + h h + 2 h)
      "nn.RNN(4, 6) => 72", "nn.GRU(4, 6) => 216", "nn.LSTM(4, 6) => 288", "nn.LSTM(4, 6, num_layers=2) => 624", "nn.LSTM(4, 6, bidirectional=True) => 576",
      // 4 d d + 4 d
      "nn.MultiheadAttention(4, 2) => 80",
      // attention, two layers of a perceptron, two norms: 4 d d + 4 d + 2 d f + f + d + 4 d
      "nn.TransformerEncoderLayer(4, 2, dim_feedforward=8) => 172"})
  void asManyParameters(String there, int parameters) {
    String text = translated(Room.LAYER, there).text();
    String input = there.contains("1d") ? "4x10" : input(text);
    CheckedNet net = ((Definition.Net) checked("net N { input " + input + "; " + text + " }").scope().find("N").orElseThrow().definition()).net();
    assertThat(net.layers().stream().mapToLong(CheckedNet.Layer::parameters).sum()).as(text).isEqualTo(parameters);
  }

  @Test
  void wordsAreKnownHere() {
    assertThat(Table.words("kernel_size")).contains("kernel");
    assertThat(Table.words("Linear")).first().isEqualTo("dense");
    assertThat(Table.words("roc_auc")).containsExactly("auc");
    assertThat(Table.words("nothing_like_this")).isEmpty();
  }
}
