package dev.lanewise.exchange.keras;

import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.keras.Sketch.Value;
import java.util.List;
import java.util.Map;

/** Functions that a layer may end with, and layers that are such a function. */
record Activations(Sketch sketch, boolean early) {
  /** @param said a name, or what Keras writes of a function or a layer */
  Value of(Value x, Object said) {
    return switch (said) {
      case null -> x;
      case String name -> named(x, name);
      case Map<?, ?> map when map.get("config") instanceof String name -> named(x, name);
      case Map<?, ?> map when map.get("class_name") instanceof String kind -> layer(x, kind, Config.of(map).config("config"));
      default -> throw new RefusedException("its activation is one of one's own");
    };
  }

  Value layer(Layers.Layer l) {
    return layer(l.x(), l.kind(), l.config());
  }

  private Value layer(Value x, String kind, Config config) {
    return switch (kind) {
      case "ReLU" -> relu(x, config);
      case "LeakyReLU" -> one(x, "LeakyRelu", config.has("negative_slope") ? config.number("negative_slope", 0.3) : config.number("alpha", 0.3));
      case "ELU" -> one(x, "Elu", config.number("alpha", 1));
      case "ThresholdedReLU" -> one(x, "ThresholdedRelu", config.number("theta", 1));
      case "Softmax" -> {
        List<Long> axis = config.flat("axis");
        config.expect(axis.size() < 2, "it works along several axes");
        yield sketch.node("Softmax", x.rank(), List.of(x.name()), Sketch.whole("axis", axis.isEmpty() ? -1 : axis.getFirst()));
      }
      default -> throw new RefusedException("its activation is a `" + kind + "`, for which the language has no counterpart");
    };
  }

  private Value one(Value x, String operator, double alpha) {
    return sketch.node(operator, x.rank(), List.of(x.name()), Sketch.number("alpha", alpha));
  }

  private Value relu(Value x, Config config) {
    double slope = config.number("negative_slope", 0), most = config.number("max_value", Double.POSITIVE_INFINITY);
    config.expect(config.number("threshold", 0) == 0, "it begins at another threshold than 0");
    Value made = slope == 0 ? plain(x, "Relu") : one(x, "LeakyRelu", slope);
    return Double.isInfinite(most) ? made : sketch.node("Min", x.rank(), List.of(made.name(), sketch.number(most)));
  }

  private Value plain(Value x, String operator) {
    return sketch.node(operator, x.rank(), List.of(x.name()));
  }

  private Value named(Value x, String name) {
    return switch (name) {
      case "linear" -> x;
      case "relu" -> plain(x, "Relu");
      case "relu6" -> sketch.node("Min", x.rank(), List.of(plain(x, "Relu").name(), sketch.number(6)));
      case "sigmoid" -> plain(x, "Sigmoid");
      case "tanh" -> plain(x, "Tanh");
      case "softmax" -> sketch.node("Softmax", x.rank(), List.of(x.name()), Sketch.whole("axis", -1));
      case "log_softmax" -> sketch.node("LogSoftmax", x.rank(), List.of(x.name()), Sketch.whole("axis", -1));
      case "elu" -> one(x, "Elu", 1);
      case "selu" -> plain(x, "Selu");
      case "celu" -> one(x, "Celu", 1);
      case "gelu" -> plain(x, "Gelu");
      case "silu", "swish" -> plain(x, "Swish");
      case "mish" -> plain(x, "Mish");
      case "leaky_relu" -> one(x, "LeakyRelu", 0.2);
      case "softplus" -> plain(x, "Softplus");
      case "softsign" -> plain(x, "Softsign");
      case "exponential" -> plain(x, "Exp");
      case "hard_sigmoid" -> sketch.node("HardSigmoid", x.rank(), List.of(x.name()), Sketch.number("alpha", early ? 0.2 : 1.0 / 6));
      case "hard_silu", "hard_swish" -> plain(x, "HardSwish");
      case "tanh_shrink" -> sketch.node("Sub", x.rank(), List.of(x.name(), plain(x, "Tanh").name()));
      default -> throw new RefusedException("its activation is `" + name + "`, for which the language has no counterpart");
    };
  }
}
