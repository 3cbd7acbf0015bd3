package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a file does where a text has padding. The language has no masks: an input is {@code padded}, and layers pass by what is padding. So what a file computes with a mask is followed by signs, which
 * are no steps of the network, up to the layer that it comes to: a sum of what is real over its count is {@code avgpool(global)}. In the end every layer must look past padding that does so here.
 */
public final class Padding {
  /** Steps that are none: a value of which it is known how it comes of a text, and of a sequence. */
  private static final String NUMBERS = "?numbers";
  private static final String MASK = "?mask";
  private static final String COUNT = "?count";
  private static final String ZEROED = "?zeroed";
  private static final String FILLED = "?filled";
  private static final String SUM = "?sum";
  private static final String NUMBERED = "?numbered";
  private static final String LATEST = "?latest";
  private static final String WHICH = "?which";
  private static final String ALONE = "?alone";
  private static final String EARLIER = "?earlier";
  private static final String FAR = "?far";
  private static final String PADDING = "?padding";

  /** Layers that look at several places, and know of padding. */
  private static final Set<String> KNOWING = Set.of("last", "attention", "lstm", "gru", "rnn");
  /** What a definition does that is not the same at each place. */
  private static final Set<String> MIXING = Set.of("swapped", "attended");
  private static final Set<String> PLACEWISE = Set.of("embed", "onehot", "dropout", "positions", "sine_positions", "log_softmax", "noise");

  private final Draft draft;
  private final Elements elements;
  /** Which dimension of a sequence its places are, for the signs that are made of one. */
  private final Map<Step, List<Atom>> places = new IdentityHashMap<>();

  Padding(Draft draft, Elements elements) {
    this.draft = draft;
    this.elements = elements;
  }

  private static boolean isSign(Step step) {
    return step.kind().startsWith("?");
  }

  private static boolean is(Object value, String sign) {
    return value instanceof Formula.Leaf(Live x) && x.step().kind().equals(sign);
  }

  /** Whether a formula reads any of them. */
  boolean isIn(Formula formula) {
    return formula.all().stream().anyMatch(f -> f instanceof Formula.Leaf(Live x) && isSign(x.step()));
  }

  private static Live live(Formula leaf) {
    return (Live) ((Formula.Leaf) leaf).value();
  }

  /** Whether a value counts the real places of each example. @return the text whose */
  public static Optional<Step> counted(Object value) {
    return is(value, COUNT) ? Optional.of(text(live((Formula) value).step())) : Optional.empty();
  }

  /** Whether a value says which places are real ones. @return the text whose */
  public static Optional<Step> masked(Live x) {
    return x.step().kind().equals(MASK) || x.step().kind().equals(NUMBERS) ? Optional.of(text(x.step())) : Optional.empty();
  }

  /** The text that a sign is of. */
  private static Step text(Step sign) {
    return sign.inputs().getLast();
  }

  private Live sign(String kind, Live like, Step... inputs) {
    return new Live(draft.add(kind, kind, like.step().dims(), inputs), like.axes(), like.order());
  }

  /** Whole numbers as numbers, of which nothing may be asked but whether they are 0. */
  public Live numbers(Live tokens) {
    if (!tokens.step().kind().equals("input") || tokens.step().dims().length != 1) {
      throw new RefusedException("whole numbers that stand for things become numbers");
    }
    return sign(NUMBERS, tokens, tokens.step());
  }

  private static boolean isNumber(Formula f, double value) {
    return f instanceof Formula.Number(double v) && v == value || f instanceof Formula.Leaf(Fixed x) && x.size() > 0 && x.isAll(value);
  }

  /** Far below all that a network has. */
  private static boolean isFar(Formula f) {
    return f instanceof Formula.Number(double v) && v < -1e4 || f instanceof Formula.Leaf(Fixed x) && x.size() > 0 && x.at(0) < -1e4 && x.isAll(x.at(0));
  }

