package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Formulas of every element as steps: layers that are known, sums and products of branches, functions and layers of one's own. */
public final class Elements {
  /** Steps that can take a bias if they have none. */
  private static final Set<String> LINEAR = Set.of("dense", "conv", "transposed_conv");

  private final Draft draft;
  private final Set<Step> alone = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Step> shared = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Formula, Live> known = new IdentityHashMap<>();
  private final Padding padding;
  private final List<Live> inputs = new ArrayList<>();

  public Elements(Draft draft) {
    this.draft = draft;
    this.padding = new Padding(draft, this);
  }

  /** Says of a value how often it is read: what is read once, under whatever shape, may take over what is done to it. */
  public void read(Step step, boolean once) {
    if (!once) {
      shared.add(step);
    }
    alone.add(step);
  }

  /** Says which inputs of numbers there are. */
  public void given(Live input) {
    inputs.add(input);
  }

  /** A number that is the same for all examples as a value of an example, if it has the shape of an input: {@code 0 * x + 3}. */
  public Optional<Live> constant(Fixed number) {
    boolean alike = number.size() > 0 && number.isAll(number.at(0));
    return inputs.stream().filter(x -> alike && number.rank() == x.rank() && IntStream.range(0, x.rank()).allMatch(i -> x.isBatch(i) ? number.dim(i) == 1 : x.size(i) == number.dim(i)))
        .findFirst().map(x -> of(Formula.number(0).times(new Formula.Leaf(x)).plus(Formula.number(number.at(0)))));
  }

  /** What is done where there is padding. */
  public Padding padding() {
    return padding;
  }

  public Live of(Formula formula) {
    Live found = known.get(formula);
    if (found == null) {
      found = made(formula);
      known.put(formula, found);
    }
    return found;
  }

  private Live made(Formula formula) {
    if (formula instanceof Formula.Leaf(Live live)) {
      return live;
    }
    if (padding.isIn(formula)) {
      Formula settled = formula.replaced(f -> f instanceof Formula.Leaf ? null : padding.of(f).map(Formula.Leaf::new).orElse(null));
      return settled instanceof Formula.Leaf(Live live) ? live : plain(settled);
    }
    return plain(formula);
  }

  private Live plain(Formula formula) {
    Optional<Live> taken = new Absorbing(this, draft).of(formula);
    if (taken.isPresent()) {
      return taken.get();
    }
    Formula plain = scaled(formula.replaced(f -> f instanceof Formula.Leaf(Fixed x) && x.size() == 1 ? Formula.number(shortest(x.at(0))) : null));
    if (plain instanceof Formula.Leaf(Live live)) {
      return live;
    }
    List<Formula> lives = leaves(plain, true), fixed = leaves(plain, false);
    if (lives.isEmpty()) {
      throw new RefusedException("nothing in it depends on the example");
    }
    Optional<Live> named = named(plain);
    if (named.isPresent()) {
      return named.get();
    }
    if (lives.size() > 1 && plain instanceof Formula.Call(String word, List<Formula> of) && (word.equals("+") || word.equals("*"))
        && of.stream().allMatch(p -> !leaves(p, true).isEmpty()) && (!fixed.isEmpty() || of.stream().allMatch(this::isPlain))) {
      return joined(word.equals("+") ? "add" : "mul", lives(of));
    }
    if (lives.size() == 1) {
      return fixed.isEmpty() ? function(plain, lives) : layer(plain, lives.getFirst(), fixed);
    }
    return fixed.isEmpty() ? function(plain, lives) : apart(plain);
  }

  /** A number times a number times a value: once, and not at all if it is 1. So a sum that is divided is a mean. */
  private static Formula scaled(Formula formula) {
    double factor = 1;
    int factors = 0;
    Formula now = formula;
    while (now instanceof Formula.Call(String word, List<Formula> of) && (word.equals("*") || word.equals("/") && of.getLast() instanceof Formula.Number)
        && of.stream().anyMatch(Formula.Number.class::isInstance)) {
      int at = of.getFirst() instanceof Formula.Number ? 0 : 1;
      double number = ((Formula.Number) of.get(at)).value();
      factor *= word.equals("*") ? number : 1 / number;
      now = of.get(1 - at);
      factors++;
    }
    return factors < 2 ? formula : Math.abs(factor - 1) < 1e-7 ? now : Formula.number(factor).times(now);
  }

  /** As the file's single precision writes it, in decimal. */
  public static double shortest(double value) {
    return value == (float) value && Math.abs(value) < Float.MAX_VALUE ? Double.parseDouble(Float.toString((float) value)) : value;
  }

  /** A number as a script has it, in single precision. */
  public static String written(double value) {
    return (value < 0 ? "-" : "") + Spelled.number(Math.abs((double) (float) value));
  }

