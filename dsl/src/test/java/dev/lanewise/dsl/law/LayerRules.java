package dev.lanewise.dsl.law;

import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Sides;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the arguments of each of the runtime's layers are drawn. A layer without a rule fails {@link GeneratorTest}. */
final class LayerRules {
  /** Draws a call for an input; empty where there is none that is tame. What does not fit after all is drawn again. */
  interface Rule {
    Optional<Call> draw(Pick pick, Shape in);
  }

  /** First values that keep numbers in bounds. Zeros would tie: every product of theirs is exactly 0. */
  private static final List<String> INITS =
      List.of("he_normal", "he_uniform", "xavier_normal", "xavier_uniform", "orthogonal", "normal(0.3)", "uniform(0.4)", "default");

  /** A normalisation over fewer values enlarges rounding. */
  private static final int LEAST_NORMALISED = 4;

  static final Map<String, Rule> ALL = rules();

  private LayerRules() {}

  private static Map<String, Rule> rules() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    rules.put("conv", planes(LayerRules::conv));
    rules.put("transposed_conv", planes(LayerRules::transposed));
    rules.put("dense", flat((p, _) -> initialised(p, Call.of("dense", "features", p.wide(2, 12)), true)));
    rules.put("maxpool", planes((p, s) -> pooling(p, "maxpool", s)));
    rules.put("avgpool", planes((p, s) -> pooling(p, "avgpool", s)));
    for (String plain : List.of("relu", "sigmoid", "tanh")) {
      rules.put(plain, (_, _) -> Optional.of(Call.of(plain)));
    }
    rules.put("softmax", flat((_, _) -> Call.of("softmax")));
    rules.put("log_softmax", flat((_, _) -> Call.of("log_softmax")));
    rules.put("dropout", (p, _) -> Optional.of(Call.of("dropout", "p", p.number(0.1, 0.6))));
    rules.put("dropout2d", planes((p, _) -> Call.of("dropout2d", "p", p.number(0.1, 0.6))));
    rules.put("noise", (_, _) -> Optional.of(Call.of("noise")));
    // Of whole numbers, which come from outside alone: behind a layer they never fit.
    rules.put("embed", (_, _) -> Optional.empty());
    rules.put("onehot", (_, _) -> Optional.empty());
    rules.put("batchnorm", (p, _) -> Optional.of(some(p, Call.of("batchnorm", "momentum", p.number(0.05, 0.6), "eps", p.rate(1e-5, 1e-2)))));
    rules.put("layernorm", LayerRules::normalised);
    rules.put("positions", (p, s) -> s.isSequence() ? Optional.of(p.chance(0.4) ? Call.of("positions", "init", p.of(INITS)) : Call.of("positions")) : Optional.empty());
    rules.put("sine_positions", (_, s) -> s.isSequence() ? Optional.of(Call.of("sine_positions")) : Optional.empty());
    rules.put("last", (_, s) -> s.isSequence() ? Optional.of(Call.of("last")) : Optional.empty());
    rules.put("groupnorm", LayerRules::groups);
    rules.put("upsample", planes((p, s) -> some(
        p, Call.of("upsample", "factor", p.whole(2, s.size() < 30 ? 3 : 2), "mode", p.one("nearest", "bilinear")))));
    rules.put("pad", planes((p, _) -> Call.of("pad", "size", p.whole(1, 2))));
    rules.put("crop", planes((_, _) -> Call.of("crop", "size", 1)));
    rules.put("reshape", LayerRules::reshape);
    rules.put("flatten", (_, _) -> Optional.of(Call.of("flatten")));
    rules.put("attention", (p, s) -> s.isSequence() && s.size() < 200
        ? Optional.of(Call.of("attention", "heads", p.divisor(s.channels()), "causal", p.chance(0.5), "bias", p.chance(0.7))) : Optional.empty());
    rules.put("transpose", (_, s) -> s.isSequence() ? Optional.of(Call.of("transpose")) : Optional.empty());
    return rules;
  }

  private interface Plain {
    Call draw(Pick pick, Shape in);
  }

  private static Rule planes(Plain rule) {
    return (p, s) -> s.isFlat() ? Optional.empty() : Optional.ofNullable(rule.draw(p, s));
  }

  private static Rule flat(Plain rule) {
    return (p, s) -> s.isFlat() ? Optional.of(rule.draw(p, s)) : Optional.empty();
  }

  private static Call conv(Pick p, Shape s) {
    boolean depthwise = p.chance(0.2);
    int groups = depthwise ? s.channels() : p.chance(0.3) ? p.divisor(s.channels()) : 1;
    int channels = depthwise ? s.channels() * (p.chance(0.3) ? 2 : 1) : groups * p.wide(1, Math.max(1, 5 / groups));
    boolean same = p.chance(0.3);
    boolean square = s.isSequence() || p.chance(0.6);
    Object kernel = sides(square, same ? p.one(1, 3, 5) : p.whole(1, 4), same ? p.one(1, 3, 5) : p.whole(1, 4));
    Object dilation = p.chance(0.2) ? sides(square, 2, p.whole(1, 2)) : 1;
    Object stride = p.chance(0.3) ? sides(square, p.whole(1, 3), p.whole(1, 3)) : 1;
    Call call = Call.of(
        "conv", "channels", channels, "kernel", kernel, "stride", stride, "pad",
        same ? "same" : sides(square, p.whole(0, 2), p.whole(0, 2)), "groups", groups, "dilation", dilation);
    return initialised(p, withoutDefaults(p, call, Map.of("stride", 1, "pad", 0, "groups", 1, "dilation", 1)), false);
  }

  private static Call transposed(Pick p, Shape s) {
    int groups = p.chance(0.3) ? p.divisor(s.channels()) : 1;
    boolean square = s.isSequence() || p.chance(0.6);
    int most = s.size() > 60 * p.times() ? 1 : 3;
    int down = p.whole(1, most);
    int across = square ? down : p.whole(1, most);
    Call call = Call.of(
        "transposed_conv", "channels", groups * p.wide(1, Math.max(1, 4 / groups)), "kernel", sides(square, p.whole(1, 4), p.whole(1, 4)),
        "stride", sides(square, down, across), "pad", sides(square, p.whole(0, 1), p.whole(0, 1)), "output_pad",
        sides(square, p.whole(0, down - 1), p.whole(0, across - 1)), "groups", groups, "dilation", p.chance(0.2) ? 2 : 1);
    return initialised(
        p, withoutDefaults(p, call, Map.of("stride", 1, "pad", 0, "output_pad", 0, "groups", 1, "dilation", 1)), false);
  }

  /** A number for both directions, or two. */
  private static Object sides(boolean square, int down, int across) {
    return square || down == across ? (Object) down : new Sides(down, across);
  }

  /** A layer in a wrong shape is drawn again, so kernels may be any size. */
  private static Call pooling(Pick p, String name, Shape s) {
    if (p.chance(0.15)) {
      return Call.of(name, "size", "global");
    }
    if (p.chance(0.2)) {
      return Call.of(name, "to", sides(s.isSequence() || p.chance(0.6), p.whole(1, 3), p.whole(1, 3)));
    }
    boolean square = s.isSequence() || p.chance(0.6);
    int across = p.whole(2, Math.min(3, Math.max(2, s.width())));
    int down = square ? across : p.whole(1, 3);
    Object stride = p.chance(0.5) ? 0 : sides(square, p.whole(1, 3), p.whole(1, 3));
    Call call = Call.of(
        name, "size", sides(square, down, across), "stride", stride, "pad", p.chance(0.3) ? sides(square, down / 2, across / 2) : 0);
    return withoutDefaults(p, call, Map.of("stride", 0, "pad", 0));
  }

  private static Optional<Call> normalised(Pick p, Shape s) {
    String over = p.one("auto", "channels", "all");
    boolean places = over.equals("channels") || over.equals("auto") && s.isSequence();
    Call call = some(p, Call.of("layernorm", "eps", p.rate(1e-5, 1e-2), "over", over));
    return (places ? s.channels() : s.size()) < LEAST_NORMALISED
        ? Optional.empty() : Optional.of(over.equals("auto") && p.chance(0.7) ? call.without(List.of("over")) : call);
  }

  private static Optional<Call> groups(Pick p, Shape s) {
    List<Integer> tame = new ArrayList<>();
    for (int g = 1; g <= s.channels(); g++) {
      if (s.channels() % g == 0 && s.size() / g >= LEAST_NORMALISED) {
        tame.add(g);
      }
    }
    return tame.isEmpty() ? Optional.empty() : Optional.of(some(p, Call.of("groupnorm", "groups", p.of(tame), "eps", p.rate(1e-5, 1e-2))));
  }

  private static Optional<Call> reshape(Pick p, Shape s) {
    int channels = p.divisor(s.size());
    int height = p.divisor(s.size() / channels);
    int width = s.size() / channels / height;
    Shape to = p.one(Shape.of(channels, height, width), Shape.of(channels, height * width), Shape.of(s.size()));
    return Optional.of(Call.of("reshape", "shape", to));
  }

  /** With or without a bias, and with first values of some kind. */
  private static Call initialised(Pick p, Call call, boolean always) {
    Map<String, Object> arguments = new LinkedHashMap<>(call.arguments());
    if (p.chance(0.25)) {
      arguments.put("bias", p.chance(0.3));
    }
    if (p.chance(always ? 0.5 : 0.4)) {
      arguments.put("init", p.of(INITS));
    }
    return new Call(call.name(), arguments);
  }

  /** Mostly without what is as it would be anyway: one after the other as they stand in the call, whatever order the defaults have in this JVM. */
  private static Call withoutDefaults(Pick p, Call call, Map<String, Object> defaults) {
    return call.without(call.arguments().entrySet().stream().filter(a -> a.getValue().equals(defaults.get(a.getKey())) && !p.chance(0.1)).map(Map.Entry::getKey).toList());
  }

  /** Without some of the arguments that need not be given; the first of two stays where it must be given. */
  private static Call some(Pick p, Call call) {
    List<String> optional = List.of("momentum", "eps", "mode");
    return call.without(call.arguments().keySet().stream().filter(n -> optional.contains(n) && p.chance(0.5)).toList());
  }
}