  /** A value that is 1 at real places and 0 at others, if a formula is that. */
  public Optional<Live> mask(Formula f) {
    return is(f, MASK) ? Optional.of(live(f)) : flags(f, true).map(m -> m.step().kind().equals(MASK) ? m : sign(MASK, m, text(m.step())));
  }

  /** One that is 1 where the places are real, or where they are padding. */
  private Optional<Live> flags(Formula f, boolean real) {
    if (is(f, PADDING)) {
      return real ? Optional.empty() : Optional.of(live(f));
    }
    if (f instanceof Formula.Call(String minus, List<Formula> of) && minus.equals("-") && of.size() == 2 && isNumber(of.getFirst(), 1)) {
      return real ? flags(of.getLast(), false) : mask(of.getLast());
    }
    if (f instanceof Formula.Choice c && (isNumber(c.then(), 1) && isNumber(c.otherwise(), 0) || isNumber(c.then(), 0) && isNumber(c.otherwise(), 1))) {
      return asked(c).filter(a -> (a.real() == isNumber(c.then(), 1)) == real).map(Asked::mask);
    }
    return Optional.empty();
  }

  /** A choice between real places and others. @param real which of both it takes first */
  private record Asked(Live mask, boolean real) {}

  private Optional<Asked> asked(Formula.Choice c) {
    boolean more = c.relation().equals(">") || c.relation().equals("!="), none = c.relation().equals("==") || c.relation().equals("<=");
    if (!isNumber(c.right(), 0) || !more && !none) {
      return Optional.empty();
    }
    Optional<Live> numbers = is(c.left(), NUMBERS) ? Optional.of(sign(MASK, live(c.left()), text(live(c.left()).step()))) : mask(c.left());
    return numbers.map(m -> new Asked(m, more)).or(() -> flags(c.left(), false).map(m -> new Asked(m, none)));
  }

  /** What a formula with a mask in it comes to, if it is something that layers do. */
  Optional<Live> of(Formula f) {
    return mask(f).or(() -> flags(f, false).map(m -> sign(PADDING, m, text(m.step())))).or(() -> latest(f)).or(() -> chosen(f)).or(() -> product(f)).or(() -> mean(f));
  }

  private Optional<Live> chosen(Formula f) {
    if (!(f instanceof Formula.Choice c)) {
      return Optional.empty();
    }
    Optional<Asked> asked = asked(c);
    if (asked.isPresent()) {
      Live mask = asked.get().mask();
      Formula there = asked.get().real() ? c.then() : c.otherwise(), elsewhere = asked.get().real() ? c.otherwise() : c.then();
      if (isNumber(there, 0) && isFar(elsewhere)) {
        return Optional.of(sign(FAR, mask, text(mask.step())));
      }
      boolean fills = (isNumber(elsewhere, 0) || isFar(elsewhere)) && !Elements.leaves(there, true).isEmpty();
      return fills ? Optional.of(of(isFar(elsewhere) ? FILLED : ZEROED, elements.of(there), mask)) : Optional.empty();
    }
    // The largest of what is real, and 0 if nothing is.
    boolean largest = c.relation().equals(">") && is(c.left(), COUNT) && isNumber(c.right(), 0) && isNumber(c.otherwise(), 0)
        && c.then() instanceof Formula.Leaf(Live y) && isLargest(y.step()) && text(y.step().inputs().getFirst()) == text(live(c.left()).step());
    return largest ? Optional.of(live(c.then())) : Optional.empty();
  }

  /** Whether it is the largest of what is not padding. */
  private static boolean isLargest(Step step) {
    return step.call().equals("maxpool(global)") && step.inputs().getFirst().kind().equals(FILLED);
  }

