package dev.lanewise.benchmarks.accuracy;

import dev.lanewise.benchmarks.accuracy.LayerCase.Drawn;
import dev.lanewise.dsl.scope.Prelude;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every layer and loss of the language, each with an expression of PyTorch. One that has none here makes the program end. */
final class LayerCases {
  private static final Map<String, Object> NOTHING = Map.of();
  private static final int FEW = 32;
  private static final int BLOCK = 16;

  private final List<LayerCase> all = new ArrayList<>();
  private final boolean quick;

  private LayerCases(boolean quick) {
    this.quick = quick;
  }

  /** @param quick without those that take long */
  static List<LayerCase> all(boolean quick) {
    LayerCases cases = new LayerCases(quick);
    cases.convolutions();
    cases.dense();
    cases.pooling();
    cases.functions();
    cases.norms();
    cases.moved();
    cases.attention();
    cases.recurrences();
    cases.losses();
    cases.lossesOfThePrelude();
    Set<String> missing = missing(cases.all);
    if (!missing.isEmpty()) {
      throw new IllegalStateException("no case for " + String.join(", ", missing) + ": add one to LayerCases");
    }
    return cases.all;
  }

  /** What the language has and none of the cases is for. */
  static Set<String> missing(List<LayerCase> cases) {
    Set<String> missing = names();
    cases.forEach(c -> missing.remove(c.name()));
    return missing;
  }

  /** What there is: layers, losses, and what the prelude defines that is no function of one number. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    Layers.all().stream().filter(l -> !isExact(l)).forEach(l -> names.add(l.name()));
    Losses.all().forEach(l -> names.add(l.name()));
    Prelude.layers().forEach(l -> names.add(l.name().text()));
    for (Statement.Function f : Language.prelude()) {
      if (Language.isLoss(f) || !(Language.layer("", f.name().text(), Shape.of(4)) instanceof Pointwise)) {
        names.add(f.name().text());
      }
    }
    return names;
  }

  /** What copies numbers, or draws them: there is nothing to be near to. */
  private static boolean isExact(Layer layer) {
    return layer.takesWhole() || layer.equals(Noise.LAYER);
  }

  private void convolutions() {
    conv(Map.of("channels", 10, "kernel", 5), FEW, "", 1, 28, 28);
    conv(Map.of("channels", 20, "kernel", 5), FEW, "", 10, 12, 12);
    conv(Map.of("channels", 32, "kernel", 3, "pad", 1, "groups", 32), FEW, ", padding=1, groups=32", 32, 14, 14);
    conv(Map.of("channels", 8, "kernel", 3, "stride", 2, "pad", 1), FEW, ", stride=2, padding=1", 6, 15, 15);
    conv(Map.of("channels", 8, "kernel", 3, "pad", 2, "dilation", 2), FEW, ", padding=2, dilation=2", 6, 15, 15);
    conv(Map.of("channels", 8, "kernel", List.of(3, 5), "stride", List.of(1, 2), "pad", List.of(1, 2)), FEW, ", stride=(1, 2), padding=(1, 2)", 6, 15, 15);
    conv(Map.of("channels", 16, "kernel", 1), FEW, "", 64, 8, 8);
    if (!quick) {
      conv(Map.of("channels", 64, "kernel", 3, "pad", 1), BLOCK, ", padding=1", 64, 32, 32);
      conv(Map.of("channels", 64, "kernel", 3, "stride", 2, "pad", 1), BLOCK, ", stride=2, padding=1", 64, 33, 33);
    }
    layer("conv", Map.of("channels", 8, "kernel", 3, "pad", 1), FEW, "F.conv1d(x, weight, bias, padding=1)", 4, 64);
    layer("transposed_conv", Map.of("channels", 8, "kernel", 4, "stride", 2, "pad", 1), FEW,
        "F.conv_transpose2d(x, weight, bias, stride=2, padding=1)", 16, 8, 8);
  }

