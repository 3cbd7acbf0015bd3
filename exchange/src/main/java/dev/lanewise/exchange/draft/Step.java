package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A step of a network that is being put together. What it does may still change as long as nobody has written it. */
public final class Step {
  /** A parameter of the step. @param name within it, such as {@code weight} */
  public record Weight(String name, int[] dims, float[] values) {}

  private String kind;
  private String call;
  private List<Step> inputs;
  private final int[] dims;
  private final List<Weight> weights = new ArrayList<>();
  private String wish = "";
  private String note = "";
  private final Set<String> sources = new LinkedHashSet<>();
  private Step passed;
  private boolean memory;

  Step(String kind, String call, List<Step> inputs, int[] dims) {
    this.kind = kind;
    this.call = call;
    this.inputs = List.copyOf(inputs);
    this.dims = dims.clone();
    for (int d : dims) {
      if (d < 1) {
        throw new RefusedException("a value of " + Arrays.toString(dims) + " has nothing in it");
      }
    }
  }

  /** The word after which it is called if it has no label. */
  public String kind() {
    return kind;
  }

  public String call() {
    return call;
  }

  /** Another call that does the same, or more. */
  public void call(String other) {
    call = other;
  }

  /** Another step altogether, which makes the same. */
  public void become(String otherKind, String otherCall, List<Step> otherInputs) {
    kind = otherKind;
    call = otherCall;
    inputs = List.copyOf(otherInputs);
    weights.clear();
  }

  /** The first is the value at hand; others are read by their labels. */
  public List<Step> inputs() {
    return inputs;
  }

  /** Other values of the same shapes. */
  void reads(List<Step> others) {
    inputs = List.copyOf(others);
  }

  /** It passes by what is padding in a text, an input. */
  public Step passing(Step text) {
    passed = text;
    return this;
  }

  /** The text whose padding it passes by; null if there is none. */
  public Step passed() {
    return passed;
  }

  /** A layer with a state, of one's own. */
  public Step memory() {
    memory = true;
    return this;
  }

  boolean isMemory() {
    return memory;
  }

  /** The shape of what it makes. */
  public int[] dims() {
    return dims.clone();
  }

  public int size() {
    return Arrays.stream(dims).reduce(1, Math::multiplyExact);
  }

  public List<Weight> weights() {
    return weights;
  }

  public Step with(String name, int[] shape, float[] values) {
    weights.add(new Weight(name, shape.clone(), values));
    return this;
  }

  /** What the file calls numbers that its weights were made of. */
  public void source(String name) {
    if (!name.isEmpty()) {
      sources.add(name);
    }
  }

  Set<String> sources() {
    return sources;
  }

  /** With those of steps that it takes the place of. */
  public void sources(List<Step> others) {
    others.forEach(s -> sources.addAll(s.sources));
  }

  /** What it would be called best: what the file calls its weight, without that word. */
  public Step wish(String name) {
    wish = name;
    return this;
  }

  /** The same, if it has no name that a person has chosen. */
  public void otherwise(String name) {
    wish = Labels.isChosen(wish) ? wish : name;
  }

  public String wish() {
    return wish;
  }

  /** A comment behind it. */
  public Step note(String text) {
    note = text;
    return this;
  }

  public String note() {
    return note;
  }

  @Override
  public String toString() {
    return call + " " + Arrays.toString(dims);
  }
}