  /** Whether it needs no function of one's own. */
  private boolean isPlain(Formula formula) {
    return known.containsKey(formula) || switch (formula) {
      case Formula.Leaf l -> l.isLive();
      case Formula.Number _ -> false;
      case Formula.Call(String word, List<Formula> of) when (word.equals("+") || word.equals("*")) && of.stream().allMatch(this::isPlain) -> true;
      default -> within(formula).isPresent();
    };
  }

  private List<Live> lives(List<Formula> formulas) {
    List<Live> lives = new ArrayList<>();
    for (Formula f : formulas) {
      if (f instanceof Formula.Call(String word, List<Formula> of) && word.equals("+") && formulas.size() == 1) {
        lives.addAll(lives(of));
      } else {
        lives.add(of(f));
      }
    }
    return lives;
  }

  static List<Formula> leaves(Formula formula, boolean live) {
    return formula.all().stream().filter(f -> f instanceof Formula.Leaf l && l.isLive() == live).toList();
  }

  private record Named(Formula of, String call) {}

  private Optional<Live> named(Formula formula) {
    return within(formula).map(n -> {
      Live x = of(n.of());
      String kind = n.call().replaceFirst("\\(.*", "");
      return new Live(draft.once(kind, n.call(), x.step().dims(), x.step()), x.axes(), x.order());
    });
  }