  private void conv(Map<String, Object> arguments, int examples, String more, int... in) {
    layer("conv", arguments, examples, "F.conv2d(x, weight, bias" + more + ")", in);
  }

  private void dense() {
    String torch = "F.linear(x, weight, bias)";
    layer("dense", Map.of("features", 128), FEW, torch, 784);
    layer("dense", Map.of("features", 10), FEW, torch, 50);
    layer("dense", Map.of("features", quick ? 16 : 1000), FEW, torch, 4096);
  }

  private void pooling() {
    layer("maxpool", Map.of("size", 2), FEW, "F.max_pool2d(x, 2)", 10, 24, 24);
    layer("maxpool", Map.of("size", 3, "stride", 2, "pad", 1), FEW, "F.max_pool2d(x, 3, 2, 1)", 10, 15, 15);
    layer("avgpool", Map.of("size", 2), FEW, "F.avg_pool2d(x, 2)", 10, 24, 24);
    layer("avgpool", Map.of("to", 3), FEW, "F.adaptive_avg_pool2d(x, 3)", 10, 14, 14);
    Map<String, Object> global = Map.of("size", "global");
    of(Drawn.uniform(0, 1), "avgpool", global, FEW, "F.adaptive_avg_pool2d(x, 1)", 8, 7, 7);
    if (!quick) {
      of(Drawn.uniform(0, 1), "avgpool", global, BLOCK, "F.adaptive_avg_pool2d(x, 1)", 3, 256, 256);
      layer("avgpool", global, BLOCK, "F.adaptive_avg_pool2d(x, 1)", 3, 256, 256);
    }
  }

  private void functions() {
    Drawn wide = Drawn.normal(0, 3);
    of(wide, "relu", NOTHING, FEW, "F.relu(x)", 500);
    of(wide, "sigmoid", NOTHING, FEW, "torch.sigmoid(x)", 500);
    of(wide, "tanh", NOTHING, FEW, "torch.tanh(x)", 500);
    for (int classes : new int[] {10, 1000}) {
      of(wide, "softmax", NOTHING, FEW, "F.softmax(x, 1)", classes);
      of(wide, "log_softmax", NOTHING, FEW, "F.log_softmax(x, 1)", classes);
    }
    layer("dropout", Map.of("p", 0.3), FEW, "x * (mask / (1 - 0.3))", 500);
    layer("dropout2d", Map.of("p", 0.3), FEW, "x * (mask / (1 - 0.3))", 10, 8, 8);
    defined("var", "((x - x.mean(1, keepdim=True)) ** 2).mean(1)", 500);
  }

  private void norms() {
    String batch = "F.batch_norm(x, None, None, weight, bias, True)";
    String layer = "F.layer_norm(x, x.shape[1:], weight, bias)";
    String group = "F.group_norm(x, 4, weight, bias)";
    Drawn far = Drawn.normal(10, 1);
    layer("batchnorm", NOTHING, FEW, batch, 100);
    layer("batchnorm", NOTHING, FEW, batch, 16, 12, 12);
    of(far, "batchnorm", NOTHING, FEW, batch, 16, 12, 12);
    layer("layernorm", NOTHING, FEW, layer, 512);
    of(far, "layernorm", NOTHING, FEW, layer, 512);
    String places = "F.layer_norm(x.transpose(1, 2), x.shape[1:2], weight, bias).transpose(1, 2)";
    layer("layernorm", NOTHING, FEW, places, 128, 64);
    of(far, "layernorm", NOTHING, FEW, places, 128, 64);
    layer("groupnorm", Map.of("groups", 4), FEW, group, 16, 12, 12);
    if (!quick) {
      layer("batchnorm", NOTHING, BLOCK, batch, 3, 256, 256);
      of(far, "batchnorm", NOTHING, BLOCK, batch, 3, 256, 256);
      layer("layernorm", NOTHING, BLOCK, layer, 3, 128, 128);
      layer("groupnorm", Map.of("groups", 4), BLOCK, group, 8, 128, 128);
    }
  }

