package dev.lanewise.exchange.torch;

import dev.lanewise.exchange.form.Resampling;
import dev.lanewise.runtime.operation.AtPlaces;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Excerpt;
import dev.lanewise.runtime.operation.LastOf;
import dev.lanewise.runtime.operation.LayerNorm;
import dev.lanewise.runtime.operation.LogSoftmax;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.OneHot;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Repeat;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.operation.Waves;
import dev.lanewise.runtime.tensor.Taps;
import dev.lanewise.runtime.tensor.Windows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What each operation of a network that predicts is as a line of PyTorch. */
record Functions(Lines lines) {
  /** @param name what the result is called */
  Tensor of(String name, Operation operation, List<Tensor> in) {
    Tensor x = in.isEmpty() ? null : in.getFirst();
    List<Integer> dims = operation.outputs().getFirst().shape().dims();
    return switch (operation) {
      case Pointwise p -> pointwise(name, p, in);
      case Conv c -> line(name, "F.conv%dd(%s, %s)".formatted(sides(c).size(), list(in), taps(c)), dims);
      case Conv.InputGradient g -> transposedConv(name, g.of(), in);
      case Dense _ -> line(name, "F.linear(" + list(in) + ")", dims);
      case Dense.InputGradient _ -> line(name, x.text() + " @ " + in.get(1).text(), dims);
      case MaxPool p -> maxPool(name, p, x);
      case Reduce r -> reduce(name, r, x);
      case Reshape r -> shaped(name, x, r.to().dims());
      case Transpose _ -> line(name, x.text() + ".transpose(1, 2)", dims);
      case Slice s -> line(name, x.text() + "[:, " + s.from() + ":" + s.to() + "]", dims);
      case Concat _ -> line(name, "torch.cat([" + list(in.stream().map(this::each).toList()) + "], 1)", dims);
      case Resample r -> resample(name, r, x);
      case Repeat r -> repeat(name, r, x);
      case Spread s -> new Tensor(x.text(), s.shape().dims(), false);
      case Softmax _ -> line(name, "F.softmax(" + x.text() + ", 1)", dims);
      case LogSoftmax _ -> line(name, "F.log_softmax(" + x.text() + ", 1)", dims);
      case LayerNorm n -> layerNorm(name, n, in);
      case Embed e -> embed(name, e, x, "F.embedding(%s, " + in.get(1).text() + ")");
      case OneHot o -> oneHot(name, o, x);
      case Attend a -> attend(name, a, in);
      case AtPlaces a -> atPlaces(name, a, in);
      case LastOf l -> lastOf(name, l, x);
      case Waves w -> waves(w);
      case Noise _ -> line(name, "torch.randn_like(" + each(x).text() + ")", dims);
      case Excerpt e -> new Tensor(x.text() + "[" + e.from() + ":" + e.to() + "]", dims, false);
      case Scan s -> new Loop(this).of(name, s, in);
      default -> throw new IllegalArgumentException(name + ": " + operation.name() + " is no part of a network that predicts");
    };
  }

  Tensor line(String name, String expression, List<Integer> dims) {
    return Tensor.of(lines.let(name, expression), dims);
  }

  private static String list(List<Tensor> in) {
    return in.stream().map(Tensor::text).collect(Collectors.joining(", "));
  }

