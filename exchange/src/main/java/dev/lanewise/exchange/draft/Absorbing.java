package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a layer does itself: a bias behind a product, batch normalisation that is spelled out. */
record Absorbing(Elements elements, Draft draft) {
  Optional<Live> of(Formula formula) {
    return bias(formula).or(() -> normal(formula)).or(() -> groups(formula));
  }

  /** {@code dense + b}. */
  private Optional<Live> bias(Formula formula) {
    if (!(formula instanceof Formula.Call(String word, List<Formula> of)) || !word.equals("+")) {
      return Optional.empty();
    }
    Formula a = of.getFirst(), b = of.getLast();
    if (a instanceof Formula.Leaf(Fixed _)) {
      Formula other = a;
      a = b;
      b = other;
    }
    if (a instanceof Formula.Leaf(Live x) && b instanceof Formula.Leaf(Fixed f) && elements.isAlone(x.step()) && x.step().call().contains("bias = false")) {
      return channels(x, f).map(numbers -> {
        Step step = x.step();
        step.call(step.call().replace(", bias = false", ""));
        step.with("bias", new int[] {numbers.length}, numbers);
        return x;
      });
    }
    return Optional.empty();
  }

  /** One number for each channel of a step, if the numbers are that. */
  private Optional<float[]> channels(Live x, Fixed f) {
    int channels = x.step().dims()[0];
    if (f.size() == 1 && channels != 1 || f.size() != channels) {
      return Optional.empty();
    }
    if (f.size() > 1) {
      List<Atom> own = new ArrayList<>();
      for (int axis = 0; axis < f.rank(); axis++) {
        if (f.dim(axis) != 1) {
          int there = axis + x.rank() - f.rank();
          if (there < 0) {
            return Optional.empty();
          }
          own.addAll(x.axes().get(there));
        }
      }
      if (x.order().size() < own.size() || !x.order().subList(0, own.size()).equals(own)) {
        return Optional.empty();
      }
    }
    return Optional.of(f.numbers());
  }

  /** {@code groupnorm * weight + bias}, where the normalisation itself was written without scales: of groups, one after the other. */
  private Optional<Live> groups(Formula formula) {
    if (formula instanceof Formula.Call(String plus, List<Formula> sum) && plus.equals("+") && sum.getLast() instanceof Formula.Leaf(Fixed bias)
        && sum.getFirst() instanceof Formula.Call(String times, List<Formula> product) && times.equals("*") && product.getLast() instanceof Formula.Leaf(Fixed weight)
        && product.getFirst() instanceof Formula.Leaf(Live x) && x.step().kind().equals("groupnorm") && elements.isAlone(x.step()) && isPlain(x.step())
        && x.axes().size() > 2 && !x.axes().get(1).isEmpty() && bias.size() == weight.size() && weight.size() == x.size(1) && weight.size() % x.step().dims()[0] == 0) {
      int[] dims = new int[x.rank() - 1];
      for (int i = 1; i < x.rank(); i++) {
        dims[i - 1] = (int) x.size(i);
      }
      Step in = draft.shaped(x.step().inputs().getFirst(), dims);
      Step step = draft.add("groupnorm", x.step().call(), dims, in)
          .with("weight", new int[] {weight.size()}, weight.numbers()).with("bias", new int[] {bias.size()}, bias.numbers()).wish(wish(weight.name()));
      return Optional.of(new Live(step, x.axes(), x.order()));
    }
    return Optional.empty();
  }

  private static boolean isPlain(Step step) {
    return Fixed.of(step.weights().getFirst().dims(), step.weights().getFirst().values()).isAll(1) && Fixed.of(step.weights().getLast().dims(), step.weights().getLast().values()).isAll(0);
  }

  /** {@code (x - mean) * (weight / sqrt(var + eps)) + bias}. */
  private Optional<Live> normal(Formula formula) {
    if (formula instanceof Formula.Call(String plus, List<Formula> sum) && plus.equals("+") && sum.getLast() instanceof Formula.Leaf(Fixed bias)
        && sum.getFirst() instanceof Formula.Call(String times, List<Formula> product) && times.equals("*") && product.getLast() instanceof Formula.Leaf(Fixed scale)
        && product.getFirst() instanceof Formula.Call(String minus, List<Formula> difference) && minus.equals("-") && difference.size() == 2
        && difference.getLast() instanceof Formula.Leaf(Fixed mean) && !Elements.leaves(difference.getFirst(), true).isEmpty()) {
      Optional<Fixed.Origin> ratio = scale.origin().filter(o -> o.operator().equals("/"));
      Optional<Fixed.Origin> root = ratio.flatMap(o -> o.of().getLast().origin()).filter(o -> o.operator().equals("sqrt"));
      Optional<Fixed.Origin> variance = root.flatMap(o -> o.of().getFirst().origin()).filter(o -> o.operator().equals("+") && o.of().getLast().size() == 1);
      if (variance.isPresent()) {
        Live x = elements.of(difference.getFirst());
        Fixed weight = ratio.get().of().getFirst();
        Fixed var = variance.get().of().getFirst();
        Optional<float[]> channels = channels(x, scale);
        if (channels.isPresent() && weight.size() == var.size() && var.size() == mean.size()) {
          return Optional.of(batchnorm(x, variance.get().of().getLast().at(0), weight, bias, mean, var));
        }
      }
    }
    return Optional.empty();
  }


  /** @param x with its channels first */
  Live batchnorm(Live x, double eps, Fixed weight, Fixed bias, Fixed mean, Fixed var) {
    double said = Elements.shortest((float) eps);
    String call = said == 1e-5 ? "batchnorm" : "batchnorm(eps = " + Spelled.number(said) + ")";
    int[] channels = {weight.size()};
    Step step = draft.add("batchnorm", call, x.step().dims(), x.step())
        .with("weight", channels, weight.numbers()).with("bias", channels, bias.numbers()).with("running_mean", channels, mean.numbers()).with("running_var", channels, var.numbers());
    step.wish(wish(weight.name()));
    return new Live(step, x.axes(), x.order());
  }

  /** A layer's name, of that of its weight. */
  static String wish(String weight) {
    return weight.endsWith(".weight") ? weight.substring(0, weight.length() - ".weight".length()) : "";
  }
}