  private void moved() {
    layer("upsample", Map.of("factor", 2), FEW, "F.interpolate(x, scale_factor=2)", 4, 8, 8);
    layer("upsample", Map.of("factor", 3, "mode", "bilinear"), FEW, "F.interpolate(x, scale_factor=3, mode='bilinear')", 4, 8, 8);
    layer("pad", Map.of("size", 2), FEW, "F.pad(x, (2, 2, 2, 2))", 4, 8, 8);
    layer("crop", Map.of("size", 2), FEW, "x[:, :, 2:-2, 2:-2]", 4, 8, 8);
    layer("reshape", Map.of("shape", List.of(16, 16)), FEW, "x.reshape(-1, 16, 16)", 4, 8, 8);
    layer("transpose", NOTHING, FEW, "x.transpose(1, 2)", 4, 64);
    layer("positions", NOTHING, FEW, "x + weight.T", 32, 64);
    String angles = "(torch.arange(64, dtype=torch.float64) / 10000 ** ((torch.arange(32) // 2 * 2)[:, None] / 32))";
    layer("sine_positions", NOTHING, FEW,
        "x + torch.where(torch.arange(32)[:, None] % 2 == 0, torch.sin" + angles + ", torch.cos" + angles + ").to(x.dtype)", 32, 64);
    layer("last", NOTHING, FEW, "x[:, :, -1]", 32, 64);
    layer("flatten", NOTHING, FEW, "x.flatten(1)", 4, 8, 8);
  }

  private void attention() {
    String rows = "x.permute(2, 0, 1), ";
    String torch = "F.multi_head_attention_forward(" + rows + rows + rows + "32, 4, in_proj_weight, in_proj_bias, None, None, False, 0.0, "
        + "out_proj_weight, out_proj_bias, need_weights=False)[0].permute(1, 2, 0)";
    layer("attention", Map.of("heads", 4), FEW, torch, 32, 64);
  }

  private void recurrences() {
    String weights = "[weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0], True, 1, 0.0, True, False, True";
    for (int places : quick ? new int[] {8} : new int[] {16, 256}) {
      String zeros = "torch.zeros(1, len(x), 32, dtype=x.dtype)";
      String x = "(x.transpose(1, 2), ";
      memory("rnn(32)", "torch.rnn_tanh" + x + zeros + ", " + weights + ")[0].transpose(1, 2)", 24, places);
      memory("gru(32)", "torch.gru" + x + zeros + ", " + weights + ")[0].transpose(1, 2)", 24, places);
      memory("lstm(32)", "torch.lstm" + x + "(" + zeros + ", " + zeros + "), " + weights + ")[0].transpose(1, 2)", 24, places);
    }
  }

  private void memory(String call, String torch, int... in) {
    Shape shape = Shape.of(in);
    all.add(new LayerCase(call.replaceFirst("\\(.*", ""), call + " of " + shape, Language.layer("", call, shape), false, Drawn.NORMAL, FEW, torch));
  }

  private void losses() {
    Drawn wide = Drawn.normal(0, 3);
    for (int classes : new int[] {10, 1000}) {
      loss(wide, "cross_entropy", NOTHING, classes, "F.cross_entropy(x, label, reduction='none')");
    }
    loss(wide, "cross_entropy", Map.of("smooth", 0.1), 10, "F.cross_entropy(x, label, reduction='none', label_smoothing=0.1)");
    loss(Drawn.NORMAL, "triplet", NOTHING, 64, "F.triplet_margin_loss(x0, x1, x2, reduction='none')");
    loss(Drawn.NORMAL, "contrastive", Map.of("temperature", 0.5), 64, VIEWS);
  }

  /** SimCLR's, of two views of each example: what each counts, with all others of the batch. */
  private static final String VIEWS =
      "(lambda z, n: F.cross_entropy((z @ z.T / 0.5).masked_fill(torch.eye(2 * n, dtype=torch.bool), float('-inf')), "
          + "torch.cat([torch.arange(n) + n, torch.arange(n)]), reduction='none').reshape(2, n).mean(0))(F.normalize(torch.cat([x0, x1]), dim=1), len(x0))";