  /** A sequence beside a mask of it. */
  private Live of(String kind, Live x, Live mask) {
    List<Atom> own = null;
    int length = mask.step().dims()[0];
    for (int axis = 0; axis < mask.rank(); axis++) {
      int there = axis + x.rank() - mask.rank();
      if (!mask.axes().get(axis).isEmpty() && !mask.isBatch(axis)) {
        own = there < 0 ? null : x.own(there);
      }
    }
    if (own == null || Atom.size(own) != length) {
      throw new RefusedException("a mask of a text meets something else than what was made of it");
    }
    List<Atom> rest = x.rest(own);
    List<Atom> order = new ArrayList<>(rest);
    order.addAll(own);
    Step step = draft.arranged(x, List.of(rest, own));
    Step made = draft.add(kind, kind, step.dims(), step, text(mask.step()));
    places.put(made, own);
    return new Live(made, x.axes(), order);
  }

  private Optional<Live> product(Formula f) {
    if (!(f instanceof Formula.Call(String times, List<Formula> of)) || !times.equals("*")) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Formula one = of.get(i), other = of.get(1 - i);
      Optional<Live> mask = mask(one);
      if (mask.isPresent() && other instanceof Formula.Leaf(Fixed row)) {
        Optional<Live> earlier = earlier(one, other);
        return earlier.isPresent() ? Optional.of(sign(EARLIER, earlier.get(), text(earlier.get().step()))) : isCounting(row) ? Optional.of(sign(NUMBERED, mask.get(), text(mask.get().step()))) : Optional.empty();
      }
      if (mask.isPresent() && !Elements.leaves(other, true).isEmpty() && mask(other).isEmpty()) {
        return Optional.of(of(ZEROED, elements.of(other), mask.get()));
      }
      if (is(one, WHICH) && !Elements.leaves(other, true).isEmpty()) {
        return Optional.of(of(ALONE, elements.of(other), live(one)));
      }
    }
    return Optional.empty();
  }

  /** 1, 2, 3, … */
  private static boolean isCounting(Fixed row) {
    return IntStream.range(0, row.size()).allMatch(i -> row.at(i) == i + 1);
  }

  /** 1 at the last real place alone: where the number of the place is the largest, if there is one. */
  private Optional<Live> latest(Formula f) {
    if (f instanceof Formula.Call(String and, List<Formula> of) && and.equals("*") && of.getFirst() instanceof Formula.Choice equal && of.getLast() instanceof Formula.Choice any
        && equal.relation().equals("==") && is(equal.left(), NUMBERED) && is(equal.right(), LATEST) && isNumber(equal.then(), 1) && isNumber(equal.otherwise(), 0)
        && any.relation().equals(">") && is(any.left(), LATEST) && isNumber(any.right(), 0) && isNumber(any.then(), 1) && isNumber(any.otherwise(), 0)) {
      Live numbered = live(equal.left());
      return Optional.of(sign(WHICH, numbered, text(numbered.step())));
    }
    return Optional.empty();
  }

  private static boolean isAtMostOne(Formula f) {
    double value = f instanceof Formula.Number(double v) ? v : f instanceof Formula.Leaf(Fixed x) && x.size() == 1 ? x.at(0) : 0;
    return value > 0 && value <= 1;
  }

  /** The sum of what is real, by its count. Of nothing that is 0 here, whatever the file makes of 0 by 0. */
  private Optional<Live> mean(Formula f) {
    if (f instanceof Formula.Call(String over, List<Formula> of) && over.equals("/") && is(of.getFirst(), SUM)) {
      Live sum = live(of.getFirst());
      List<Formula> least = of.getLast() instanceof Formula.Call(String max, List<Formula> both) && max.equals("max") && both.stream().anyMatch(Padding::isAtMostOne) ? both : List.of(of.getLast());
      Optional<Formula> count = least.stream().filter(l -> is(l, COUNT)).findFirst();
      if (count.isPresent() && text(live(count.get()).step()) == text(sum.step())) {
        Step x = sum.step().inputs().getFirst();
        return Optional.of(new Live(draft.add("avgpool", "avgpool(global)", new int[] {x.dims()[0], 1}, x).passing(text(sum.step())), sum.axes(), sum.order()));
      }
    }
    return Optional.empty();
  }

  /** A sum along axes, if it is one over the places of a text. @param left the axes that are left */
  public Optional<Live> sum(Live x, List<Atom> gone, List<List<Atom>> left) {
    Step sign = x.step();
    return switch (sign.kind()) {
      case MASK -> Optional.of(new Live(draft.add(COUNT, COUNT, new int[] {1}, text(sign)), left, List.of()));
      case ZEROED, ALONE -> {
        if (!gone.equals(places.get(sign))) {
          throw new RefusedException("it takes a sum of real places along another axis than that of the places");
        }
        Step of = sign.inputs().getFirst();
        int[] dims = {of.dims()[0]};
        Step made = sign.kind().equals(ALONE) ? draft.add("last", "last", dims, of).passing(text(sign)) : draft.add(SUM, SUM, dims, of, text(sign));
        yield Optional.of(new Live(made, left, x.rest(gone)));
      }
      default -> Optional.empty();
    };
  }

  /** A mask so many times along its axes, as for each head of an attention. */
  public Optional<Live> repeated(Live x, long[] times) {
    if (!x.step().kind().equals(MASK) && !x.step().kind().equals(FAR)) {
      return Optional.empty();
    }
    List<List<Atom>> axes = new ArrayList<>(x.axes());
    List<Atom> order = new ArrayList<>(x.order());
    for (int i = 0; i < times.length; i++) {
      if (times[i] > 1 && axes.get(i).isEmpty()) {
        axes.set(i, List.of(Atom.of(times[i])));
        order.addAll(axes.get(i));
      }
    }
    return Optional.of(new Live(x.step(), axes, order));
  }

  /** The largest along axes, if it is that of the numbers of real places. */
  public Optional<Live> largest(Live x, List<List<Atom>> left) {
    return x.step().kind().equals(NUMBERED) ? Optional.of(new Live(draft.add(LATEST, LATEST, new int[] {1}, text(x.step())), left, List.of())) : Optional.empty();
  }

  /** What is looked at: real places of a text, and perhaps none behind the one that looks. */
  public record Seen(Step text, boolean earlier) {}

  /** @param f of which the last axis counts what is looked at @param added whether it is added to scores, and far below 0 at padding; else 1 at real places */
  public Optional<Seen> seen(Formula f, boolean added) {
    if (added) {
      Optional<Live> far = is(f, FAR) ? Optional.of(live(f)) : chosen(f).filter(x -> x.step().kind().equals(FAR));
      return far.filter(x -> x.rank() > 0 && Atom.size(x.axes().getLast()) == text(x.step()).size()).map(x -> new Seen(text(x.step()), false));
    }
    if (is(f, EARLIER)) {
      return Optional.of(new Seen(text(live(f).step()), true));
    }
    if (f instanceof Formula.Call(String and, List<Formula> both) && and.equals("*")) {
      return earlier(both.getFirst(), both.getLast()).or(() -> earlier(both.getLast(), both.getFirst())).map(m -> new Seen(text(m.step()), true));
    }
    return mask(f).filter(m -> m.rank() > 0 && Atom.size(m.axes().getLast()) == m.step().dims()[0]).map(m -> new Seen(text(m.step()), false));
  }

  private Optional<Live> earlier(Formula of, Formula flags) {
    return flags instanceof Formula.Leaf(Fixed f) && f.isLower(v -> v != 0, v -> v == 0) ? mask(of).filter(m -> m.rank() > 0 && Atom.size(m.axes().getLast()) == f.dim(f.rank() - 1)) : Optional.empty();
  }

  /**
   * Makes an input {@code padded} if padding counts, and every layer look past it where the file does.
   *
   * @param outputs of the network
   * @throws RefusedException if the language would look past padding where the file does not, or the other way round
   */
  public void settle(List<Step> outputs) {
    if (outputs.stream().anyMatch(Padding::isSign)) {
      throw alone();
    }
    List<Step> needed = draft.needed(outputs);
    boolean pads = needed.stream().anyMatch(s -> isSign(s) || s.passed() != null);
    Map<Step, Step> texts = new IdentityHashMap<>();
    for (Step step : pads ? needed : List.<Step>of()) {
      if (step.kind().equals("input")) {
        boolean text = needed.stream().anyMatch(s -> s.passed() == step || isSign(s) && text(s) == step);
        if (text) {
          step.call(step.call() + " padded");
          texts.put(step, step);
        }
      } else if (!isSign(step)) {
        settle(step, texts);
      } else if (!step.kind().equals(ZEROED)) {
        // Whatever is still needed of the others came to no layer.
        boolean dangling = needed.stream().anyMatch(s -> !isSign(s) && s.inputs().contains(step) && !isLargest(s));
        if (dangling) {
          throw alone();
        }
      }
    }
  }

  private static RefusedException alone() {
    return new RefusedException("it computes with what is padding otherwise than layers here do");
  }

  private static void settle(Step step, Map<Step, Step> texts) {
    if (isLargest(step)) {
      Step filled = step.inputs().getFirst();
      step.reads(List.of(filled.inputs().getFirst()));
      step.passing(text(filled));
    }
    List<Step> inputs = step.inputs();
    List<Step> plain = inputs.stream().map(i -> i.kind().equals(ZEROED) ? i.inputs().getFirst() : i).toList();
    List<Boolean> zeroed = inputs.stream().map(i -> i.kind().equals(ZEROED)).toList();
    Step text = plain.stream().map(texts::get).filter(t -> t != null).findFirst().orElse(null);
    if (text == null) {
      expect(step.passed() == null && !zeroed.contains(true));
      return;
    }
    int length = text.dims()[0];
    int[] dims = step.dims();
    Step kept = dims.length == 2 && dims[1] == length ? text : null;
    boolean pools = (step.kind().equals("avgpool") || step.kind().equals("maxpool")) && step.call().endsWith("(global)") && plain.getFirst().dims().length == 2;
    boolean reads = inputs.size() == 1 && inputs.getFirst().kind().equals("input");
    if (reads) {
      expect(step.passed() == null);
    } else if (KNOWING.contains(step.kind()) || pools || step.isMemory()) {
      Step looked = texts.get(plain.getLast());
      expect(step.passed() == looked && !zeroed.contains(true));
      kept = looked == null || texts.get(plain.getFirst()) != null ? kept : null;
    } else if (step.call().startsWith("each {") || inputs.size() > 1 && kept != null || isPlacewise(step)) {
      expect(step.passed() == null && !zeroed.contains(true));
    } else {
      for (int i = 0; i < inputs.size(); i++) {
        int[] in = inputs.get(i).dims();
        expect(zeroed.get(i) == (in.length == 2 && in[1] == length));
      }
      expect(step.passed() == null);
      kept = step.kind().equals("flatten") || step.kind().equals("reshape") ? null : kept;
      step.reads(plain);
    }
    if (kept != null) {
      texts.put(step, kept);
    }
  }

  /** Whether a step does the same at each place of a sequence, and looks at no other. */
  private static boolean isPlacewise(Step step) {
    boolean defined = !step.call().contains("(") && step.call().equals(step.kind()) && !MIXING.contains(step.kind().replaceAll("[0-9]+$", ""));
    return PLACEWISE.contains(step.kind()) || step.kind().equals("layernorm") && step.call().contains("over = channels") || Known.isWord(step.kind())
        || defined && !Set.of("transpose", "flatten", "batchnorm", "layernorm", "softmax", "crop", "add", "mul", "concat").contains(step.kind());
  }

  private static void expect(boolean holds) {
    if (!holds) {
      throw new RefusedException("it looks past padding in some layers and not in others; here all of them do that know of padding");
    }
  }
}
