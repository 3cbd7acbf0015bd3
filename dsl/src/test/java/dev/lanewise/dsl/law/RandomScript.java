package dev.lanewise.dsl.law;

import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A random script: a network, data for it, and how it is trained.
 *
 * <pre>{@code RandomScript.draw(7, Wish.ALL).text() }</pre>
 */
record RandomScript(long seed, Written written, Examples examples, Network network, Training training) {
  private static final int MOST_EXAMPLES = 60;
  private static final int HIGHEST_SEQUENCE = 3;

  /**
   * What the text is made of.
   *
   * @param definitions of functions, layers and blocks, in an order in which they can be read
   * @param body the network's lines behind its input
   * @param settings of train
   */
  record Written(List<String> definitions, Shape input, List<Body.Line> body, Map<String, String> settings) {}

  /**
   * The network without the language.
   *
   * @param output the value that it gives; @param heads further ones
   * @param met layers, functions and words that are in it
   */
  record Network(List<Op> ops, int output, List<Integer> heads, Set<String> met) {}

  static RandomScript draw(long seed, Wish wish) {
    Pick pick = new Pick(seed);
    if (pick.chance(0.1)) {
      pick.enlarge();
    }
    Shape input = switch (pick.whole(0, 4)) {
      case 0, 1 -> Shape.of(pick.wide(1, 3), pick.whole(3, 7), pick.whole(3, 7));
      case 2, 3 -> Shape.of(1, pick.whole(1, HIGHEST_SEQUENCE), pick.wide(4, 12));
      default -> Shape.of(pick.wide(2, 9));
    };
    String name = pick.of(List.copyOf(LossRules.ALL.keySet()));
    LossRules.Rule rule = LossRules.ALL.get(name);
    boolean ofClasses = rule.numbers() == LossRules.Numbers.NONE || pick.chance(0.5);
    int classes = ofClasses ? pick.whole(2, 5) : 0;
    // Numbers to predict that have the shape of planes need a network that keeps them.
    boolean planes = !ofClasses && !rule.isFlat() && !input.isFlat() && pick.chance(0.3);
    Shape output = planes ? input.plane(pick.whole(1, 2), input.height(), input.width()) : Shape.of(ofClasses ? classes : pick.whole(2, 4));
    Growth growth = new Growth(name.equals("triplet") ? wish.withoutHeads() : wish, input, output, rule.last());
    Body body = new Body(pick, growth, input, Ties.NONE, 0);
    if (!planes && input.isImage() && input.channels() == 1 && input.height() <= HIGHEST_SEQUENCE) {
      // There is no data of sequences: they come as images of one channel.
      body.reshape(Shape.of(input.height(), input.width()));
    }
    if (planes) {
      body.growKeeping(pick.whole(1, 4));
    } else {
      body.grow(pick.whole(2, 7));
    }
    body.finish(output, rule.last());
    Call loss = rule.drawing().draw(pick, output.size());
    int count = pick.whole(growth.met().contains("batchnorm") ? 8 : classes + 1, MOST_EXAMPLES);
    Training training = Training.draw(pick, loss, count, growth);
    for (Call call : List.of(loss, training.optimizer(), training.schedule())) {
      growth.met(call.name());
    }
    return new RandomScript(
        seed, new Written(growth.definitions(), input, body.lines(), training.settings()),
        Examples.draw(pick, count, input, classes, output, rule.numbers()),
        new Network(growth.ops(), body.value(), growth.heads(), growth.met()), training);
  }

  private RandomScript with(Written other) {
    return new RandomScript(seed, other, examples, network, training);
  }

  private RandomScript with(Map<String, String> settings) {
    return with(new Written(written.definitions, written.input, written.body, settings));
  }

  /** With a further setting of train, or another one in its place. */
  RandomScript with(String setting, String value) {
    Map<String, String> other = new LinkedHashMap<>(written.settings);
    other.put(setting, value);
    return with(other);
  }

  /** Without a setting of train. */
  RandomScript without(String setting) {
    Map<String, String> other = new LinkedHashMap<>(written.settings);
    other.remove(setting);
    return with(other);
  }

  /** With its definitions in another order. */
  RandomScript defined(List<String> definitions) {
    return with(new Written(definitions, written.input, written.body, written.settings));
  }

  /** With one more head, somewhere, that counts nothing; empty if none fits. */
  Optional<RandomScript> withHead(long headSeed) {
    Pick pick = new Pick(headSeed);
    List<Body.Line> body = written.body;
    Shape output = examples.target().isClass() ? body.getLast().shape() : examples.target().shape();
    for (int tries = 0; tries < 50 && !training.loss().name().equals("triplet"); tries++) {
      int at = pick.whole(0, body.size() - 1);
      Body.Line line = body.get(at);
      Growth growth = new Growth(Wish.ALONE, line.shape(), output, LossRules.ALL.get(training.loss().name()).last());
      Body piece = new Body(pick, growth, line.shape(), line.ties(), 0);
      if (piece.head() && growth.definitions().isEmpty()) {
        List<Body.Line> more = new ArrayList<>(body);
        String text = piece.lines().getFirst().text().replaceAll("\\b([hv])(\\d+)\\b", "$1_added$2");
        more.add(at + 1, new Body.Line(text, line.shape(), line.ties()));
        return Optional.of(with(new Written(written.definitions, written.input, more, written.settings)).with("heads", "0"));
      }
    }
    return Optional.empty();
  }

  /** The script, whose data lies in files that are called after its seed. */
  String text() {
    String x = "x" + seed + ".npy";
    String y = "y" + seed + ".npy";
    StringBuilder text = new StringBuilder("# seed " + seed + "\n");
    written.definitions.forEach(text::append);
    text.append("net N {\n  input ").append(written.input).append('\n');
    text.append(Body.indented(Body.text(written.body.stream().map(Body.Line::text).toList(), new Pick(seed)))).append("}\n");
    // A width of three would be taken for colours.
    String channels = written.input.dims().size() == 3 ? ", channels = first" : "";
    text.append("data d = npy(\"%s\", labels = \"%s\", test = \"%s\", test_labels = \"%s\"%s)\n".formatted(x, y, x, y, channels));
    text.append("train N on d {\n");
    written.settings.forEach((k, v) -> text.append("  ").append(k).append(" = ").append(v).append('\n'));
    return text.append("}\n").toString();
  }
}