  private void lossesOfThePrelude() {
    Drawn wide = Drawn.normal(0, 3);
    String t = "onehot(label, x)";
    prelude("mse", wide, "F.mse_loss(x, " + t + ", reduction='none').mean(1)");
    prelude("mae", wide, "F.l1_loss(x, " + t + ", reduction='none').mean(1)");
    prelude("l1", wide, "F.l1_loss(x, " + t + ", reduction='none').mean(1)");
    prelude("huber", wide, "F.huber_loss(x, " + t + ", reduction='none').mean(1)");
    prelude("bce", Drawn.uniform(0.001, 0.999), "F.binary_cross_entropy(x, " + t + ", reduction='none').mean(1)");
    prelude("bce_with_logits", wide, "F.binary_cross_entropy_with_logits(x, " + t + ", reduction='none').mean(1)");
    prelude("nll", Drawn.uniform(-8, 0), "F.nll_loss(x, label, reduction='none')");
    prelude("kl(smooth = 0.1)", Drawn.uniform(-8, 0), "F.kl_div(x, 0.9 * " + t + " + 0.01, reduction='none').sum(1)");
    prelude("hinge", wide, "torch.clamp(1 - x * (2 * " + t + " - 1), min=0).mean(1)");
    String p = "F.softmax(x, 1).gather(1, label[:, None])[:, 0]";
    prelude("focal", wide, "-((1 - " + p + ") ** 2 * torch.log(" + p + "))");
  }

  private void layer(String name, Map<String, Object> arguments, int examples, String torch, int... in) {
    of(Drawn.NORMAL, name, arguments, examples, torch, in);
  }

  private void of(Drawn numbers, String name, Map<String, Object> arguments, int examples, String torch, int... in) {
    Layer layer = Layers.named(name).orElseThrow();
    Computation computation = layer.bind(Arguments.of(layer.signature(), arguments), Shape.of(in));
    all.add(new LayerCase(name, call(layer, arguments, Shape.of(in), numbers), computation, false, numbers, examples, torch));
  }

  /** One that the prelude defines. */
  private void defined(String name, String torch, int... in) {
    Shape shape = Shape.of(in);
    all.add(new LayerCase(name, name + " of " + shape, Language.layer("", name, shape), false, Drawn.NORMAL, FEW, torch));
  }

  private void loss(Drawn numbers, String name, Map<String, Object> arguments, int outputs, String torch) {
    Layer layer = Losses.named(name).orElseThrow();
    Computation computation = layer.bind(Arguments.of(layer.signature(), arguments), Shape.of(outputs));
    all.add(new LayerCase(name, call(layer, arguments, Shape.of(outputs), numbers), computation, true, numbers, FEW, torch));
  }

  private void prelude(String call, Drawn numbers, String torch) {
    Shape outputs = Shape.of(10);
    String name = call.replaceFirst("\\(.*", "");
    all.add(new LayerCase(
        name, call + " of " + outputs + from(numbers), Language.loss(call, outputs.size()), true, numbers, FEW, torch));
  }

  private static String call(Layer layer, Map<String, Object> arguments, Shape in, Drawn numbers) {
    String list = layer.signature().arguments().stream()
        .filter(a -> arguments.containsKey(a.name()))
        .map(a -> a.name() + " = " + arguments.get(a.name()))
        .collect(Collectors.joining(", "));
    return layer.name() + (list.isEmpty() ? "" : "(" + list + ")") + " of " + in + from(numbers);
  }

  /** What the inputs are, where they are not the usual. */
  private static String from(Drawn numbers) {
    return numbers.equals(Drawn.NORMAL)
        ? ""
        : numbers.uniform()
            ? String.format(", in [%s, %s)", numbers.from(), numbers.to())
            : String.format(", mean %.0f, deviation %.0f", numbers.from(), numbers.to());
  }
}