  static String numbers(List<Integer> dims) {
    return dims.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** With a value for every example. */
  Tensor each(Tensor x) {
    return x.each() ? x : Tensor.of(x.text() + ".expand(" + lines.batch() + ", " + numbers(x.dims()) + ")", x.dims());
  }

  Tensor shaped(String name, Tensor x, List<Integer> dims) {
    if (x.dims().equals(dims)) {
      return x;
    }
    return x.each() ? line(name, x.text() + (dims.size() == 1 ? ".flatten(1)" : ".reshape(-1, " + numbers(dims) + ")"), dims)
        : new Tensor(x.text() + ".reshape(" + numbers(dims) + ")", dims, false);
  }

  private Tensor pointwise(String name, Pointwise p, List<Tensor> in) {
    Map<String, String> arguments = new LinkedHashMap<>();
    for (int i = 0; i < in.size(); i++) {
      arguments.put(p.arguments().get(i).name(), beside(in.get(i), p.shape().dims()).text());
    }
    boolean whole = IntStream.range(0, in.size()).anyMatch(i -> in.get(i).size() == p.shape().size() && p.formula().has(p.arguments().get(i).name()));
    String formula = new Formula(arguments).of(p.formula());
    List<Integer> dims = p.shape().dims();
    boolean each = in.stream().anyMatch(Tensor::each);
    if (!whole) {
      return line(name, "torch.as_tensor(" + formula + ").expand(" + lines.batch() + ", " + numbers(dims) + ")", dims);
    }
    return new Tensor(lines.let(name, formula), dims, each);
  }

  /** In a form that counts for each element: one number for each group has dimensions of 1 behind. */
  private Tensor beside(Tensor x, List<Integer> dims) {
    int size = dims.stream().reduce(1, (a, b) -> a * b);
    if (x.size() == size) {
      return inline(x, dims);
    }
    List<Integer> wanted = new ArrayList<>();
    int reached = 1;
    for (int d : dims) {
      wanted.add(reached < x.size() ? d : 1);
      reached *= wanted.getLast();
    }
    if (reached == x.size()) {
      return inline(x, wanted);
    }
    Tensor groups = inline(x, List.of(x.size(), 1));
    return inline(new Tensor(groups.text() + ".expand(" + (x.each() ? "-1, " : "") + "-1, " + size / x.size() + ")", List.of(x.size(), size / x.size()), x.each()), dims);
  }

  private static Tensor inline(Tensor x, List<Integer> dims) {
    return x.dims().equals(dims) ? x : new Tensor(x.text() + ".reshape(" + (x.each() ? "-1, " : "") + numbers(dims) + ")", dims, x.each());
  }

  static List<Taps> sides(Conv c) {
    return c.in().isSequence() ? List.of(c.columns()) : List.of(c.rows(), c.columns());
  }

  /** One number where all sides have the same. */
  static <T> String of(List<T> sides, Function<T, Integer> number) {
    List<Integer> numbers = sides.stream().map(number).toList();
    return numbers.stream().distinct().count() == 1 ? numbers.getFirst().toString() : "(" + numbers(numbers) + ")";
  }

  /** What is not as it is without a word. */
  static String taps(Conv c) {
    List<Taps> sides = sides(c);
    List<String> said = new ArrayList<>();
    said(said, "stride", of(sides, Taps::stride), "1");
    said(said, "padding", of(sides, Taps::padding), "0");
    said(said, "dilation", of(sides, Taps::dilation), "1");
    said(said, "groups", Integer.toString(c.groups()), "1");
    return said.isEmpty() ? "groups=1" : String.join(", ", said);
  }

  static void said(List<String> to, String name, String value, String usual) {
    if (!value.equals(usual)) {
      to.add(name + "=" + value);
    }
  }

  private Tensor transposedConv(String name, Conv of, List<Tensor> in) {
    var small = of.outputs().getFirst().shape();
    List<Integer> missed = new ArrayList<>(List.of(missed(of.columns(), of.in().width(), small.width())));
    if (!of.in().isSequence()) {
      missed.addFirst(missed(of.rows(), of.in().height(), small.height()));
    }
    String padding = of(missed, m -> m);
    return line(name, "F.conv_transpose%dd(%s, %s%s)".formatted(missed.size(), list(in), taps(of), padding.equals("0") ? "" : ", output_padding=" + padding), of.in().dims());
  }

  static int missed(Taps taps, int large, int small) {
    return large - ((small - 1) * taps.stride() - 2 * taps.padding() + (taps.count() - 1) * taps.dilation() + 1);
  }

  private Tensor maxPool(String name, MaxPool p, Tensor x) {
    var window = p.window();
    List<Windows> sides = window.in().isSequence() ? List.of(window.columns()) : List.of(window.rows(), window.columns());
    List<Integer> dims = p.outputs().getFirst().shape().dims();
    if (sides.stream().allMatch(Windows.Sliding.class::isInstance)) {
      return line(name, "F.max_pool" + sides.size() + "d(" + x.text() + windows(sides.stream().map(Windows.Sliding.class::cast).toList()) + ")", dims);
    }
    return line(name, "F.adaptive_max_pool" + sides.size() + "d(" + x.text() + ", (" + numbers(sides.stream().map(Windows::out).toList()) + (sides.size() == 1 ? ",))" : "))"), dims);
  }

  private static String windows(List<Windows.Sliding> sides) {
    List<String> said = new ArrayList<>();
    String size = of(sides, Windows.Sliding::size);
    said(said, "stride", of(sides, Windows.Sliding::stride), size);
    said(said, "padding", of(sides, Windows.Sliding::padding), "0");
    return ", " + size + said.stream().map(s -> ", " + s).collect(Collectors.joining());
  }

  private Tensor reduce(String name, Reduce r, Tensor x) {
    String sum = each(x).text() + ".reshape(-1, " + r.groups() + ", " + r.count() + ", " + r.inner() + ")";
    boolean mean = r.factor() == 1.0 / r.count();
    String scaled = sum + (mean ? ".mean(2)" : ".sum(2)") + ".flatten(1)" + (mean || r.factor() == 1 ? "" : " * " + Formula.number(r.factor()));
    return line(name, scaled, List.of(r.groups() * r.inner()));
  }

  private Tensor resample(String name, Resample r, Tensor x) {
    List<Integer> dims = r.out().dims();
    int sides = r.in().isSequence() ? 1 : 2;
    return switch (Resampling.of(r)) {
      case Resampling.Means(List<Windows.Sliding> windows) -> line(name, "F.avg_pool" + sides + "d(" + x.text() + windows(windows) + ")", dims);
      case Resampling.Covered(List<Integer> windows) -> line(name, "F.adaptive_avg_pool" + sides + "d(" + x.text() + ", (" + numbers(windows) + ",))", dims);
      case Resampling.Enlarged(int factor, boolean onLines) -> line(
          name, "F.interpolate(" + x.text() + ", scale_factor=" + factor + (!onLines ? "" : ", mode=\"" + (sides == 1 ? "linear" : "bilinear") + "\"") + ")", dims);
      case Resampling.Moved(List<Integer> before, List<Integer> behind) -> {
        // The last side comes first.
        List<Integer> pads = new ArrayList<>();
        for (int i = sides - 1; i >= 0; i--) {
          pads.add(before.get(i));
          pads.add(behind.get(i));
        }
        yield line(name, "F.pad(" + x.text() + ", (" + numbers(pads) + "))", dims);
      }
      case Resampling.Weighted _ -> throw new IllegalArgumentException(name + ": planes are made of others in no way that PyTorch has");
    };
  }

  private Tensor repeat(String name, Repeat r, Tensor x) {
    int inner = r.in().size() / r.groups();
    int count = r.shape().size() / r.in().size();
    String many = each(x).text() + ".reshape(-1, " + r.groups() + ", 1, " + inner + ").expand(-1, -1, " + count + ", -1)";
    return line(name, many + ".reshape(-1, " + numbers(r.shape().dims()) + ")", r.shape().dims());
  }

  private Tensor layerNorm(String name, LayerNorm n, List<Tensor> in) {
    int size = n.in().size() / n.places();
    List<Integer> dims = n.in().dims();
    boolean rows = dims.equals(List.of(n.places(), size)) || n.places() == 1 && dims.equals(List.of(size));
    String x = each(in.getFirst()).text() + (rows ? "" : ".reshape(-1, " + n.places() + ", " + size + ")");
    String flat = "%s.flatten()";
    String normal = "F.layer_norm(" + x + ", (" + size + ",), " + flat.formatted(in.get(1).text()) + ", " + flat.formatted(in.get(2).text()) + (n.eps() == 1e-5 ? ")" : ", " + n.eps() + ")");
    return line(name, normal + (rows ? "" : ".reshape(-1, " + numbers(dims) + ")"), dims);
  }

  /** @param call of the rows that are looked up */
  Tensor embed(String name, Embed e, Tensor x, String call) {
    List<Integer> dims = e.outputs().getFirst().shape().dims();
    String rows = call.formatted(x.text() + ".long()");
    return line(name, dims.size() == 1 ? rows + ".flatten(1)" : e.turned() ? rows : rows + ".movedim(-1, 1)", dims);
  }

  private Tensor oneHot(String name, OneHot o, Tensor x) {
    List<Integer> dims = o.outputs().getFirst().shape().dims();
    return o.count() == 1 ? shaped(name, x, dims)
        : line(name, "F.one_hot(" + x.text() + ".reshape(-1, " + o.in().size() + ").long(), " + o.count() + ").float().transpose(1, 2).reshape(-1, " + numbers(dims) + ")", dims);
  }

  private Tensor attend(String name, Attend a, List<Tensor> in) {
    String q = heads(in.get(a.q().input()), a.q(), a.heads(), a.size());
    String k = heads(in.get(a.k().input()), a.k(), a.heads(), a.size());
    String v = heads(in.get(a.v().input()), a.v(), a.heads(), a.valueSize());
    List<Integer> dims = List.of(a.places(), a.heads() * a.valueSize());
    String end = ".transpose(1, 2).reshape(-1, " + numbers(dims) + ")";
    if (!a.masked()) {
      return line(name, "F.scaled_dot_product_attention(" + q + ", " + k + ", " + v + (a.causal() ? ", is_causal=True)" : ")") + end, dims);
    }
    String real = lines.let(name + ".real", in.getLast().text() + ".reshape(-1, 1, 1, " + a.others() + ") > 0");
    String seen = a.causal() ? lines.let(name + ".seen", real + " & torch.ones(" + a.places() + ", " + a.others() + ", dtype=torch.bool).tril()") : real;
    // A place that sees none gets zeros.
    return line(name, "torch.nan_to_num(F.scaled_dot_product_attention(" + q + ", " + k + ", " + v + ", attn_mask=" + seen + "))" + end, dims);
  }

  private String heads(Tensor x, Attend.Part part, int heads, int size) {
    boolean whole = part.from() == 0 && part.width() == heads * size;
    String own = each(x).text() + (whole ? "" : "[:, :, " + part.from() + ":" + (part.from() + heads * size) + "]");
    return own + ".reshape(-1, " + x.dims().getFirst() + ", " + heads + ", " + size + ").transpose(1, 2)";
  }

  /** The batch of a batch and its places, one example each. */
  private Tensor atPlaces(String name, AtPlaces a, List<Tensor> in) {
    List<Tensor> read = new ArrayList<>();
    for (int i = 0; i < in.size(); i++) {
      boolean data = i < a.of().inputs().size() - a.of().parameters().size();
      List<Integer> own = a.of().inputs().get(i).shape().dims();
      read.add(data ? Tensor.of(each(in.get(i)).text() + ".reshape(-1, " + numbers(own) + ")", own) : in.get(i));
    }
    List<Integer> dims = a.outputs().getFirst().shape().dims();
    return line(name, of(name + ".at", a.of(), read).text() + ".reshape(-1, " + numbers(dims) + ")", dims);
  }

  private Tensor lastOf(String name, LastOf l, Tensor x) {
    String order = lines.let(name + ".order", "(" + x.text() + ".reshape(-1, " + l.places() + ") > 0) * torch.arange(1, " + (l.places() + 1) + ")");
    return line(name, "((" + order + " == " + order + ".amax(1, keepdim=True)) & (" + order + " > 0)).float()", List.of(l.places()));
  }

  private Tensor waves(Waves w) {
    return new Tensor("sine_positions(" + w.places() + ", " + w.channels() + ")", List.of(w.places(), w.channels()), false);
  }
}