  /** A part of which all of a formula is a function that has a name. */
  private static Optional<Named> within(Formula formula) {
    List<Formula> all = formula.all();
    if (all.size() > 60) {
      return Optional.empty();
    }
    for (Formula part : all) {
      if (part != formula && !(part instanceof Formula.Number) && !leaves(part, true).isEmpty() && isThrough(formula, part)) {
        Optional<String> call = Known.of(x -> formula.replaced(f -> f == part ? Formula.number(x) : null).evaluate(_ -> Double.NaN));
        if (call.isPresent()) {
          return call.map(c -> new Named(part, c));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a formula reads leaves through a part of it alone. */
  private static boolean isThrough(Formula formula, Formula part) {
    return formula.replaced(f -> f == part ? Formula.number(0) : null).all().stream().noneMatch(Formula.Leaf.class::isInstance);
  }

  private Live joined(String word, List<Live> values) {
    Meeting meeting = new Meeting(draft, values, List.of());
    Step[] steps = new Step[values.size()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = meeting.step(i);
    }
    return meeting.result(draft.once(word, word, meeting.dims(), steps));
  }

  /** A {@code def} of one or several values. */
  private Live function(Formula formula, List<Formula> leaves) {
    Meeting meeting = new Meeting(draft, leaves.stream().map(Elements::live).toList(), List.of());
    Map<Formula, String> called = new IdentityHashMap<>();
    Step[] steps = new Step[leaves.size()];
    String letters = "xyzuvw";
    for (int i = 0; i < steps.length; i++) {
      called.put(leaves.get(i), i < letters.length() ? letters.substring(i, i + 1) : "x" + i);
      steps[i] = meeting.step(i);
    }
    String head = "def %s(" + leaves.stream().map(called::get).collect(Collectors.joining(", ")) + ") ";
    String name = draft.define(like(formula), head + Spelled.body(formula, called, ""));
    return meeting.result(draft.once(name, name, meeting.dims(), steps));
  }

  private static Live live(Formula leaf) {
    return (Live) ((Formula.Leaf) leaf).value();
  }

  private static String like(Formula formula) {
    boolean short_ = formula.all().size() <= 3;
    return switch (formula) {
      case Formula.Call c when short_ && c.word().equals("*") -> "times";
      case Formula.Call c when short_ && c.word().equals("/") -> "over";
      case Formula.Call c when short_ && c.word().equals("+") -> "plus";
      case Formula.Call c when short_ && c.word().equals("-") -> c.of().size() == 1 ? "negative" : "minus";
      case Formula.Call c when short_ && c.word().equals("^") -> "power";
      case Formula.Call c when c.of().size() == 1 && c.of().getFirst() instanceof Formula.Leaf -> "each_" + c.word();
      default -> "formula";
    };
  }

  /** A {@code layer}: numbers of a shape are its weights. */
  private Live layer(Formula formula, Formula leaf, List<Formula> fixed) {
    List<Fixed> numbers = fixed.stream().map(f -> (Fixed) ((Formula.Leaf) f).value()).toList();
    Meeting meeting = new Meeting(draft, List.of(live(leaf)), numbers);
    Map<Formula, String> called = new IdentityHashMap<>();
    called.put(leaf, "in");
    StringBuilder weights = new StringBuilder();
    Step in = meeting.step(0);
    List<Fixed> lying = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      String weight = fixed.size() == 1 ? isFactor(formula, fixed.get(i)) ? "weight" : "bias" : "w" + (i + 1);
      String name = weight.equals("weight") ? "scale" : weight;
      called.put(fixed.get(i), name);
      Fixed w = bare(meeting.fixed(i));
      lying.add(w);
      weights.append("  weight ").append(name).append(" : [").append(Arrays.stream(w.dims()).mapToObj(Integer::toString).collect(Collectors.joining(", "))).append("] ~ ")
          .append(name.equals("scale") ? "ones" : "zeros").append('\n');
    }
    if (isSum(formula)) {
      Optional<Live> rows = rows(live(leaf), numbers.getFirst());
      if (rows.isPresent()) {
        return rows.get();
      }
    }
    if (isSum(formula) && meeting.dims().length == 2 && Arrays.equals(lying.getFirst().dims(), meeting.dims())) {
      return meeting.result(positions(in, lying.getFirst(), numbers.getFirst().name()));
    }
    String body = Spelled.body(formula, called, "out = ");
    String like = fixed.size() == 1 && formula.all().size() == 3 ? called.get(fixed.getFirst()).equals("scale") ? "scaled" : "shifted" : "formula";
    String name = draft.define(like, "layer %s {\n" + weights + body.substring(2));
    Step step = draft.add(name, name, meeting.dims(), in);
    for (int i = 0; i < numbers.size(); i++) {
      step.with(called.get(fixed.get(i)), lying.get(i).dims(), lying.get(i).numbers());
      step.source(numbers.get(i).name());
    }
    return meeting.result(step);
  }

  /** A value and numbers, nothing else. */
  private static boolean isSum(Formula formula) {
    return formula instanceof Formula.Call(String word, List<Formula> of) && word.equals("+") && of.stream().allMatch(Formula.Leaf.class::isInstance);
  }

  /** A row of numbers for each place of a sequence. */
  private Step positions(Step in, Fixed numbers, String name) {
    int channels = numbers.dim(0), length = numbers.dim(1);
    return draft.add("positions", "positions", in.dims(), in).with("weight", new int[] {length, channels}, numbers.transposed(1, 0).numbers()).wish(Absorbing.wish(name));
  }

  /** The same where the places were the pixels of an image. */
  private Optional<Live> rows(Live x, Fixed numbers) {
    boolean sequence = x.rank() == 3 && x.isBatch(0) && x.step().dims().length == 3 && numbers.rank() >= 2 && numbers.size() == x.step().size()
        && numbers.dim(numbers.rank() - 2) == x.size(1) && numbers.dim(numbers.rank() - 1) == x.size(2);
    List<Atom> order = sequence ? new ArrayList<>(x.own(2)) : List.of();
    if (!sequence || !order.addAll(x.own(1)) || !order.equals(x.order())) {
      return Optional.empty();
    }
    int length = (int) x.size(1), channels = (int) x.size(2);
    Step in = draft.shaped(x.step(), channels, length);
    return Optional.of(new Live(positions(in, numbers.shaped(length, channels).transposed(1, 0), numbers.name()), x.axes(), x.order()));
  }

  private static boolean isFactor(Formula formula, Formula leaf) {
    return formula.all().stream().anyMatch(f -> f instanceof Formula.Call c && (c.word().equals("*") || c.word().equals("/")) && c.of().stream().anyMatch(p -> p == leaf));
  }

  /** One number for each channel needs no ones behind it. */
  private static Fixed bare(Fixed fixed) {
    int[] dims = fixed.dims();
    for (int i = 1; i < dims.length; i++) {
      if (dims[i] != 1) {
        return fixed;
      }
    }
    return fixed.shaped(dims[0]);
  }

  /** Several values that depend on the example, and numbers of a shape: the parts by themselves, then what joins them. */
  private Live apart(Formula formula) {
    Formula joined = formula.replaced(f -> formula.parts().stream().anyMatch(p -> p == f) && !leaves(f, true).isEmpty() ? new Formula.Leaf(of(f)) : null);
    if (joined.parts().equals(formula.parts())) {
      // A part that is numbers alone: a layer that makes them of whatever is there.
      Formula some = leaves(formula, true).getFirst();
      Formula constant = formula.replaced(f -> f instanceof Formula.Leaf(Fixed x) ? new Formula.Leaf(layer(Formula.number(0).times(some).plus(f), some, List.of(f))) : null);
      return of(constant);
    }
    return of(joined);
  }

  boolean isAlone(Step step) {
    return alone.contains(step) && !shared.contains(step) && (LINEAR.contains(step.kind()) || step.kind().equals("groupnorm"));
  }
}
